"""Slow and obvious twins of what a share splits into: ways of asking, levels, years, concentration, and their mask."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from tests.drawn_market import Advert, Market

STEPS = {"entry": 0, "mid": 1, "senior": 2, "lead": 3}
STRENGTH = {"!": "required", "?": "preferred"}


@dataclass(frozen=True)
class Family:
    """A family as a role counts it in one year."""

    name: str
    employer: str
    level: str
    ways: dict[str, str]
    """How it asks, by skill."""
    sources: frozenset[str]


def families(market: Market, role: str, first: date, last: date) -> list[Family]:
    """Families of the role's headline between two days."""
    pooled = {source for source, _, comparable in market.groups if comparable}
    found: dict[str, Family] = {}
    for advert in market.adverts:
        seen = advert.day is not None and first <= advert.day <= last
        if advert.reason or not seen or advert.source not in pooled or role not in (advert.role, "all"):
            continue
        before = found.get(advert.family)
        sources = {advert.source} | (set(before.sources) if before else set())
        found[advert.family] = Family(
            advert.family, advert.employer, advert.level, ways(advert), frozenset(sources)
        )
    return list(found.values())


def ways(advert: Advert) -> dict[str, str]:
    """Skills of an advert and how it asks for each."""
    return {skill.rstrip("!?"): STRENGTH.get(skill[-1], "mentioned") for skill in advert.skills}


def left_out(here: list[Family], figure: Callable[[list[Family]], float | None]) -> float | None:
    """Delete-one-employer jackknife variance of a figure; None where leaving one out leaves no figure."""
    employers = sorted({family.employer for family in here})
    whole = figure(here)
    if len(employers) < 2 or whole is None:
        return None
    squares = 0.0
    for gone in employers:
        other = figure([family for family in here if family.employer != gone])
        if other is None:
            return None
        squares += (other - whole) ** 2
    return (len(employers) - 1) / len(employers) * squares


def share_of(asks: Callable[[Family], bool]) -> Callable[[list[Family]], float | None]:
    """The share of families for which something holds."""
    return lambda here: sum(asks(f) for f in here) / len(here) if here else None


@dataclass(frozen=True)
class Part:
    """Counts of a part of a share."""

    n: int
    base: int
    employers: int
    top: int
    employers_without: int
    others: int
    variance: float | None


def part(here: list[Family], everyone: list[Family], skill: str, asks: Callable[[Family], bool]) -> Part:
    """Families of ``here`` for which it holds; ``others``: employers that ask for the skill among the rest."""
    with_it = [family for family in here if asks(family)]
    rest = [f for f in here if skill in f.ways and not asks(f)]
    sizes = Counter(family.employer for family in with_it)
    return Part(
        len(with_it),
        len(here),
        len(sizes),
        max(sizes.values(), default=0),
        len({family.employer for family in here if not asks(family)}),
        len({family.employer for family in rest}),
        left_out(here, share_of(asks)),
    )


def parts(here: list[Family], skill: str) -> dict[tuple[str, str], Part]:
    """Every way of asking, and every level that has adverts."""
    found = {}
    for way in ("required", "preferred", "mentioned"):
        found[f"{way}_share", ""] = part(here, here, skill, lambda f, way=way: f.ways.get(skill) == way)  # type: ignore[misc]
    for level in sorted({family.level for family in here}):
        at_level = [family for family in here if family.level == level]
        found["ladder", level] = part(at_level, here, skill, lambda f: skill in f.ways)
    return found


def slope(skill: str) -> Callable[[list[Family]], float | None]:
    """Least squares of asking on the step: means, then covariance over variance."""

    def figure(here: list[Family]) -> float | None:
        named = [(STEPS[f.level], skill in f.ways) for f in here if f.level in STEPS]
        if len({step for step, _ in named}) < 2:
            return None
        middle = sum(step for step, _ in named) / len(named)
        asking = sum(asks for _, asks in named) / len(named)
        covariance = sum((step - middle) * (asks - asking) for step, asks in named)
        return covariance / sum((step - middle) ** 2 for step, _ in named)

    return figure


@dataclass(frozen=True)
class Change:
    """A share in two years."""

    n: tuple[int, int]
    base: tuple[int, int]
    change: float
    variance: float | None
    df: float


