"""Slow and obvious twins of transforms/sql: no SQL, no clever sets, one loop per sentence of the method.

A cell is (occupation, source group, geography, first day, last day).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, inf, log, sqrt
from typing import Any

from scipy.stats import beta
from scipy.stats import t as student

from tests.drawn_market import Advert, Market

Cell = tuple[str, str, str, date, date]
Counted = dict[Cell, dict[str, str]]
"""Families of each cell and their employers."""
SHOWN = ("ok", "few_effective_employers")


# Families ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Posting:
    """What decides about the family of an advert."""

    name: str
    day: date | None = None
    until: date | None = None
    employer: str = ""
    title: str = ""
    place: str = ""
    text: str = ""
    size: int = 0


def same_job(a: Posting, b: Posting, *, enough: int) -> bool:
    """Whether two adverts are for the same job, time aside."""
    if a.name == b.name:
        return True
    if a.employer != b.employer or (a.size > 0) != (b.size > 0):
        return False
    titles_agree = a.title.strip().lower() == b.title.strip().lower()
    if a.size == 0:
        named = a.employer != "" and a.title.strip() != ""
        return named and titles_agree and a.place.strip().lower() == b.place.strip().lower()
    if (a.size >= enough) != (b.size >= enough):
        return False
    words_agree = a.text.lower().split() == b.text.lower().split()
    return words_agree and (titles_agree or a.size >= enough)


def families(postings: list[Posting], *, gap_days: int, enough: int) -> set[frozenset[str]]:
    """Names of the postings of each family; adverts without a day come last and join the last search."""
    found: list[list[Posting]] = []
    for posting in sorted(postings, key=lambda p: (p.day or date.max, p.name)):
        searches = [family for family in found if same_job(family[0], posting, enough=enough)]
        if searches and not too_late(posting, searches[-1], gap_days):
            searches[-1].append(posting)
        else:
            found.append([posting])
    return {frozenset(p.name for p in family) for family in found}


def too_late(posting: Posting, search: list[Posting], gap_days: int) -> bool:
    """Whether the search was over more than the gap before the advert was first seen."""
    open_days = [day for p in search for day in (p.day, p.until) if day]
    return bool(posting.day and open_days) and posting.day > max(open_days) + timedelta(gap_days)  # type: ignore[operator]


# Cells and shares --------------------------------------------------------------------------------


def cells(market: Market) -> Counted:
    """Families that count in each cell, and their employers."""
    groups = {source: (group, comparable) for source, group, comparable in market.groups}
    found: Counted = {}
    for advert in market.adverts:
        if advert.reason or advert.day is None:
            continue
        for start, end in market.periods:
            if start <= advert.day <= end:
                for occupation, group, geo in margins(advert, *groups[advert.source]):
                    family = advert.family if occupation == "all" else advert.part
                    found.setdefault((occupation, group, geo, start, end), {})[family] = advert.employer
    return found


def margins(advert: Advert, group: str, comparable: bool) -> list[tuple[str, str, str]]:
    """The pool, the headline, the group and the country an advert counts in."""
    is_role = advert.role != "other"
    found = [("all", "all", "all")] if comparable else []
    if is_role:
        found.append((advert.role, group, "all"))
    if is_role and comparable:
        found += [(advert.role, "all", "all"), (advert.role, "all", advert.country or "unknown")]
    return found


def asks(market: Market) -> dict[str, set[str]]:
    """Skills each family asks for."""
    found: dict[str, set[str]] = {}
    for advert in market.adverts:
        for family in (advert.family, advert.part):
            found.setdefault(family, set()).update(advert.skills)
    return found


def wilson(x: int, n: int, z: float) -> tuple[float, float]:
    """Ends of the score interval by bisection: where (x/n - p)^2 = z^2 p (1 - p) / n."""

    def outside(p: float) -> bool:
        return (x / n - p) ** 2 > z * z * p * (1 - p) / n

    def edge(inside: float, beyond: float) -> float:
        for _ in range(60):
            middle = (inside + beyond) / 2
            inside, beyond = (inside, middle) if outside(middle) else (middle, beyond)
        return inside

    return (0.0 if x == 0 else edge(x / n, 0.0)), (1.0 if x == n else edge(x / n, 1.0))


def jackknife(families: list[tuple[str, bool]]) -> float | None:
    """Variance of the share: leave out each employer in turn; families as employer and whether it asks."""
    employers = sorted({employer for employer, _ in families})
    if len(employers) < 2:
        return None
    value = sum(asks for _, asks in families) / len(families)
    squares = 0.0
    for left_out in employers:
        rest = [asks for employer, asks in families if employer != left_out]
        squares += (sum(rest) / len(rest) - value) ** 2
    return (len(employers) - 1) / len(employers) * squares


def korn_graubard(
    x: int, n: int, variance: float | None, employers: float, level: float
) -> tuple[float, float, float]:
    """Effective n and the ends of its Clopper-Pearson interval."""
    tail, p = (1 - level) / 2, x / n
    if x in (0, n):
        size = employers
    elif variance is None:
        size = 1.0
    else:
        t = student(max(1, n - 1)).ppf(1 - tail) / student(max(1.0, employers - 1)).ppf(1 - tail)
        size = max(1.0, n if variance < 1e-15 else min(n, p * (1 - p) / variance * t * t))
    low = 0.0 if x == 0 else beta(size * p, size * (1 - p) + 1).ppf(tail)
    high = 1.0 if x == n else beta(size * p + 1, size * (1 - p)).ppf(1 - tail)
    return size, low, high


@dataclass(frozen=True)
class Share:
    """Counts behind one share."""

    n: int
    base: int
    employers: int
    top: int
    employers_without: int
    base_employers: int
    effective_employers: float
    variance: float | None
    size: float
    low: float
    high: float


def share(base: dict[str, str], skills: dict[str, set[str]], skill: str, level: float) -> Share:
    """The share of the base's families that ask for the skill."""
    with_it = [family for family in base if skill in skills[family]]
    without = [family for family in base if skill not in skills[family]]
    sizes = Counter(base.values()).values()
    effective = sum(sizes) ** 2 / sum(m * m for m in sizes) if sizes else 0.0
    variance = jackknife([(employer, skill in skills[family]) for family, employer in base.items()])
    size, low, high = (
        korn_graubard(len(with_it), len(base), variance, effective, level) if base else (0.0, 0.0, 1.0)
    )
    return Share(
        n=len(with_it),
        base=len(base),
        employers=len({base[family] for family in with_it}),
        top=max(Counter(base[family] for family in with_it).values(), default=0),
        employers_without=len({base[family] for family in without}),
        base_employers=len(sizes),
        effective_employers=effective,
        variance=variance,
        size=size,
        low=low,
        high=high,
    )


