"""weight_part_mask.sql: what may be shown of the parts, years and levels of a published share."""

from datetime import date

import pytest

from tests.drawn_market import YEAR, Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

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


def at_levels(**sizes: tuple[int, int]) -> list[Advert]:
    """Families with and without go at each level."""
    return [
        advert
        for level, (n_with, n_without) in sizes.items()
        for advert in (
            *crowd(f"{level} with", n_with, employers=40, skills=("go",), level=level),
            *crowd(f"{level} without", n_without, employers=40, level=level),
        )
    ]


def ladder_of(drawn: DrawnWarehouse, market: Market) -> dict[str, object]:
    return {level: v for (metric, level), v in verdicts(drawn, market).items() if metric == "ladder"}


def test_a_ladder_of_large_steps_is_shown(drawn: DrawnWarehouse) -> None:
    found = ladder_of(drawn, Market(at_levels(entry=(40, 160), senior=(100, 100))))
    assert found == {"": OK, "entry": OK, "senior": OK}


def test_a_small_step_alone_among_two_takes_slope_and_steps_with_it(drawn: DrawnWarehouse) -> None:
    """Two sums of two levels are the levels."""
    found = ladder_of(drawn, Market(at_levels(entry=(100, 100), lead=(9, 40))))
    assert set(found.values()) == {SMALL}


def test_three_levels_hide_behind_their_slope_where_there_is_room(drawn: DrawnWarehouse) -> None:
    """A lead more, three of mid level fewer, two beginners more: 9 leads make 9 such moves down."""
    found = ladder_of(drawn, Market(at_levels(entry=(40, 160), mid=(100, 100), lead=(9, 40))))
    assert found == {"": OK, "entry": SMALL, "mid": SMALL, "lead": SMALL}


def test_three_levels_without_room_have_no_slope(drawn: DrawnWarehouse) -> None:
    """Of 4 beginners all ask for it: no move but four down."""
    found = ladder_of(drawn, Market(at_levels(entry=(4, 0), mid=(100, 100), senior=(100, 100))))
    assert set(found.values()) == {SMALL}


def test_one_large_step_stands_beside_a_slope(drawn: DrawnWarehouse) -> None:
    levels = {"entry": (9, 40), "mid": (9, 40), "senior": (100, 100), "lead": (9, 40)}
    found = ladder_of(drawn, Market(at_levels(**levels)))
    assert found == {"": OK, "entry": SMALL, "mid": SMALL, "senior": OK, "lead": SMALL}


def test_three_large_steps_go_before_the_slope(drawn: DrawnWarehouse) -> None:
    """The fourth hides among adverts of unknown level only as long as no sum over named levels is told."""
    levels = {"entry": (40, 160), "mid": (40, 160), "senior": (100, 100), "lead": (9, 40)}
    found = ladder_of(drawn, Market(at_levels(**levels, unknown=(50, 50))))
    assert found == {"": SMALL, "entry": OK, "mid": OK, "senior": OK, "lead": SMALL}


def published(level: str) -> Row:
    return {
        "occupation": "dev",
        "skill": "go",
        "metric": "ladder",
        "level": level,
        "source_group": "all",
        "geo": "all",
        "partner_skill": "",
        "period_start": YEAR[0],
        "period_end": YEAR[1],
    }


def test_steps_of_the_release_before_are_not_summed_up(drawn: DrawnWarehouse) -> None:
    levels = {"entry": (9, 40), "mid": (9, 40), "senior": (100, 100), "lead": (9, 40)}
    before = [published(level) for level in ("entry", "senior")]
    found = ladder_of(drawn, Market(at_levels(**levels, unknown=(50, 50)), published=before))
    assert set(found.values()) == {SMALL}


def test_a_sum_of_the_release_before_is_not_taken_apart(drawn: DrawnWarehouse) -> None:
    """Without that release three steps would be shown; beside a slope one may."""
    levels = {"entry": (40, 160), "mid": (40, 160), "senior": (100, 100), "lead": (9, 40)}
    market = Market(at_levels(**levels, unknown=(50, 50)), published=[published("")])
    found = ladder_of(drawn, market)
    assert found == {"": OK, "entry": SMALL, "mid": SMALL, "senior": OK, "lead": SMALL}


def test_a_slope_needs_a_large_rest_without_a_level(drawn: DrawnWarehouse) -> None:
    levels = {"entry": (40, 160), "mid": (100, 100), "senior": (40, 100)}
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(15, 15))))[""] == OK
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(14, 15))))[""] == SMALL
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(15, 14))))[""] == SMALL


def in_years(now: tuple[int, int], before: tuple[int, int], **fields: str) -> list[Advert]:
    return [
        *crowd("now with", now[0], employers=40, skills=("go",), **fields),
        *crowd("now without", now[1], employers=40, **fields),
        *crowd("before with", before[0], employers=40, skills=("go",), day=date(2021, 6, 1), **fields),
        *crowd("before without", before[1], employers=40, day=date(2021, 6, 1), **fields),
    ]


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


def test_a_long_period_has_no_year_before(drawn: DrawnWarehouse) -> None:
    long = (date(2021, 1, 1), date(2022, 12, 31))
    found = verdicts(drawn, Market(in_years((80, 120), (60, 140)), periods=(long,)))
    assert found["demand_trend", ""] == ("not_applicable", "concept_undefined")


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
