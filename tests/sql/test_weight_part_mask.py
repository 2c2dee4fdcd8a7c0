"""weight_part_mask.sql: what may be shown of the parts, years and levels of a published share."""

from datetime import date

import pytest

from tests.drawn_market import Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse

SMALL = ("suppressed", "small_cell")
OK = ("ok", None)


def verdicts(drawn: DrawnWarehouse, market: Market, **parameters: int) -> dict[tuple[str, str], object]:
    """Status and reason of go for dev, by metric and level."""
    estimate(drawn, market, only=("weight_part_mask",), **parameters)
    rows = drawn.read("SELECT * FROM weight_part_mask WHERE occupation = 'dev'")
    return {(r["metric"], r["level"]): (r["status"], r["reason"]) for r in rows if r["skill_id"] == "go"}


def asked(required: int, preferred: int, mentioned: int, without: int = 400) -> list[Advert]:
    return [
        *crowd("r", required, employers=40, skills=("go!",)),
        *crowd("p", preferred, employers=40, skills=("go?",)),
        *crowd("m", mentioned, employers=40, skills=("go",)),
        *crowd("n", without, employers=40),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "required", "preferred"),
    [
        ((60, 60, 60), OK, OK),
        ((60, 120, 0), OK, OK),
        ((14, 60, 60), SMALL, SMALL),
        ((60, 14, 60), OK, SMALL),
        ((60, 60, 14), OK, SMALL),
        ((150, 7, 7), SMALL, SMALL),
        ((150, 0, 0), SMALL, SMALL),
    ],
    ids=str,
)
def test_required_and_preferred_leave_a_large_rest(
    drawn: DrawnWarehouse, sizes: tuple[int, int, int], required: object, preferred: object
) -> None:
    """(150, 0, 0): a preferred share of zero rests on 40 effective employers, where 72 are needed, and the
    required share would tell it.
    """
    found = verdicts(drawn, Market(asked(*sizes)))
    assert found["required_share", ""] == required
    assert found["preferred_share", ""] == preferred


def in_years(now: tuple[int, int], before: tuple[int, int], **fields: str) -> list[Advert]:
    return [
        *crowd("now with", now[0], employers=40, skills=("go",), **fields),
        *crowd("now without", now[1], employers=40, **fields),
        *crowd("before with", before[0], employers=40, skills=("go",), day=date(2021, 6, 1), **fields),
        *crowd("before without", before[1], employers=40, day=date(2021, 6, 1), **fields),
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ((60, 140), OK),
        ((14, 186), SMALL),
        ((186, 14), SMALL),
        ((10, 10), ("suppressed", "insufficient_sample")),
        ((0, 0), ("missing", "insufficient_sample")),
    ],
    ids=str,
)
def test_a_trend_needs_two_large_years(
    drawn: DrawnWarehouse, before: tuple[int, int], expected: object
) -> None:
    assert verdicts(drawn, Market(in_years((80, 120), before)))["demand_trend", ""] == expected


@pytest.mark.slow
def test_a_source_of_one_year_is_no_trend(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("now with", 80, employers=40, skills=("go",), source="board"),
        *crowd("now without", 120, employers=40, source="board"),
        *crowd("before with", 60, employers=40, skills=("go",), day=date(2021, 6, 1)),
        *crowd("before without", 140, employers=40, day=date(2021, 6, 1)),
    ]
    groups = (("forum", "software-forum", True), ("board", "job-boards", True))
    found = verdicts(drawn, Market(adverts, groups=groups))
    assert found["demand_trend", ""] == ("missing", "insufficient_sample")


@pytest.mark.slow
def test_a_long_period_has_no_year_before(drawn: DrawnWarehouse) -> None:
    long = (date(2021, 1, 1), date(2022, 12, 31))
    found = verdicts(drawn, Market(in_years((80, 120), (60, 140)), periods=(long,)))
    assert found["demand_trend", ""] == ("not_applicable", "concept_undefined")


@pytest.mark.slow
def test_concentration_needs_a_corpus_that_spans_the_market(drawn: DrawnWarehouse) -> None:
    adverts = [
        *asked(60, 60, 60),
        *crowd("designer with", 60, employers=40, role="designer", skills=("go",)),
        *crowd("designer without", 60, employers=40, role="designer"),
        *crowd("other with", 60, employers=40, role="other", skills=("go",)),
        *crowd("other without", 60, employers=40, role="other"),
    ]
    market = Market(adverts, roles=("dev", "designer"), major_groups=("15", "27"))
    missing = ("missing", "not_identifiable")
    assert verdicts(drawn, market, major_groups_min=3)["concentration", ""] == missing
    found = verdicts(drawn, market, major_groups_min=2)
    assert found["concentration", ""] == found["specificity", ""] == OK


def test_a_withheld_share_has_no_parts(drawn: DrawnWarehouse) -> None:
    assert verdicts(drawn, Market([*asked(5, 5, 4)])) == {}