def shares(market: Market, method: dict[str, Any]) -> dict[tuple[Cell, str], Share]:
    """Every share that has a row: asked for in the cell, reviewed, or part of a frequent headline share."""
    counted, skills = cells(market), asks(market)
    wanted = set()
    for role in market.roles:
        for start, end in market.periods:
            wanted |= {((role, "all", "all", start, end), skill) for skill in market.reviewed}
    for cell, base in counted.items():
        headline = counted.get((cell[0], "all", "all", *cell[3:]), {})
        for skill in market.skills:
            frequent = sum(skill in skills[family] for family in headline) >= method["k_leave"]
            if frequent or any(skill in skills[family] for family in base):
                wanted.add((cell, skill))
    return {key: share(counted.get(key[0], {}), skills, key[1], method["ci_level"]) for key in wanted}


# The mask ----------------------------------------------------------------------------------------


def alone(s: Share, k: int, m: dict[str, Any]) -> str:
    """What the share's own cell says."""
    width, value = round(s.high, 6) - round(s.low, 6), s.n / s.base if s.base else 0.0
    wide = width >= m["width_max"] or (width > m["width_free"] and width > m["relative_width_max"] * value)
    if s.base == 0:
        return "no_base"
    if s.base < m["n_min"] or s.base_employers < m["employer_min"]:
        return "small_base"
    if m["z"] / sqrt(s.base + m["z"] ** 2) >= m["width_max"]:
        return "wide"
    if s.n == 0:
        if wide or s.size < m["n_min"]:
            return "few_families"
    elif min(s.n, s.base - s.n) < k:
        return "few_families"
    elif min(s.employers, s.employers_without) < m["employer_min"]:
        return "few_employers"
    elif s.top > m["dominance_max"] * s.n:
        return "one_employer"
    elif wide or s.size < m["n_min"]:
        return "wide"
    return "few_effective_employers" if max(1.0, s.effective_employers - 1) < m["df_min"] else "ok"


