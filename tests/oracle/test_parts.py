"""weight_share_part, weight_ladder, weight_trend, weight_concentration and weight_part_mask against plain twins."""

import math
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from tests.drawn_market import ESTIMATES, PARTS, YEAR, Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row
from tests.oracle import part_twin as twin
from tests.oracle.markets import GROUPS, SMALL_METHOD

SHOWN = ("ok", "low_reliability")
METHOD = SMALL_METHOD | {
    "width_max": 0.9,
    "relative_width_max": 9.0,
    "width_free": 0.2,
    "major_groups_min": 1,
}
BEFORE = (date(2021, 1, 1), date(2021, 12, 31))
NAMES = ("css", "go", "sql")
EMPTY = Market([], roles=("dev", "designer"), groups=GROUPS)
ONE = Market([Advert("f", skills=("go!",), level="mid")], roles=("dev", "designer"), groups=GROUPS)
EQUAL = Market(crowd("f", 24, skills=("go!",), level="mid"), roles=("dev", "designer"), groups=GROUPS)
NONE_ASK = Market(crowd("f", 24, level="mid"), roles=("dev", "designer"), groups=GROUPS, more_skills=NAMES)
ONE_EMPLOYER = Market(
    [*crowd("a", 12, employers=1, skills=("go",), level="mid"), *crowd("b", 12, employers=1, level="lead")],
    roles=("dev", "designer"),
    groups=GROUPS,
)
TIE = Market(
    [
        *(
            a
            for lv in ("entry", "mid", "lead")
            for a in crowd(f"{lv} w", 8, employers=4, skills=("go",), level=lv)
        ),
        *(a for lv in ("entry", "mid", "lead") for a in crowd(f"{lv} o", 8, employers=4, level=lv)),
        *crowd("then", 16, employers=4, skills=("go",), day=date(2021, 6, 1)),
        *crowd("then not", 16, employers=4, day=date(2021, 6, 1)),
    ],
    roles=("dev", "designer"),
    groups=GROUPS,
)


@st.composite
def markets(draw: Callable[..., Any]) -> Market:
    """Kinds of adverts of a level, a year, a source; each by some employers."""
    found = []
    for kind in range(draw(st.sampled_from([1, 4, 8, 12]))):
        marks = [draw(st.sampled_from(["!", "?", ""])) for _ in NAMES]
        asked = draw(st.sets(st.sampled_from(range(3))))
        skills = tuple(NAMES[i] + marks[i] for i in sorted(asked))
        role = draw(st.sampled_from(["dev", "dev", "dev", "designer", "other"]))
        level = draw(st.sampled_from(["entry", "mid", "senior", "senior", "lead", "unknown"]))
        day = draw(st.sampled_from([date(2022, 6, 1), date(2022, 6, 1), date(2021, 6, 1), date(2020, 1, 1)]))
        source = draw(st.sampled_from(["forum", "forum", "board", "city"]))
        employers = draw(st.sampled_from([5, 5, 3, 1]))
        for i in range(draw(st.sampled_from([9, 6, 4, 2, 1]))):
            name = f"kind {kind} family {i}"
            found.append(Advert(name, role, f"employer {i % employers}", skills, source, None, day, level))
    return Market(
        found, roles=("dev", "designer"), groups=GROUPS, major_groups=("15", "27"), more_skills=NAMES
    )


@pytest.mark.slow
@given(markets())
@example(EMPTY)
@example(ONE)
@example(EQUAL)
@example(NONE_ASK)
@example(ONE_EMPLOYER)
@example(TIE)
@settings(max_examples=3)
def test_parts_are_those_of_their_twins(drawn: DrawnWarehouse, market: Market) -> None:
    compare(drawn, market)


@pytest.mark.slow
@given(markets())
@settings(max_examples=40)
def test_parts_are_those_of_their_twins_in_many_markets(drawn: DrawnWarehouse, market: Market) -> None:
    compare(drawn, market)


def compare(drawn: DrawnWarehouse, market: Market) -> None:
    with drawn.forgotten():
        put(drawn, market, checked=False)
        drawn.compute(*ESTIMATES, *PARTS, **METHOD)
        shares = drawn.read(
            "SELECT * FROM weight_posting_share WHERE source_group = 'all' AND geo = 'all' AND occupation <> 'all'"
        )
        tables = {
            name: drawn.read(f"SELECT * FROM {name}")
            for name in (*PARTS, "weight_share_part", "weight_concentration")
        }
    frequent = {(r["occupation"], r["skill_id"]) for r in shares if r["n_numerator"] >= METHOD["k_leave"]}
    matched = twin.matched_sources(market, YEAR, BEFORE)
    for role in market.roles:
        here = twin.families(market, role, *YEAR)
        for skill in market.skills:
            rows = {
                name: [r for r in found if (r.get("occupation"), r["skill_id"]) == (role, skill)]
                for name, found in tables.items()
            }
            if (role, skill) not in frequent:
                assert not any(
                    rows[n] for n in ("weight_share_part", "weight_ladder", "weight_concentration")
                )
                continue
            found = twin.parts(here, skill)
            compare_parts(rows["weight_share_part"], found)
            compare_slope(rows["weight_ladder"], here, skill)
            compare_change(rows["weight_trend"], here, twin.families(market, role, *BEFORE), skill, matched)
            compare_concentration(
                rows["weight_concentration"], here, twin.families(market, "all", *YEAR), skill
            )
            compare_mask(rows["weight_part_mask"], found, here, skill)


