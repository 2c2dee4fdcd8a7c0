"""A reader who has nothing but the exported files of a release, and perhaps of the one before (contract section 5).

Every count of a skill is a variable: with and without it in a role, in a source group, in a country, at a level, asked
for in one way. Published rows fix counts; parts add up; the pool holds each role and, split adverts counted once, no
more than all roles and a rest; adverts are only added from release to release. Bounds are linear programs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

Row = dict[str, Any]
Key = tuple[Any, ...]
SHOWN = ("ok", "low_reliability")
LEVELS = ("entry", "mid", "senior", "lead", "unknown")
WAYS = ("required", "preferred", "mentioned")
FAR = 1e7
TABLES = ("metric_value", "ladder", "occupation", "skill_pair", "taxonomy_sensitivity")


@dataclass
class Files:
    """The rows of the tables that hold counts."""

    metric_value: list[Row] = field(default_factory=list)
    ladder: list[Row] = field(default_factory=list)
    occupation: list[Row] = field(default_factory=list)
    skill_pair: list[Row] = field(default_factory=list)
    taxonomy_sensitivity: list[Row] = field(default_factory=list)


def read_files(release: Path) -> Files:
    """The tables of one release folder."""
    return Files(
        **{name: pq.read_table(release / "tables" / f"{name}.parquet").to_pylist() for name in TABLES}
    )


@dataclass
class Program:
    """Counts by key, what is known of them, and their bounds."""

    number: dict[Key, int] = field(default_factory=dict)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    at_most: list[tuple[dict[int, float], float]] = field(default_factory=list)

    def of(self, key: Key) -> int:
        """The variable of a key."""
        if key not in self.number:
            self.number[key] = len(self.number)
            self.low.append(0.0)
            self.high.append(FAR)
        return self.number[key]

    def is_(self, key: Key, value: float) -> None:
        """The count is told."""
        at = self.of(key)
        self.low[at] = self.high[at] = value

    def equals(self, terms: Iterable[tuple[Key, float]], total: float = 0.0) -> None:
        """Weighted counts add up to a total."""
        self.equal.append((self._row(terms), total))

    def less(self, terms: Iterable[tuple[Key, float]], total: float = 0.0) -> None:
        """Weighted counts add up to no more than a total."""
        self.at_most.append((self._row(terms), total))

    def _row(self, terms: Iterable[tuple[Key, float]]) -> dict[int, float]:
        row: dict[int, float] = defaultdict(float)
        for key, weight in terms:
            row[self.of(key)] += weight
        return row

    def bounds(self, keys: Iterable[Key], *, wide: float) -> dict[Key, tuple[float, float]]:
        """Least and largest value of each count that can be told within ``wide``; others are left out.

        Raises AssertionError where what is published contradicts itself.
        """
        keys = list(keys)
        for key in keys:
            self.of(key)
        less, equal = self._matrix(self.at_most), self._matrix(self.equal)
        limits = np.column_stack([self.low, self.high])
        found = {}
        # A point already seen shows how far a count can move: most need no program of their own.
        least, most = np.full(len(self.number), np.inf), np.full(len(self.number), -np.inf)
        for key in keys:
            at = self.of(key)
            ends = []
            for sign in (1.0, -1.0):
                if most[at] - least[at] >= wide:
                    break
                cost = np.zeros(len(self.number))
                cost[at] = sign
                done = linprog(cost, *less, *equal, bounds=limits, method="highs")
                assert done.status == 0, f"what the releases say contradicts itself: {done.message}"
                ends.append(sign * float(done.fun))
                least, most = np.minimum(least, done.x), np.maximum(most, done.x)
            if len(ends) == 2 and ends[1] - ends[0] < wide:
                found[key] = (ends[0], ends[1])
        return found

    def _matrix(self, rows: list[tuple[dict[int, float], float]]) -> tuple[Any, Any]:
        if not rows:
            return None, None
        places = [(i, at, value) for i, (row, _) in enumerate(rows) for at, value in row.items()]
        i, at, value = zip(*places, strict=True)
        shape = (len(rows), len(self.number))
        return coo_matrix((value, (i, at)), shape=shape).tocsr(), np.array([total for _, total in rows])


@dataclass
class Skill:
    """What one release says of one skill in one period."""

    metrics: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)


@dataclass
class Release:
    """One release as its reader sorts it: bases by cell, and rows by period and skill."""

    bases: dict[Key, int]
    levels: dict[Key, int]
    skills: dict[Key, Skill]
    roles: tuple[str, ...]
    pooled: tuple[str, ...]


def sorted_out(files: Files, *, pooled: Iterable[str], levels: dict[Key, int]) -> Release:
    """Bases that any row tells hold for all rows of their cell; ``levels`` are those the reader knows beside."""
    bases: dict[Key, int] = {}
    levels = dict(levels)
    skills: dict[Key, Skill] = defaultdict(Skill)
    for row in files.occupation:
        if row["n_families_headline"] is not None:
            bases[row["occupation"], "all", "all", *period(row)] = row["n_families_headline"]
    for row in files.metric_value:
        if row["skill"] is None:
            continue
        skills[(*period(row), row["skill"])].metrics.append(row)
        if row["metric"] == "posting_share" and row["n_denominator"] is not None:
            bases[row["occupation"], row["source_group"], row["geo"], *period(row)] = row["n_denominator"]
    for row in files.ladder:
        skills[(*period(row), row["skill"])].steps.append(row)
        if row["level_n_denominator"] is not None:
            levels[row["occupation"], row["ladder_level"], *period(row)] = row["level_n_denominator"]
    roles = tuple(sorted({r["occupation"] for r in files.occupation if r["occupation_kind"] == "role"}))
    return Release(bases, levels, skills, roles, tuple(pooled))


def period(row: Row) -> Key:
    """The period a row speaks of."""
    return row["period_start"], row["period_end"]


def learn(program: Program, name: str, release: Release, key: Key, *, apart: bool) -> list[Key]:
    """Tell the program what one release says of one skill; returns the counts it withholds.

    ``apart``: the reader knows that no advert is split among roles, so that roles and rest make the pool.
    """
    skill = release.skills[key]
    span = key[:2]
    withheld: list[Key] = []
    cells = set()
    for row in skill.metrics:
        cell = (name, row["occupation"], row["source_group"], row["geo"])
        cells.add(cell)
        withheld += _learn_metric(program, cell, row)
    for cell in cells:
        base = release.bases.get((*cell[1:], *span))
        if base is not None:
            program.equals([((*cell, "with"), 1), ((*cell, "without"), 1)], base)
    for role in {cell[1] for cell in cells}:
        whole = (name, role, "all", "all")
        withheld += _learn_ladder(program, whole, release, skill, span)
        program.equals([*(((*whole, way), 1) for way in WAYS), ((*whole, "with"), -1)])
        withheld += [(*whole, "mentioned"), (*whole, "with", "unknown"), (*whole, "without", "unknown")]
        for at in (2, 3):
            parts = [c for c in cells if c[1] == role and c[at] != "all" and c[2] in ("all", *release.pooled)]
            if parts and release.bases.get((role, "all", "all", *span)):
                _learn_parts(program, whole, parts, apart=apart)
    return withheld + _learn_pool(program, name, release, span, skill, apart=apart)


def _learn_parts(program: Program, whole: Key, parts: list[Key], *, apart: bool) -> None:
    """An advert of two sources or countries is in both parts and once in the whole."""
    for kind in ("with", "without"):
        terms: list[tuple[Key, float]] = [*(((*part, kind), 1.0) for part in parts), ((*whole, kind), -1.0)]
        if apart:
            program.equals(terms)
            continue
        program.less([(key, -weight) for key, weight in terms])
        for part in parts:
            program.less([((*part, kind), 1.0), ((*whole, kind), -1.0)])


def _learn_metric(program: Program, cell: Key, row: Row) -> list[Key]:
    shown, metric = row["status"] in SHOWN, row["metric"]
    if metric == "posting_share":
        keys: list[Key] = [(*cell, "with"), (*cell, "without")]
        if shown:
            program.is_(keys[0], row["n_numerator"])
            program.is_(keys[1], row["n_denominator"] - row["n_numerator"])
        return keys if row["status"] == "suppressed" else []
    if metric in ("required_share", "preferred_share"):
        key = (*cell, metric.removesuffix("_share"))
        if shown:
            program.is_(key, row["n_numerator"])
        return [key] if row["status"] == "suppressed" else []
    if metric == "concentration" and shown:
        program.is_((cell[0], "all", "all", "all", "with"), row["n_denominator"])
    if metric == "demand_trend" and shown:
        # The matched adverts are some of all; what is left is published by subtraction.
        program.less([((*cell, "with"), -1)], -row["n_numerator"])
    return []


def _learn_ladder(program: Program, whole: Key, release: Release, skill: Skill, span: Key) -> list[Key]:
    """Steps of the role; a slope tells the weighted sum where the reader knows the base of each level."""
    role, withheld = whole[1], []
    for kind in ("with", "without"):
        program.equals([*(((*whole, kind, level), 1) for level in LEVELS), ((*whole, kind), -1)])
    for level in LEVELS[:4]:
        if (role, level, *span) in release.levels:
            both = [((*whole, kind, level), 1.0) for kind in ("with", "without")]
            program.equals(both, release.levels[role, level, *span])
    for row in skill.metrics:
        if row["occupation"] == role and row["metric"] == "ladder" and row["status"] in SHOWN:
            _learn_slope(program, whole, row, [release.levels.get((role, at, *span)) for at in LEVELS[:4]])
    for row in skill.steps:
        if row["occupation"] == role:
            key = (*whole, "with", row["ladder_level"])
            if row["status"] in SHOWN:
                program.is_(key, row["level_n"])
            else:
                withheld.append(key)
    return withheld


def _learn_slope(program: Program, whole: Key, row: Row, bases: list[int | None]) -> None:
    """How many ask at a named level; with the base of each level also the sum of the steps they stand on."""
    y, n = row["n_numerator"], row["n_denominator"]
    for kind, count in (("with", y), ("without", n - y)):
        program.equals([((*whole, kind, level), 1) for level in LEVELS[:4]], count)
    known = [base for base in bases if base is not None]
    if len(known) == 4:
        s = sum(step * base for step, base in enumerate(known))
        ss = sum(step * step * base for step, base in enumerate(known))
        spread = (n * ss - s * s) / n
        steps, error = row["value"] * spread + s * y / n, 5e-7 * spread + 1e-6
        terms: list[tuple[Key, float]] = [
            ((*whole, "with", level), float(step)) for step, level in enumerate(LEVELS[:4])
        ]
        program.less(terms, steps + error)
        program.less([(key, -weight) for key, weight in terms], error - steps)


def _learn_pool(
    program: Program, name: str, release: Release, span: Key, skill: Skill, *, apart: bool
) -> list[Key]:
    pool = (name, "all", "all", "all")
    shown = [r for r in skill.metrics if r["metric"] == "concentration" and r["status"] in SHOWN]
    told = {r["occupation"] for r in skill.metrics if r["metric"] == "posting_share"}
    if not shown and (*pool, "with") not in program.number:
        return []
    base = release.bases.get((*pool[1:], *span))
    if base is not None:
        program.equals([((*pool, "with"), 1), ((*pool, "without"), 1)], base)
    for kind in ("with", "without"):
        roles: list[tuple[Key, float]] = [((name, role, "all", "all", kind), 1.0) for role in release.roles]
        rest: list[tuple[Key, float]] = [((name, "other", kind), 1.0), ((*pool, kind), -1.0)]
        if apart:
            program.equals([*roles, *rest])
        elif kind == "with":
            program.less([(key, -weight) for key, weight in (*roles, *rest)])
            for key, weight in roles:
                if key[1] in told:
                    program.less([(key, weight), ((*pool, kind), -1.0)])
    return [(name, "other", "with"), (name, "other", "without")]


@dataclass(frozen=True)
class Reader:
    """What a reader knows beside the files.

    ``levels``: the base of every role and level, by role, level and period. ``apart``: that no advert is split among
    roles, groups or countries, so that parts add up to their whole. ``pooled``: source groups that `all` pools.
    """

    pooled: tuple[str, ...]
    levels: dict[Key, int] = field(default_factory=dict)
    apart: bool = False


def told(
    reader: Reader,
    files: Files,
    before: Files | None = None,
    *,
    wide: float = 5,
    k_leave: int = 10,
    only: Iterable[str] | None = None,
) -> Iterator[str]:
    """Every withheld count of a skill (of ``only`` some) that a reader of the files knows within ``wide`` values.

    Passed over: counts that the other release published, which are public; counts that lie wholly at ``k_leave`` or
    above, large enough to be published; and none at all, which is nobody's.
    """
    given = {"present": files} | ({"before": before} if before else {})
    releases = {
        name: sorted_out(found, pooled=reader.pooled, levels=reader.levels) for name, found in given.items()
    }
    keys = {key for release in releases.values() for key in release.skills}
    for key in sorted(keys if only is None else (k for k in keys if k[2] in set(only)), key=str):
        program, withheld = Program(), []
        for name, release in releases.items():
            if key in release.skills:
                withheld += learn(program, name, release, key, apart=reader.apart)
        for one in list(program.number):
            # The rest of the pool may shrink: a role may take adverts out of it.
            if one[0] == "before" and one[1] != "other" and ("present", *one[1:]) in program.number:
                program.less([(one, 1.0), (("present", *one[1:]), -1.0)])
        for count, (low, high) in program.bounds(withheld, wide=wide - 1e-6).items():
            other = ("before" if count[0] == "present" else "present", *count[1:])
            public = other in program.number and other not in withheld
            if not public and low < k_leave - 1e-6 and high > 0.5:
                yield f"{key} {count}: {low:g} to {high:g}"


def told_of_pairs(reader: Reader, files: Files, *, wide: float = 5) -> Iterator[str]:
    """Families with both skills in a role that lists no such pair, where they are known within ``wide`` values.

    The role's two shares are shown; a pair of the pool tells what all roles and the rest hold together.
    """
    release = sorted_out(files, pooled=reader.pooled, levels=reader.levels)
    shares: dict[Key, int] = {}
    for row in files.metric_value:
        headline = (row["source_group"], row["geo"], row["metric"]) == ("all", "all", "posting_share")
        if headline and row["status"] in SHOWN and row["n_numerator"] > 0:
            shares[row["occupation"], *period(row), row["skill"]] = row["n_numerator"]
    pairs = {
        (r["occupation"], *period(r), r["skill"], r["paired_skill"]): r["n_both"] for r in files.skill_pair
    }
    for (occupation, start, end, a, b), n_pool in pairs.items():
        if occupation != "all" or a > b:
            continue
        here = [r for r in release.roles if (r, start, end, a) in shares and (r, start, end, b) in shares]
        known = [pairs[r, start, end, a, b] for r in here if (r, start, end, a, b) in pairs]
        for role in here:
            if (role, start, end, a, b) in pairs:
                continue
            n_a, n_b = shares[role, start, end, a], shares[role, start, end, b]
            base = release.bases[role, "all", "all", start, end]
            most = min(n_a, n_b, n_pool - (sum(known) if reader.apart else max(known, default=0)))
            least = max(0, n_a + n_b - base)
            if most - least < wide:
                yield f"{role}: {a} with {b}: {least} to {most}"


def told_by_codes(files: Files, *, k_leave: int = 10) -> Iterator[str]:
    """Few families that one published code has beyond another published one inside it.

    A code at a lower confidence holds what it holds at a higher one.
    """
    shown = [r for r in files.taxonomy_sensitivity if r["status"] in SHOWN]
    nested: dict[Key, list[Row]] = defaultdict(list)
    for row in shown:
        nested[row["occupation"], row["skill"], row["scheme"], row["code"], *period(row)].append(row)
    for key, rows in nested.items():
        ordered = sorted(rows, key=lambda r: r["min_confidence"])
        for wider, inner in pairwise(ordered):
            asking = wider["n_numerator"] - inner["n_numerator"]
            others = wider["n_denominator"] - inner["n_denominator"] - asking
            if 0 < asking < k_leave or 0 < others < k_leave:
                yield f"{key}: {asking} with and {others} without between the two confidences"


def told_by_pay(files: Files, *, k_leave: int = 10) -> Iterator[str]:
    """Few families that disclose pay, or that do not, where a quartile tells how many do."""
    for row in files.metric_value:
        if row["metric"] in ("salary_p25", "salary_p50", "salary_p75") and row["status"] in SHOWN:
            paid = row["n_numerator"]
            if paid < k_leave or 0 < row["n_denominator"] - paid < k_leave:
                yield f"{row['occupation']}: {paid} of {row['n_denominator']} disclose pay"


def counts_of_withheld(files: Files) -> Iterator[str]:
    """Numbers in rows that are withheld."""
    numbers = (
        "value",
        "n",
        "n_numerator",
        "n_denominator",
        "n_effective",
        "n_employers",
        "ci_low",
        "ci_high",
    )
    for row in files.metric_value:
        if row["status"] not in SHOWN and any(row[name] is not None for name in numbers):
            yield f"{row['occupation']} {row['skill']} {row['metric']}: a withheld row carries a number"