def threshold(market: Market, m: dict[str, Any], cell: Cell, skill: str, partner: str = "") -> int:
    """The leaving count where the release before published the cell, else the entering count."""
    for old in market.published:
        same = (old["occupation"], old["source_group"], old["geo"], old["period_start"], old["period_end"])
        if same == cell and old["skill"] == skill and old["partner_skill"] == partner:
            return int(m["k_leave"])
    return int(m["k_enter"])


def mask(market: Market, m: dict[str, Any]) -> dict[tuple[Cell, str, str], str]:
    """Verdict on every share and pair that could be published, by cell, skill and partner."""
    counted, all_shares, skills = cells(market), shares(market, m), asks(market)
    itself = {key: alone(s, threshold(market, m, *key), m) for key, s in all_shares.items()}
    own = itself | dict.fromkeys(told_by_period(all_shares, itself, m), "part_of_total")
    pooled = {group for _, group, comparable in market.groups if comparable}
    found: dict[tuple[Cell, str, str], str] = {}
    for (cell, skill), verdict in own.items():
        occupation, group, geo, *period = cell
        total: Cell = (occupation, "all", "all", period[0], period[1])
        if occupation == "all":
            rest = unnamed(counted, total)
            with_it = sum(skill in skills[family] for family in rest)
            small = min(with_it, len(rest) - with_it) < m["k_enter"]
            found[cell, skill, ""] = "part_of_total" if verdict in SHOWN and small else verdict
        elif cell == total or (geo == "all" and group not in pooled):
            found[cell, skill, ""] = verdict
        elif own.get((total, skill)) in SHOWN and all_shares[total, skill].n > 0:
            parts = [
                c
                for c in counted
                if c[0] == occupation
                and c[3:] == cell[3:]
                and c != total
                and (c[2] != "all" if geo != "all" else c[2] == "all" and c[1] in pooled)
            ]
            if len(parts) == 1:
                found[cell, skill, ""] = own[total, skill]
            elif all(own[part, skill] in SHOWN for part in parts):
                found[cell, skill, ""] = verdict
            else:
                found[cell, skill, ""] = "part_of_total"
    return found | pair_mask(market, m, found)


def inside(within: Cell, whole: Cell) -> bool:
    """Whether the one cell is the other in a period inside the other's; no period here is the default."""
    return within != whole and within[:3] == whole[:3] and whole[3] <= within[3] <= within[4] <= whole[4]


def told_by_period(
    all_shares: dict[tuple[Cell, str], Share], itself: dict[tuple[Cell, str], str], m: dict[str, Any]
) -> list[tuple[Cell, str]]:
    """Shares of a longer period that leave few beyond those of a shorter one in it."""
    found = []
    for whole, skill in all_shares:
        for within in {cell for cell, other in all_shares if other == skill and inside(cell, whole)}:
            a, b = all_shares[whole, skill], all_shares[within, skill]
            asking, others = a.n - b.n, (a.base - a.n) - (b.base - b.n)
            few = 0 < asking < m["k_enter"] or 0 < others < m["k_enter"]
            few = few or 0 < asking <= (m["employer_min"] - 1) * a.top
            if few and itself[whole, skill] in SHOWN and itself[within, skill] in SHOWN:
                found.append((whole, skill))
    return found


def unnamed(counted: dict[Cell, dict[str, str]], total: Cell) -> dict[str, str]:
    """Families of the pool that stand in no role, with their employers."""
    named = {
        family.split(":")[0]
        for cell, base in counted.items()
        if cell[0] != "all" and cell[1:] == total[1:]
        for family in base
    }
    pool = counted.get(("all", *total[1:]), {})
    return {family: employer for family, employer in pool.items() if family not in named}


# Pairs -------------------------------------------------------------------------------------------


def four(base: dict[str, str], skills: dict[str, set[str]], a: str, b: str) -> tuple[int, int, int, int]:
    """Families with both, the first alone, the second alone, neither."""
    kinds = Counter((a in skills[family], b in skills[family]) for family in base)
    return kinds[True, True], kinds[True, False], kinds[False, True], kinds[False, False]