def compare_parts(rows: list[Row], expected: dict[tuple[str, str], twin.Part]) -> None:
    assert {(r["share_metric"], r["level"]) for r in rows} == set(expected)
    for r in rows:
        one = expected[r["share_metric"], r["level"]]
        names = (
            "n_numerator",
            "n_denominator",
            "n_employers",
            "top_employer_families",
            "n_complement_employers",
        )
        assert tuple(r[n] for n in names) == (one.n, one.base, one.employers, one.top, one.employers_without)
        if r["level"] == "":
            assert r["n_other_employers"] == one.others
        assert r["jackknife_variance"] == (
            None if one.variance is None else pytest.approx(one.variance, rel=1e-6, abs=1e-13)
        )


def compare_slope(rows: list[Row], here: list[twin.Family], skill: str) -> None:
    named = [f for f in here if f.level in twin.STEPS]
    expected = twin.slope(skill)(here)
    if expected is None or not twin.count(named, skill):
        assert rows == []
        return
    [row] = rows
    assert (row["n_numerator"], row["n_denominator"]) == (twin.count(named, skill), len(named))
    assert row["slope"] == pytest.approx(expected, abs=1e-6)
    variance = twin.left_out(named, twin.slope(skill))
    assert row["slope_variance"] == (
        None if variance is None else pytest.approx(variance, rel=1e-6, abs=1e-12)
    )
    assert row["slope_df"] == pytest.approx(max(1.0, twin.effective(named) - 1))
    assert -1 <= row["slope_ci_low"] <= row["slope"] <= row["slope_ci_high"] <= 1
    if variance is not None and variance > 1e-12:
        half = stats.t.ppf((1 + METHOD["ci_level"]) / 2, row["slope_df"]) * math.sqrt(variance)
        assert row["slope_half_width"] == pytest.approx(half, rel=1e-6)
        # Of 1, 1.26, 1.58 ... the first that is no smaller.
        power = next(k for k in range(-80, 20) if 10 ** (k / 10) >= row["slope_half_width"])
        expected_low = max(-1.0, row["slope"] - 10 ** (power / 10))
        assert row["slope_ci_low"] == pytest.approx(expected_low, abs=1e-6)


def compare_change(
    rows: list[Row],
    now: list[twin.Family],
    before: list[twin.Family],
    skill: str,
    matched: frozenset[str],
) -> None:
    expected = twin.change(now, before, skill, matched)
    if expected is None:
        assert rows == []
        return
    [row] = rows
    assert (row["n_numerator"], row["n_numerator_before"]) == expected.n
    assert (row["n_denominator"], row["n_denominator_before"]) == expected.base
    assert row["share_change"] == pytest.approx(expected.change, abs=1e-6)
    assert row["change_variance"] == (
        None if expected.variance is None else pytest.approx(expected.variance, rel=1e-6, abs=1e-12)
    )
    assert row["change_df"] == pytest.approx(expected.df, rel=1e-6)


def compare_concentration(
    rows: list[Row], here: list[twin.Family], pool: list[twin.Family], skill: str
) -> None:
    names = {family.name for family in here}
    asking = [family for family in pool if skill in family.ways]
    variance = twin.left_out(asking, twin.share_of(lambda f: f.name in names))
    [row] = rows
    assert (row["n_numerator"], row["n_denominator"]) == (sum(f.name in names for f in asking), len(asking))
    assert row["jackknife_variance"] == (
        None if variance is None else pytest.approx(variance, rel=1e-6, abs=1e-13)
    )


def compare_mask(
    rows: list[Row], found: dict[tuple[str, str], twin.Part], here: list[twin.Family], skill: str
) -> None:
    """Counts that keep a part back do; what is shown beside a slope leaves each withheld level its five values."""
    if not rows:
        return
    status = {(r["metric"], r["level"]): r["status"] for r in rows}
    expected = twin.required_and_preferred(found, METHOD, size=twin.effective(here))
    for metric, counts in zip(("required_share", "preferred_share"), expected, strict=True):
        if counts == "few":
            assert status[metric, ""] == "suppressed"
    shown = {
        level for (metric, level), word in status.items() if metric == "ladder" and level and word in SHOWN
    }
    for level in shown:
        assert twin.fits(found["ladder", level], METHOD)
    if status["ladder", ""] in SHOWN:
        assert min(twin.ladder_room(here, skill, shown).values(), default=99) >= METHOD["count_width_min"]


def test_trying_all_counts_finds_the_room_of_a_slope() -> None:
    """Two levels: none. Three of 10 each, 5 asking: moves of 1, -2, 1, two up and two down."""

    def at(level: str, n: int, asking: int) -> list[twin.Family]:
        return [
            twin.Family(
                f"{level}{i}", "e", level, {"go": "required"} if i < asking else {}, frozenset({"forum"})
            )
            for i in range(n)
        ]

    assert twin.ladder_room(at("entry", 10, 5) + at("lead", 10, 5), "go", set()) == {"entry": 0, "lead": 0}
    room = twin.ladder_room(at("entry", 10, 5) + at("mid", 10, 5) + at("senior", 10, 5), "go", set())
    assert room == {"entry": 4, "mid": 8, "senior": 4}


def test_the_examples_reach_both_sides_of_the_mask(drawn: DrawnWarehouse) -> None:
    """Else the comparison would compare nothing but withheld rows."""
    with drawn.forgotten():
        put(drawn, TIE, checked=False)
        drawn.compute(*ESTIMATES, *PARTS, **METHOD)
        rows = drawn.read("SELECT * FROM weight_part_mask")
    found = {(r["metric"], r["level"]): r["status"] for r in rows}
    assert found["ladder", "entry"] in SHOWN
    assert found["ladder", ""] in SHOWN
    assert found["demand_trend", ""] in SHOWN
    assert found["required_share", ""] == "suppressed"