def matched_sources(market: Market, now: tuple[date, date], before: tuple[date, date]) -> frozenset[str]:
    """Sources seen in both years, by an advert of any role: a source may be there without this role."""
    years = [
        frozenset(s for role in market.roles for f in families(market, role, *year) for s in f.sources)
        for year in (now, before)
    ]
    return years[0] & years[1]


def change(now: list[Family], before: list[Family], skill: str, matched: frozenset[str]) -> Change | None:
    """The share now less the share before, on the matched sources; None where a year has none."""
    years = [[f for f in year if f.sources & matched] for year in (now, before)]
    if not all(years):
        return None
    asks = share_of(lambda f: skill in f.ways)
    p, q = (asks(year) or 0.0 for year in years)
    everyone = sorted({f.employer for year in years for f in year})
    squares, own = 0.0, [0.0, 0.0]
    for gone in everyone:
        moved = []
        for at, (year, whole) in enumerate(zip(years, (p, q), strict=True)):
            other = asks([f for f in year if f.employer != gone])
            moved.append(0.0 if other is None else other - whole)
            own[at] += moved[at] ** 2
        squares += (moved[0] - moved[1]) ** 2
    k = len(everyone)
    enough = min(len({f.employer for f in year}) for year in years) > 1
    df = [max(1.0, effective(year) - 1) for year in years]
    total = sum(own)
    return Change(
        (count(years[0], skill), count(years[1], skill)),
        (len(years[0]), len(years[1])),
        p - q,
        (k - 1) / k * squares if enough else None,
        total**2 / sum(v * v / d for v, d in zip(own, df, strict=True)) if total > 0 else min(df),
    )


def effective(here: Iterable[Family]) -> float:
    """Kish's effective number of employers."""
    sizes = Counter(f.employer for f in here).values()
    return sum(sizes) ** 2 / sum(m * m for m in sizes)


def count(here: Iterable[Family], skill: str) -> int:
    """Families that ask."""
    return sum(skill in f.ways for f in here)


def ladder_room(here: list[Family], skill: str, shown: set[str]) -> dict[str, int]:
    """How far each withheld level's count can lie apart, over all counts with the same two sums: by trying them all."""
    base = Counter(f.level for f in here if f.level in STEPS)
    asking = Counter(f.level for f in here if f.level in STEPS and skill in f.ways)
    levels = sorted(base, key=STEPS.__getitem__)
    fixed = [range(asking[lv], asking[lv] + 1) if lv in shown else range(base[lv] + 1) for lv in levels]
    total = sum(asking.values())
    steps = sum(STEPS[lv] * n for lv, n in asking.items())
    possible = [
        counts
        for counts in product(*fixed)
        if sum(counts) == total and sum(STEPS[lv] * n for lv, n in zip(levels, counts, strict=True)) == steps
    ]
    return {
        lv: max(c[at] for c in possible) - min(c[at] for c in possible)
        for at, lv in enumerate(levels)
        if lv not in shown
    }


def required_and_preferred(
    found: dict[tuple[str, str], Part], method: dict[str, Any], *, size: float
) -> tuple[str, str]:
    """Which of the two the counts keep back: `few` where a part, or what it leaves, is small; else `large`."""
    required, preferred, mentioned = (
        found[f"{way}_share", ""] for way in ("required", "preferred", "mentioned")
    )
    asking = required.n + preferred.n + mentioned.n
    first = "large" if fits(required, method) else "few"
    left = asking - required.n
    if left and (left < method["k_enter"] or required.others < method["employer_min"]):
        first = "few"
    if not left and 1 - ((1 - method["ci_level"]) / 2) ** (1 / size) > method["width_free"]:
        first = "few"
    second = "large" if first == "large" and fits(preferred, method) else "few"
    if mentioned.n and (mentioned.n < method["k_enter"] or mentioned.employers < method["employer_min"]):
        second = "few"
    return first, second


def fits(one: Part, method: dict[str, Any]) -> bool:
    """None at all, or enough families of enough employers none of which holds more than half."""
    return one.n == 0 or (
        one.n >= method["k_enter"]
        and one.employers >= method["employer_min"]
        and one.top <= method["dominance_max"] * one.n
    )
