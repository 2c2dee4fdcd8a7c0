"""A small labour market written down advert by advert, put into the core tables the estimates start from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from tests.computed_tables import read_by
from tests.drawn_tables import DrawnWarehouse, Row

YEAR = (date(2022, 1, 1), date(2022, 12, 31))
ESTIMATES = (
    "weight_posting",
    "weight_occupation",
    "weight_posting_share",
    "weight_share_part",
    "weight_nested_period",
    "weight_concentration",
    "weight_share_interval",
    "weight_pair_item",
    "weight_pair_count",
    "weight_skill_pair",
    "weight_mask",
    "weight_rank",
    "weight_pair_test",
    "weight_pay_premium",
    "weight_salary",
    "weight_metric",
)
PARTS = (
    "weight_trend",
    "weight_trend_interval",
    "weight_ladder",
    "weight_ladder_verdict",
    "weight_part_mask",
    "weight_specificity",
)
"""What a share splits into, after the mask of shares."""
EXPORTS = ("export_metric_value", "export_skill_pair", "export_occupation", "export_ladder")
Period = tuple[date, date]


@dataclass(frozen=True)
class Advert:
    """One posting with one role; adverts with the same family count once."""

    family: str
    role: str = "dev"
    employer: str = "acme"
    skills: tuple[str, ...] = ()
    """As `go`; required or preferred as `go!` or `go?`, else merely mentioned."""
    source: str = "forum"
    country: str | None = None
    day: date | None = date(2022, 6, 1)
    level: str = "unknown"
    reason: str = ""
    """Why it is kept out of the headline; empty where it counts."""
    split: bool = False
    """Whether the role counts a part of its own of an advert; adverts of the family are the others."""
    pay: int | None = None
    """Pay a year in hundredths of a dollar."""

    @property
    def part(self) -> str:
        """The family as the role counts it."""
        return f"{self.family}:{self.role}" if self.split else self.family


@dataclass(frozen=True)
class Market:
    """Adverts and all the estimates need to know beside them."""

    adverts: Sequence[Advert]
    roles: Sequence[str] = ("dev",)
    reviewed: Sequence[str] = ()
    """Skills of our own list, which get a headline row in every role."""
    groups: Sequence[tuple[str, str, bool]] = (("forum", "software-forum", True),)
    """Source, its group, whether `all` pools the group."""
    periods: Sequence[Period] = (YEAR,)
    published: Sequence[Row] = ()
    """Cells of the release before, rows of core_published_cell."""
    more_skills: Sequence[str] = ()
    """Skills that exist though no advert asks for them."""
    major_groups: Sequence[str] = ()
    """Major groups that the roles map to in turn; none by default."""

    @property
    def skills(self) -> list[str]:
        """Every skill, sorted."""
        asked = {skill.rstrip("!?") for advert in self.adverts for skill in advert.skills}
        return sorted(asked | set(self.reviewed) | set(self.more_skills))


def put(drawn: DrawnWarehouse, market: Market, *, checked: bool = True) -> None:
    """Fill the core tables with the market."""
    fill = drawn.fill if checked else drawn.load
    fill("core_occupation", _occupations(market.roles))
    fill(
        "core_skill",
        [
            {
                "skill_id": skill,
                "skill": skill,
                "skill_label": skill,
                "skill_scheme": "skillweights" if skill in market.reviewed else "esco",
            }
            for skill in market.skills
        ],
    )
    fill(
        "core_source_group",
        [{"source_id": s, "source_group": g, "comparable": c} for s, g, c in market.groups],
    )
    fill("core_period", [{"period_start": start, "period_end": end} for start, end in market.periods])
    fill("core_published_cell", market.published)
    fill("core_posting", [_posting(i, advert) for i, advert in enumerate(market.adverts)])
    fill("core_posting_role", [_posting_role(i, advert) for i, advert in enumerate(market.adverts)])
    strengths = {"!": "required", "?": "preferred"}
    asked = {
        (family, skill.rstrip("!?")): strengths.get(skill[-1], "mentioned")
        for advert in market.adverts
        for family in (advert.family, advert.part)
        for skill in sorted(advert.skills, reverse=True)
    }
    fill(
        "core_family_skill",
        [{"family_id": f, "skill_id": s, "requirement": r} for (f, s), r in sorted(asked.items())],
    )
    facts = {family: a for a in market.adverts for family in (a.family, a.part)}
    fill("core_family_fact", [_fact(family, advert) for family, advert in sorted(facts.items())])
    fill(
        "core_occupation_mapping",
        [
            {"occupation_id": role, "scheme": "onet-soc", "code": f"{group}-1000.00", "found": True}
            for role, group in zip(market.roles, market.major_groups, strict=False)
        ],
    )


def estimate(
    drawn: DrawnWarehouse, market: Market, *exports: str, only: Sequence[str] = (), **parameters: Any
) -> None:
    """Estimate the market; the export tables named are held to their declarations.

    What the test reads, the exports and ``only``, is computed with all it rests on and no more, which is half
    of the second that everything takes; naming nothing computes everything. Reading what was left out fails.
    """
    put(drawn, market, checked=False)
    every = (*ESTIMATES, *PARTS)
    needed = behind(frozenset((*only, *exports))) if only or exports else frozenset(every)
    drawn.left_out = frozenset(every) - needed
    drawn.compute(*(table for table in every if table in needed), **parameters)
    drawn.build(*exports, **parameters)


@cache
def behind(tables: frozenset[str]) -> frozenset[str]:
    """These tables and all that their SELECTs rest on."""
    found: set[str] = set()
    left = set(tables)
    while left:
        table = left.pop()
        found.add(table)
        left |= read_by(table) - found
    return frozenset(found)


def _occupations(roles: Iterable[str]) -> list[Row]:
    kinds = dict.fromkeys(roles, "role") | {"other": "residual", "all": "pool"}
    return [
        {"occupation_id": slug, "occupation": slug, "occupation_label": slug, "occupation_kind": kind}
        for slug, kind in kinds.items()
    ]


def _fact(family: str, advert: Advert) -> Row:
    paid = {"pay_mid_year": advert.pay, "pay_currency": "USD"} if advert.pay is not None else {}
    seen = {"first_seen_on": advert.day, "source_id": advert.source, "country": advert.country}
    return {"family_id": family, "posting_id": family, "seniority": advert.level} | seen | paid


def _posting(number: int, advert: Advert) -> Row:
    return {
        "posting_id": f"posting {number}",
        "source_id": advert.source,
        "source_posting_key": str(number),
        "country": advert.country,
        "first_seen_on": advert.day,
        "first_seen_basis": "posted" if advert.day else "none",
        "employer_key": advert.employer,
        "role_slugs": [advert.role],
    }


def _posting_role(number: int, advert: Advert) -> Row:
    return {
        "posting_id": f"posting {number}",
        "family_id": advert.family,
        "family_part_id": advert.part,
        "occupation": advert.role,
        "headline": advert.reason == "",
        "headline_reason": advert.reason,
    }


def in_years(cases: Iterable[Sequence[Advert]]) -> tuple[list[Advert], list[Period]]:
    """The adverts of each case in a year of its own, and these years in turn.

    No estimate of one period looks at another, so many cases take the time of one.
    """
    adverts: list[Advert] = []
    years: list[Period] = []
    for number, case in enumerate(cases):
        years.append((date(2000 + number, 1, 1), date(2000 + number, 12, 31)))
        day = date(2000 + number, 6, 1)
        adverts += [replace(advert, family=f"{number} {advert.family}", day=day) for advert in case]
    return adverts, years


def crowd(name: str, count: int, *, employers: int = 10, **fields: Any) -> list[Advert]:
    """So many families of their own, spread over so many employers in turn."""
    return [Advert(f"{name} {i}", employer=f"employer {i % employers}", **fields) for i in range(count)]
