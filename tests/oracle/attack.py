"""A reader who knows the rules and wants the counts a release withholds: interval propagation over its sums.

Every count with and without a skill is a variable with whole-number bounds. What is published fixes it; the reason
of a withheld row bounds it; bases, groups, countries, roles and the pool are sums of each other. The reader is told
more than the release says: all bases of the roles that export_occupation shows, on which side of `few_families` a
count lies, and that no family counts in two parts, which makes the sums exact.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.drawn_tables import METHOD, Row

Key = tuple[Any, ...]
FAR = 10**9
SUPPRESSED = "suppressed"


@dataclass
class Knowledge:
    """Bounds on each count, and sums: a total and its parts."""

    low: dict[Key, int] = field(default_factory=lambda: defaultdict(int))
    high: dict[Key, int] = field(default_factory=lambda: defaultdict(lambda: FAR))
    sums: list[tuple[Key, list[Key]]] = field(default_factory=list)

    def between(self, key: Key, low: int, high: int) -> None:
        """Learn bounds of a count. Raises AssertionError where they contradict what is known."""
        self.low[key] = max(self.low[key], low)
        self.high[key] = min(self.high[key], high)
        assert self.low[key] <= self.high[key], (
            f"{key} would lie between {self.low[key]} and {self.high[key]}"
        )

    def propagate(self) -> None:
        """Tighten every bound by every sum until nothing changes."""
        changed = True
        while changed:
            before = dict(self.low), dict(self.high)
            for total, parts in self.sums:
                lows = [self.low[part] for part in parts]
                highs = [self.high[part] for part in parts]
                self.between(total, sum(lows), min(FAR, sum(highs)))
                for number, part in enumerate(parts):
                    rest_low = sum(lows) - lows[number]
                    rest_high = sum(highs) - highs[number]
                    self.between(part, self.low[total] - rest_high, self.high[total] - rest_low)
            changed = before != (dict(self.low), dict(self.high))

    def width(self, key: Key) -> int:
        """How many other values a count could have."""
        return self.high[key] - self.low[key]


def cell_of(row: Row) -> Key:
    return (row["occupation"], row["source_group"], row["geo"], row["period_start"], row["period_end"])


@dataclass(frozen=True)
class Release:
    """What a reader holds, and what the tests tell the reader beyond it."""

    shares: list[Row]
    pairs: list[Row]
    occupations: list[Row]
    pooled: set[str]
    """Groups that `all` pools: stands in config/sources.toml."""
    reviewed: set[str]
    """Skills that have a headline row in every role, asked for or not."""
    before: set[Key]
    """Cells and skills whose share the release before published: they leave at the lower count."""
    numerators: dict[Key, int]
    """By cell and skill; nothing is taken from it but the side of `few_families`."""
    unlisted: bool = False
    """Whether a part that asks for no skill at all may stand nowhere in the release."""


def learn(release: Release) -> Knowledge:
    """All a reader can know; keys ("with" | "without", cell, skill) and ("base", cell)."""
    known = Knowledge()
    listed = {(cell_of(row), row["skill"]) for row in release.shares}
    skills = {skill for _, skill in listed}
    cells = {cell for cell, _ in listed}
    for row in release.occupations:
        cell = (row["occupation"], "all", "all", row["period_start"], row["period_end"])
        cells.add(cell)
        count = row["n_families_headline"]
        known.between(("base", cell), *{"ok": (count, count), "missing": (0, 0)}.get(row["status"], (1, FAR)))
        for skill in skills:
            if row["occupation_kind"] == "role" and (cell, skill) not in listed:
                known.between(("with", cell, skill), 0, 0)
    for row in release.shares:
        _learn_share(known, row, release)
    for row in release.pairs:
        cell = (row["occupation"], "all", "all", row["period_start"], row["period_end"])
        known.between(("base", cell), row["n_families"], row["n_families"])
        for skill, count in ((row["skill"], row["n_skill"]), (row["paired_skill"], row["n_paired"])):
            known.between(("with", cell, skill), count, count)
    for cell in cells:
        known.sums += [
            (("base", cell), [("with", cell, skill), ("without", cell, skill)]) for skill in skills
        ]
    for number, (total, parts) in enumerate(_parts(cells, release.pooled)):
        if release.unlisted:
            parts.append((f"unlisted {number}", *total[1:]))
        known.sums.append((("base", total), [("base", part) for part in parts]))
        for skill in skills:
            _learn_parts(known, total, parts, skill, listed)
    known.propagate()
    # On a base of more than 38 a proportion of one half is not too wide by the base alone: the counts passed then.
    for row in release.shares:
        cell, skill = cell_of(row), row["skill"]
        if row["reason"] == "wide_interval" and known.low[("base", cell)] > 38:
            k = METHOD["k_leave"] if (cell, skill) in release.before else METHOD["k_enter"]
            known.between(("with", cell, skill), k, FAR)
            known.between(("without", cell, skill), k, FAR)
    known.propagate()
    return known


def _learn_share(known: Knowledge, row: Row, release: Release) -> None:
    cell, skill = cell_of(row), row["skill"]
    count, without, base = ("with", cell, skill), ("without", cell, skill), ("base", cell)
    k = METHOD["k_leave"] if (cell, skill) in release.before else METHOD["k_enter"]
    detail = str(row["reason_detail"])
    if row["status"] in ("ok", "low_reliability"):
        known.between(count, row["n_numerator"], row["n_numerator"])
        known.between(base, row["n_denominator"], row["n_denominator"])
    elif row["status"] == "missing":
        known.between(base, 0, 0)
    elif cell[1:3] == ("all", "all") and skill not in release.reviewed:
        known.between(count, 1, FAR)
    if row["reason"] == "single_employer":
        known.between(count, k, FAR)
        known.between(without, k, FAR)
    elif row["reason"] == "wide_interval":
        known.between(base, METHOD["n_min"], FAR)
    elif detail.startswith("too few families with"):
        few_with = release.numerators[cell, skill] < k
        known.between(count if few_with else without, 0, k - 1)
        known.between(base, METHOD["n_min"], FAR)


def _parts(cells: set[Key], pooled: set[str]) -> list[tuple[Key, list[Key]]]:
    """Totals and their parts: roles and what no role names, groups, countries."""
    found: list[tuple[Key, list[Key]]] = []
    for total in sorted(cells, key=str):
        occupation, group, geo, *period = total
        if (group, geo) != ("all", "all"):
            continue
        same = [c for c in cells if c[0] == occupation and list(c[3:]) == period]
        roles = [c for c in cells if c[0] != "all" and c[1:] == total[1:]]
        if occupation == "all":
            found.append((total, [*roles, ("other", *total[1:])]))
        for parts in ([c for c in same if c[1] in pooled], [c for c in same if c[2] != "all"]):
            if parts:
                found.append((total, parts))
    return found


def _learn_parts(known: Knowledge, total: Key, parts: list[Key], skill: str, listed: set[Key]) -> None:
    if total[0] != "all":
        if not any((part, skill) in listed for part in parts):
            return
        for part in parts:
            # Of a skill that other parts are listed for, a part without a row has none.
            if (part, skill) not in listed:
                known.between(("with", part, skill), 0, 0)
    for kind in ("with", "without"):
        known.sums.append(((kind, total, skill), [(kind, part, skill) for part in parts]))
