"""weight_ladder_verdict.sql: which levels of a ladder, and whether its slope, may be shown."""

from datetime import date

import pytest

from tests.drawn_market import YEAR, Advert, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

SMALL = "few_at_levels"
OK = "ok"


def at_levels(**sizes: tuple[int, int]) -> list[Advert]:
    """Families with and without go at each level."""
    return crowds(sizes, "", date(2022, 6, 1))


def crowds(sizes: dict[str, tuple[int, int]], name: str, day: date) -> list[Advert]:
    return [
        advert
        for level, (n_with, n_without) in sizes.items()
        for advert in (
            *crowd(f"{name}{level} with", n_with, employers=40, skills=("go",), level=level, day=day),
            *crowd(f"{name}{level} without", n_without, employers=40, level=level, day=day),
        )
    ]


def ladder_of(drawn: DrawnWarehouse, market: Market) -> dict[str, object]:
    """Verdict on go for dev by level; the empty one is the slope."""
    estimate(drawn, market, only=("weight_ladder_verdict",))
    rows = drawn.read("SELECT * FROM weight_ladder_verdict WHERE occupation = 'dev'")
    return {r["level"]: r["verdict"] for r in rows if r["skill_id"] == "go"}


@pytest.mark.slow
def test_a_ladder_of_large_steps_is_shown(drawn: DrawnWarehouse) -> None:
    found = ladder_of(drawn, Market(at_levels(entry=(40, 160), senior=(100, 100))))
    assert found == {"": OK, "entry": OK, "senior": OK}


def test_a_small_step_alone_among_two_takes_slope_and_steps_with_it(drawn: DrawnWarehouse) -> None:
    """Two sums of two levels are the levels."""
    found = ladder_of(drawn, Market(at_levels(entry=(100, 100), lead=(9, 40))))
    assert set(found.values()) == {SMALL}


@pytest.mark.slow
def test_three_levels_hide_behind_their_slope_where_there_is_room(drawn: DrawnWarehouse) -> None:
    """A lead more, three of mid level fewer, two beginners more: 9 leads make 9 such moves down."""
    found = ladder_of(drawn, Market(at_levels(entry=(40, 160), mid=(100, 100), lead=(9, 40))))
    assert found == {"": OK, "entry": SMALL, "mid": SMALL, "lead": SMALL}


@pytest.mark.slow
def test_three_levels_without_room_have_no_slope(drawn: DrawnWarehouse) -> None:
    """Of 4 beginners all ask for it: no move but four down."""
    found = ladder_of(drawn, Market(at_levels(entry=(4, 0), mid=(100, 100), senior=(100, 100))))
    assert set(found.values()) == {SMALL}


@pytest.mark.slow
def test_one_large_step_stands_beside_a_slope(drawn: DrawnWarehouse) -> None:
    levels = {"entry": (9, 40), "mid": (9, 40), "senior": (100, 100), "lead": (9, 40)}
    found = ladder_of(drawn, Market(at_levels(**levels)))
    assert found == {"": OK, "entry": SMALL, "mid": SMALL, "senior": OK, "lead": SMALL}


@pytest.mark.slow
def test_three_large_steps_go_before_the_slope(drawn: DrawnWarehouse) -> None:
    """The fourth hides among adverts of unknown level only as long as no sum over named levels is told."""
    levels = {"entry": (40, 160), "mid": (40, 160), "senior": (100, 100), "lead": (9, 40)}
    found = ladder_of(drawn, Market(at_levels(**levels, unknown=(50, 50))))
    assert found == {"": "level_told", "entry": OK, "mid": OK, "senior": OK, "lead": SMALL}


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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_slope_needs_a_large_rest_without_a_level(drawn: DrawnWarehouse) -> None:
    levels = {"entry": (40, 160), "mid": (100, 100), "senior": (40, 100)}
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(15, 15))))[""] == OK
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(14, 15))))[""] == SMALL
    assert ladder_of(drawn, Market(at_levels(**levels, unknown=(15, 14))))[""] == SMALL


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({}, OK),
        ({"entry": (20, 40), "mid": (20, 40), "lead": (5, 40)}, OK),
        ({"entry": (10, 40), "mid": (4, 40)}, SMALL),
        ({"entry": (15, 15)}, "level_told"),
        ({"entry": (30, 40), "mid": (1, 2)}, SMALL),
    ],
    ids=["nothing", "room", "few", "one level", "no room"],
)
def test_slopes_of_nested_periods_leave_room_in_what_lies_between(
    drawn: DrawnWarehouse, before: dict[str, tuple[int, int]], expected: str
) -> None:
    """No step is shown beside either slope, so three levels of the years between hide behind two sums, or don't."""
    levels = {"entry": (40, 160), "mid": (100, 100), "lead": (9, 40)}
    years = (YEAR, (date(2018, 1, 1), date(2022, 12, 31)))
    adverts = [
        *at_levels(**levels),
        *crowds(before, "old ", date(2020, 6, 1)),
        *crowd("u with", 60, skills=("go",), day=date(2020, 6, 1)),
        *crowd("u", 60, day=date(2020, 6, 1)),
    ]
    estimate(drawn, Market(adverts, periods=years), only=("weight_ladder_verdict",))
    found = {
        row["period_start"].year: row["verdict"]
        for row in drawn.read("SELECT * FROM weight_ladder_verdict WHERE occupation = 'dev' AND level = ''")
        if row["skill_id"] == "go"
    }
    assert found[2022] == OK
    assert found[2018] == expected