def pairs(market: Market, m: dict[str, Any]) -> dict[tuple[Cell, str, str], tuple[int, int, int, int]]:
    """The four counts of every pair worth counting, in headline cells."""
    skills = asks(market)
    found = {}
    for cell, base in cells(market).items():
        if cell[1:3] == ("all", "all"):
            for a in market.skills:
                for b in market.skills:
                    counts = four(base, skills, a, b)
                    if a != b and counts[0] >= m["k_leave"]:
                        found[cell, a, b] = counts
    return found


def pair_mask(
    market: Market, m: dict[str, Any], of_shares: dict[tuple[Cell, str, str], str]
) -> dict[tuple[Cell, str, str], str]:
    """Verdict on each pair whose two shares are published."""
    counted, skills, counts = cells(market), asks(market), pairs(market, m)
    own = {}
    for (cell, a, b), sizes in counts.items():
        if of_shares.get((cell, a, "")) in SHOWN and of_shares.get((cell, b, "")) in SHOWN:
            employers = [
                Counter(e for f, e in counted[cell].items() if (a in skills[f], b in skills[f]) == kind)
                for kind in ((True, True), (True, False), (False, True))
            ]
            if min(sizes) < threshold(market, m, cell, a, b):
                own[cell, a, b] = "few_families"
            elif min(map(len, employers)) < m["employer_min"]:
                own[cell, a, b] = "few_employers"
            elif max(employers[0].values()) > m["dominance_max"] * sizes[0]:
                own[cell, a, b] = "one_employer"
            else:
                own[cell, a, b] = of_shares[cell, a, ""]
    exposed = [
        (cell, a, b)
        for (cell, a, b), verdict in own.items()
        for within, verdict_there in ((c, v) for (c, x, y), v in own.items() if (x, y) == (a, b))
        if inside(within, cell) and verdict in SHOWN and verdict_there in SHOWN
        and any(0 < n - there < m["k_enter"] for n, there in zip(
            counts[cell, a, b], counts[within, a, b], strict=True))
    ]  # fmt: skip
    own |= dict.fromkeys(exposed, "part_of_total")
    found = {}
    for (cell, a, b), verdict in own.items():
        rest = list(counts[cell, a, b])
        for other, verdict_there in own.items():
            if (
                other[1:] == (a, b)
                and other[0][0] != "all"
                and other[0][1:] == cell[1:]
                and verdict_there in SHOWN
            ):
                rest = [left - there for left, there in zip(rest, counts[other], strict=True)]
        least = max(min(rest), min(four(unnamed(counted, cell), skills, a, b))) if cell[0] == "all" else 0
        hidden = cell[0] == "all" and verdict in SHOWN and least < m["k_enter"]
        found[cell, a, b] = "part_of_total" if hidden else verdict
    return found


def lift(both: int, only: int, paired: int, neither: int, z: float) -> tuple[float, float, float]:
    """Lift and its interval; the variance of its logarithm by gradient and multinomial covariance."""
    n = both + only + paired + neither
    p = [count / n for count in (both, only, paired, neither)]
    # log lift = log p11 - log(p11 + p10) - log(p11 + p01) for probabilities that need not sum to 1,
    # plus log of their sum.
    gradient = [
        1 / p[0] - 1 / (p[0] + p[1]) - 1 / (p[0] + p[2]) + 1,
        -1 / (p[0] + p[1]) + 1,
        -1 / (p[0] + p[2]) + 1,
        1.0,
    ]
    variance = 0.0
    for i in range(4):
        for j in range(4):
            covariance = ((p[i] if i == j else 0.0) - p[i] * p[j]) / n
            variance += gradient[i] * gradient[j] * covariance
    value = p[0] / ((p[0] + p[1]) * (p[0] + p[2]))
    half = z * sqrt(max(variance, 0.0))
    return value, value * exp(-half), value * exp(half)


def npmi(both: int, only: int, paired: int, neither: int) -> float:
    """Pointwise mutual information over the information of the joint event (Bouma 2009)."""
    n = both + only + paired + neither
    if both == n:
        return inf
    joint, first, second = both / n, (both + only) / n, (both + paired) / n
    return (log(joint) - log(first) - log(second)) / -log(joint)
