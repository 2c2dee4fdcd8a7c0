"""A reader who has nothing but the exported files of a release, and perhaps of the one before (contract section 5).

Every count of a skill is a variable: with and without it in a role, in a source group, in a country, at a level, asked
for in one way. Published rows fix counts; parts add up; the pool holds each role and, split adverts counted once, no
more than all roles and a rest; adverts are only added from release to release. Bounds are linear programs.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from tests.oracle.program import Key, Program

Row = dict[str, Any]
SHOWN = ("ok", "low_reliability")
LEVELS = ("entry", "mid", "senior", "lead", "unknown")
WAYS = ("required", "preferred", "mentioned")
TABLES = (
    *("metric_value", "ladder", "occupation", "skill_pair", "taxonomy_sensitivity", "share_sensitivity"),
    "importance_score",
)


@dataclass
class Files:
    """The rows of the tables that hold counts."""

    metric_value: list[Row] = field(default_factory=list)
    ladder: list[Row] = field(default_factory=list)
    occupation: list[Row] = field(default_factory=list)
    skill_pair: list[Row] = field(default_factory=list)
    taxonomy_sensitivity: list[Row] = field(default_factory=list)
    share_sensitivity: list[Row] = field(default_factory=list)
    importance_score: list[Row] = field(default_factory=list)


def read_files(release: Path) -> Files:
    """The tables of one release folder."""
    return Files(
        **{name: pq.read_table(release / "tables" / f"{name}.parquet").to_pylist() for name in TABLES}
    )


@dataclass
class Skill:
    """What one release says of one skill in one period."""

    metrics: list[Row] = field(default_factory=list)
    steps: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)
    scores: list[Row] = field(default_factory=list)


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
    for row in files.share_sensitivity:
        skills[(*period(row), row["skill"])].beside.append(row)
    for row in files.importance_score:
        skills[(*period(row), row["skill"])].scores.append(row)
    for row in files.ladder:
        skills[(*period(row), row["skill"])].steps.append(row)
        if row["level_n_denominator"] is not None:
            levels[row["occupation"], row["ladder_level"], *period(row)] = row["level_n_denominator"]
    roles = tuple(sorted({r["occupation"] for r in files.occupation if r["occupation_kind"] == "role"}))
    return Release(bases, levels, skills, roles, tuple(pooled))


def period(row: Row) -> Key:
    """The period a row speaks of."""
    return row["period_start"], row["period_end"]


def learn(program: Program, name: str, release: Release, key: Key, reader: "Reader") -> list[Key]:
    """Tell the program what one release says of one skill; returns the counts it withholds."""
    apart = reader.apart
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
    for row in skill.beside:
        withheld += _learn_beside(program, (name, row["occupation"], "all", "all"), row, release, reader)
    for row in skill.scores:
        _learn_score(program, (name, row["occupation"], "all", "all"), row, skill, reader)
    return withheld + _learn_pool(program, name, release, span, skill, apart=apart)


def _learn_beside(program: Program, whole: Key, row: Row, release: Release, reader: "Reader") -> list[Key]:
    """Raw, corrected and calibrated share are each a sum over the families; the reader knows factor and weights.

    The calibrated one weighs families by the class of their code: so many with the skill and without in each.
    """
    base = release.bases.get((row["occupation"], "all", "all", *period(row)))
    if base is None:
        return []
    _about(program, [((*whole, "with"), 1.0)], row["raw_share"] * base, 5e-7 * base)
    if row["corrected_share"] is not None and row["skill_class"] in reader.corrections:
        factor = reader.corrections[row["skill_class"]]
        _about(program, [((*whole, "with"), factor)], row["corrected_share"] * base, 1e-6 * base)
    classes = reader.classes.get((row["occupation"], *period(row)), {})
    for kind in ("with", "without"):
        parts = [((*whole, kind, "class", one), 1.0) for one in classes]
        if parts:
            program.equals([*parts, ((*whole, kind), -1.0)])
    for one, (_, n) in classes.items():
        program.equals([((*whole, kind, "class", one), 1.0) for kind in ("with", "without")], n)
    if row["calibrated_share"] is not None and classes:
        total = sum(weight * n for weight, n in classes.values())
        terms = [((*whole, "with", "class", one), weight) for one, (weight, _) in classes.items()]
        _about(program, terms, row["calibrated_share"] * total, 1e-6 * total)
    return [(*whole, kind, "class", one) for kind in ("with", "without") for one in classes]


def _learn_score(program: Program, whole: Key, row: Row, skill: Skill, reader: "Reader") -> None:
    """A score is a weighted mean of its parts: what it holds beside the shown ones is the number required."""
    if row["importance_score"] is None:
        return
    shown = {
        r["metric"]: r
        for r in skill.metrics
        if r["occupation"] == row["occupation"] and r["status"] in SHOWN
        and (r["source_group"], r["geo"]) == ("all", "all")
    }  # fmt: skip
    share = shown.get("posting_share")
    if share is None:
        return
    weights = {part: reader.score_weights[part] for part in row["score_parts"]}
    left = row["importance_score"] / 100 * sum(weights.values()) - weights["posting_share"] * share["value"]
    for metric, part in (("concentration", "concentration"), ("survey_importance", "survey_importance")):
        if part in weights and metric in shown:
            value = shown[metric]["value"]
            left -= weights[part] * (value if metric == "concentration" else (value - 1) / 4)
        elif part in weights:
            return  # one number the less to go by: told_by_scores finds it
    if "required_of_asking" in weights:
        x = share["n_numerator"]
        rate = weights["required_of_asking"] / x
        _about(program, [((*whole, "required"), rate)], left, 2e-6 + rate * 1e-6 * x)


def _about(program: Program, terms: list[tuple[Key, float]], total: float, error: float) -> None:
    """Weighted counts add up to a total that was rounded."""
    program.less(terms, total + error)
    program.less([(key, -weight) for key, weight in terms], error - total)


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
    ``classes``: weight and families of each class of calibration, by role and period. ``corrections``: the factor of
    each class of skills that is corrected for misreading. ``score_weights``: by part.
    """

    pooled: tuple[str, ...]
    levels: dict[Key, int] = field(default_factory=dict)
    apart: bool = False
    classes: dict[Key, dict[str, tuple[float, int]]] = field(default_factory=dict)
    corrections: dict[str, float] = field(default_factory=dict)
    score_weights: dict[str, float] = field(default_factory=dict)


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
                withheld += learn(program, name, release, key, reader)
        for one in list(program.number):
            # The rest of the pool may shrink: a role may take adverts out of it.
            if one[0] == "before" and one[1] != "other" and ("present", *one[1:]) in program.number:
                program.less([(one, 1.0), (("present", *one[1:]), -1.0)])
        for count, (low, high) in program.bounds(withheld, wide=wide - 1e-6).items():
            other = ("before" if count[0] == "present" else "present", *count[1:])
            public = other in program.number and other not in withheld
            if not public and low < k_leave - 1e-6 and high > 0.5:
                yield f"{key} {count}: {low:g} to {high:g}"
