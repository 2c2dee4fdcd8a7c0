"""weight_mask.sql: the privacy rule of contract section 5 and the publication standard of method section 4."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.drawn_market import ESTIMATES, YEAR, Advert, Market, crowd, estimate, in_years, put
from tests.drawn_tables import DrawnWarehouse, Row
from warehouse.check import require_valid

OK = ("ok", None)
LOW = ("low_reliability", "insufficient_sample")
SMALL = ("suppressed", "small_cell")
SINGLE = ("suppressed", "single_employer")
WIDE = ("suppressed", "wide_interval")
BASE = ("suppressed", "insufficient_sample")
FORUM = ("forum", "software-forum", True)
BOARD = ("board", "job-boards", True)
CITY = ("city", "public-sector", False)


def verdicts(drawn: DrawnWarehouse, market: Market, **parameters: Any) -> dict[tuple[str, ...], object]:
    """Status and reason by occupation, skill, partner, group and geography, in the only period."""
    [found] = verdicts_in_periods(drawn, market, **parameters).values()
    return found


def verdicts_in_periods(
    drawn: DrawnWarehouse, market: Market, **parameters: Any
) -> dict[date, dict[tuple[str, ...], object]]:
    """``verdicts`` by the first day of each period."""
    estimate(drawn, market, only=("weight_mask",), **parameters)
    require_valid(drawn.warehouse, "weight_mask", "weight_mask")
    rows = drawn.rows(
        "SELECT period_start, occupation, skill_id, partner_skill_id, source_group, geo, status, reason"
        " FROM weight_mask"
    )
    found: dict[date, dict[tuple[str, ...], object]] = {start: {} for start, _ in market.periods}
    for start, *key, status, reason in rows:
        found[start][tuple(key)] = (status, reason)
    return found


def cases_of(
    drawn: DrawnWarehouse, cases: Mapping[Any, list[Advert]], **fields: Any
) -> dict[Any, dict[tuple[str, ...], object]]:
    """``verdicts`` of each case; every case is a year of one market."""
    adverts, years = in_years(cases.values())
    found = verdicts_in_periods(drawn, Market(adverts, periods=years, **fields))
    return dict(zip(cases, found.values(), strict=True))


def headlines(drawn: DrawnWarehouse, cases: Mapping[Any, list[Advert]], **fields: Any) -> dict[Any, object]:
    """Verdict on the headline share of go in each case; every case is a role of one market."""
    roles = [f"role-{number}" for number in range(len(cases))]
    adverts = [
        replace(advert, family=f"{role} {advert.family}", role=role)
        for role, case in zip(roles, cases.values(), strict=True)
        for advert in case
    ]
    found = verdicts(drawn, Market(adverts, roles=roles, reviewed=("go",), **fields))
    return {case: found[role, "go", "", "all", "all"] for role, case in zip(roles, cases, strict=True)}


def cell(
    skill: str = "go", partner: str = "", group: str = "all", geo: str = "all", occupation: str = "dev"
) -> Row:
    start, end = YEAR
    return {
        "occupation": occupation,
        "skill": skill,
        "partner_skill": partner,
        "metric": "skill_pair" if partner else "posting_share",
        "source_group": group,
        "geo": geo,
        "period_start": start,
        "period_end": end,
    }


def asked(n_with: int, n_without: int, *, employers: int = 10) -> list[Advert]:
    """So many families with go and so many without."""
    return [
        *crowd("with", n_with, employers=employers, skills=("go",)),
        *crowd("without", n_without, employers=employers),
    ]


# The share alone ---------------------------------------------------------------------------------


def test_a_cell_enters_at_15_with_and_15_without(drawn: DrawnWarehouse) -> None:
    expected = {(15, 45): OK, (14, 46): SMALL, (45, 15): OK, (46, 14): SMALL, (60, 0): SMALL, (1, 59): SMALL}
    assert headlines(drawn, {sizes: asked(*sizes) for sizes in expected}) == expected


@pytest.mark.slow
def test_a_published_cell_leaves_below_10_with_or_without(drawn: DrawnWarehouse) -> None:
    expected = {(14, 46): OK, (10, 50): OK, (9, 51): SMALL, (50, 10): OK, (51, 9): SMALL}
    published = [cell(occupation=f"role-{number}") for number in range(len(expected))]
    assert headlines(drawn, {sizes: asked(*sizes) for sizes in expected}, published=published) == expected


def test_another_published_cell_helps_nobody(drawn: DrawnWarehouse) -> None:
    """A pair whose partner is no skill any more must not pass for a share."""
    others = {
        "group": cell(group="software-forum", occupation="role-0"),
        "skill": cell(skill="sql", occupation="role-1"),
        "pair": cell(partner="sql", occupation="role-2"),
        "pair whose partner is gone": cell(partner="cobol", occupation="role-3"),
        "occupation": cell(occupation="designer"),
        "period": cell(occupation="role-5") | {"period_start": date(2021, 1, 1)},
    }
    found = headlines(
        drawn, dict.fromkeys(others, asked(12, 48)), published=list(others.values()), more_skills=("sql",)
    )
    assert found == dict.fromkeys(others, SMALL)


def test_a_share_of_zero_needs_a_good_base(drawn: DrawnWarehouse) -> None:
    """The upper end is 1 - 0.025^(1/K), K the effective employers: 0.0499 at 72, 0.0506 at 71."""
    expected = {72: OK, 71: SMALL, 39: SMALL, 38: WIDE, 29: BASE}
    assert headlines(drawn, {n: asked(0, n, employers=100) for n in expected}) == expected


@pytest.mark.slow
def test_a_share_of_zero_needs_employers_not_adverts(drawn: DrawnWarehouse) -> None:
    assert headlines(drawn, {"ten employers": asked(0, 1000)}) == {"ten employers": SMALL}


@pytest.mark.slow
def test_on_a_base_of_38_the_reason_does_not_tell_the_count(drawn: DrawnWarehouse) -> None:
    """Half of 38 would be 0.3001 wide, z / sqrt(38 + z^2); `wide` for it alone would say 19."""
    assert set(headlines(drawn, {n: asked(n, 38 - n) for n in (0, 3, 15, 19, 38)}).values()) == {WIDE}


@pytest.mark.slow
def test_half_of_48_is_narrow_enough_where_each_advert_has_its_own_employer(drawn: DrawnWarehouse) -> None:
    """The jackknife of n such adverts has an effective n of n - 1; Clopper-Pearson at 46 is 0.302 wide, at 47 0.299."""
    cases = {
        n: [Advert(f"f{i}", employer=f"e{i}", skills=("go",) if i < 23 else ()) for i in range(n)]
        for n in (47, 48)
    }
    assert headlines(drawn, cases) == {47: WIDE, 48: OK}


@pytest.mark.slow
def test_a_base_below_30_says_nothing_of_the_skill(drawn: DrawnWarehouse) -> None:
    assert set(headlines(drawn, {n: asked(n, 29 - n) for n in (0, 5, 15, 29)}).values()) == {BASE}


@pytest.mark.slow
def test_a_base_of_two_employers_is_small_though_each_stands_on_both_sides(drawn: DrawnWarehouse) -> None:
    assert headlines(drawn, {"two": asked(50, 50, employers=2)}) == {"two": BASE}


@pytest.mark.slow
def test_both_sides_need_three_employers(drawn: DrawnWarehouse) -> None:
    cases = {
        sides: [
            *crowd("with", 40, employers=sides[0], skills=("go",)),
            *crowd("without", 40, employers=sides[1]),
        ]
        for sides in ((2, 10), (10, 2))
    }
    assert headlines(drawn, cases) == {(2, 10): SINGLE, (10, 2): SINGLE}


def dominated(n_top: int, top: str) -> list[Advert]:
    """20 of 80 families ask for go; one employer holds so many of the 20."""
    return [
        *(Advert(f"top {i}", employer=top, skills=("go",)) for i in range(n_top)),
        *crowd("rest", 20 - n_top, employers=25, skills=("go",)),
        *crowd("without", 60, employers=25),
    ]


@pytest.mark.slow
def test_one_employer_may_hold_half_of_a_numerator_and_no_more(drawn: DrawnWarehouse) -> None:
    """Unknown employers are one employer of this rule. At half, the interval is always too wide: without that
    employer the share falls by half, a standard error of half the share.
    """
    cases = {
        "half": dominated(10, "top"),
        "above": dominated(11, "top"),
        "unknown half": dominated(10, ""),
        "unknown above": dominated(11, ""),
    }
    assert list(headlines(drawn, cases).values()) == [WIDE, SINGLE, WIDE, SINGLE]


def test_below_8_degrees_of_freedom_a_number_carries_a_warning(drawn: DrawnWarehouse) -> None:
    """Equal employers: (sum m)^2 / sum m^2 - 1 = employers - 1."""
    expected = {9: OK, 8: LOW, 3: LOW}
    assert headlines(drawn, {n: asked(36, 36, employers=n) for n in expected}) == expected


def test_an_interval_wide_beside_its_share_is_withheld(drawn: DrawnWarehouse) -> None:
    """6 of 100 is 0.097 wide, 1.6 times its share; only a lower count rule lets it come so far."""
    found = verdicts(drawn, Market(asked(6, 94), reviewed=("go",)), k_enter=5, k_leave=5)
    assert found["dev", "go", "", "all", "all"] == WIDE


def test_a_role_without_any_base_is_missing_not_suppressed(drawn: DrawnWarehouse) -> None:
    assert headlines(drawn, {"none": []}) == {"none": ("missing", "insufficient_sample")}


# Parts of a total --------------------------------------------------------------------------------


def in_groups(first: tuple[int, int], second: tuple[int, int]) -> list[Advert]:
    """With and without the skill, in the forum and on the board."""
    return [
        *crowd("fw", first[0], skills=("go",)),
        *crowd("fo", first[1]),
        *crowd("bw", second[0], skills=("go",), source="board"),
        *crowd("bo", second[1], source="board"),
    ]


def groups_of(
    drawn: DrawnWarehouse, cases: Mapping[Any, list[Advert]], **fields: Any
) -> dict[Any, list[object]]:
    """Verdict on go of all adverts and of each group, in each case."""
    found = cases_of(drawn, cases, groups=(FORUM, BOARD, CITY), **fields)
    names = ("all", "software-forum", "job-boards", "public-sector")
    return {case: [found[case].get(("dev", "go", "", name, "all")) for name in names] for case in cases}


def test_parts_are_published_beside_their_total_where_both_are_large(drawn: DrawnWarehouse) -> None:
    """Parts of a withheld total have no row."""
    cases = {"large": in_groups((20, 40), (20, 40)), "withheld": in_groups((5, 60), (5, 60))}
    assert groups_of(drawn, cases) == {"large": [OK, OK, OK, None], "withheld": [SMALL, None, None, None]}


@pytest.mark.slow
def test_where_one_part_is_small_all_are_withheld_and_none_tells_which(drawn: DrawnWarehouse) -> None:
    """One that passes alone would be the total less the small one, and the small one with it."""
    small = {
        "few with": (5, 40),
        "few without": (40, 5),
        "small base": (8, 8),
        "none with": (0, 40),
        "none in a small base": (0, 5),
        "one advert": (1, 0),
    }
    found = groups_of(drawn, {case: in_groups((60, 60), second) for case, second in small.items()})
    assert list(found.values()) == [[OK, SMALL, SMALL, None]] * len(small)
    detail = "SELECT DISTINCT reason_detail FROM weight_mask WHERE source_group IN ('software-forum', 'job-boards')"
    assert len(drawn.rows(detail)) == 1


@pytest.mark.slow
def test_the_only_part_is_its_total(drawn: DrawnWarehouse) -> None:
    """Published before, the total stays with 12; its only group is the same cell and can't hide."""
    published = cell() | {"period_start": date(2000, 1, 1), "period_end": date(2000, 12, 31)}
    found = groups_of(drawn, {"one": in_groups((12, 48), (0, 0))}, published=[published])
    assert found == {"one": [OK, OK, None, None]}


@pytest.mark.slow
def test_a_group_that_is_in_no_total_stands_alone(drawn: DrawnWarehouse) -> None:
    city = [*crowd("cw", 20, skills=("go",), source="city"), *crowd("co", 40, source="city")]
    small = [*crowd("cw", 14, skills=("go",), source="city"), *crowd("co", 46, source="city")]
    cases = {
        "a part is small": [*in_groups((60, 60), (0, 40)), *city],
        "it is small": [*in_groups((20, 40), (20, 40)), *small],
    }
    expected = {"a part is small": [OK, SMALL, SMALL, OK], "it is small": [OK, OK, OK, SMALL]}
    assert groups_of(drawn, cases) == expected


@pytest.mark.slow
def test_countries_are_parts_of_a_total_too(drawn: DrawnWarehouse) -> None:
    cases = {
        n_unknown: [
            *crowd("dw", 20, skills=("go",), country="DE"),
            *crowd("do", 40, country="DE"),
            *crowd("uw", n_unknown, skills=("go",)),
            *crowd("uo", 40),
        ]
        for n_unknown in (20, 14)
    }
    found = cases_of(drawn, cases)
    geos = ("all", "DE", "unknown")
    assert [found[20]["dev", "go", "", "all", geo] for geo in geos] == [OK, OK, OK]
    assert [found[14]["dev", "go", "", "all", geo] for geo in geos] == [OK, SMALL, SMALL]


# The pool ----------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_pool_is_shown_where_what_no_role_names_is_large(drawn: DrawnWarehouse) -> None:
    expected = {(15, 15): OK, (14, 60): SMALL, (60, 14): SMALL}
    cases = {
        (n_with, n_without): [
            *asked(40, 40),
            *crowd("other with", n_with, role="other", skills=("go",)),
            *crowd("other without", n_without, role="other"),
        ]
        for n_with, n_without in expected
    }
    found = cases_of(drawn, cases)
    assert {case: found[case]["all", "go", "", "all", "all"] for case in cases} == expected


@pytest.mark.slow
def test_withheld_roles_do_not_make_the_pool_any_larger(drawn: DrawnWarehouse) -> None:
    """A role that two employers fill, alone behind the published ones, would be the pool less them."""
    adverts = [
        *asked(40, 40),
        *crowd("two", 20, employers=2, role="designer", skills=("go",)),
        *crowd("rest", 60, role="designer"),
    ]
    found = verdicts(drawn, Market(adverts, roles=("dev", "designer")))
    assert found["designer", "go", "", "all", "all"] == SINGLE
    assert found["all", "go", "", "all", "all"] == SMALL


def in_two_roles(adverts: list[Advert]) -> list[Advert]:
    """The same adverts, each split into a part for dev and one for designer."""
    return [replace(advert, role=role, split=True) for advert in adverts for role in ("dev", "designer")]


@pytest.mark.slow
def test_a_split_advert_is_taken_from_the_pool_once(drawn: DrawnWarehouse) -> None:
    """Of 40 + 15 that ask, two roles hold 40 each: 55 - 80 would leave nothing, and 15 are left."""
    cases = {
        n_with: [
            *in_two_roles(asked(40, 40)),
            *crowd("other with", n_with, role="other", skills=("go",)),
            *crowd("other without", 60, role="other"),
        ]
        for n_with in (15, 14)
    }
    for n_with, found in cases_of(drawn, cases, roles=("dev", "designer")).items():
        assert found["dev", "go", "", "all", "all"] == found["designer", "go", "", "all", "all"] == OK
        assert found["all", "go", "", "all", "all"] == (OK if n_with == 15 else SMALL)


# Pairs -------------------------------------------------------------------------------------------


def in_cells(both: int, only: int, paired: int, neither: int, **fields: Any) -> list[Advert]:
    name = str(fields.get("role", "dev"))
    return [
        *crowd(f"{name} both", both, skills=("go", "sql"), **fields),
        *crowd(f"{name} only", only, skills=("go",), **fields),
        *crowd(f"{name} paired", paired, skills=("sql",), **fields),
        *crowd(f"{name} neither", neither, **fields),
    ]


def pairs(drawn: DrawnWarehouse, cases: Mapping[Any, list[Advert]], **fields: Any) -> dict[Any, object]:
    """Verdict on the pair of go and sql in each case, the same both ways; every case is a role."""
    roles = [f"role-{number}" for number in range(len(cases))]
    adverts = [
        replace(advert, family=f"{role} {advert.family}", role=role)
        for role, case in zip(roles, cases.values(), strict=True)
        for advert in case
    ]
    found = verdicts(drawn, Market(adverts, roles=roles, **fields))
    there = [found.get((role, "go", "sql", "all", "all")) for role in roles]
    assert there == [found.get((role, "sql", "go", "all", "all")) for role in roles]
    return dict(zip(cases, there, strict=True))


@pytest.mark.slow
def test_each_of_the_four_cells_of_a_pair_is_large(drawn: DrawnWarehouse) -> None:
    expected: dict[Any, object] = {(15, 15, 15, 15): OK}
    expected |= {tuple(14 if i == small else 15 for i in range(4)): SMALL for small in range(4)}
    assert pairs(drawn, {sizes: in_cells(*sizes) for sizes in expected}) == expected


@pytest.mark.slow
def test_a_published_pair_leaves_below_10(drawn: DrawnWarehouse) -> None:
    """Fewer than 10 with both are not even counted."""
    sizes = [tuple(low if i == small else 20 for i in range(4)) for small in range(4) for low in (10, 9)]
    published = [
        cell(a, b, occupation=f"role-{n}") for n in range(8) for a, b in (("go", "sql"), ("sql", "go"))
    ]
    found = pairs(drawn, {case: in_cells(*case) for case in sizes}, published=published)
    assert list(found.values()) == [OK, None, OK, SMALL, OK, SMALL, OK, SMALL]


@pytest.mark.slow
def test_a_pair_with_a_withheld_skill_has_no_row(drawn: DrawnWarehouse) -> None:
    assert pairs(drawn, {"few ask for go": in_cells(14, 0, 40, 40)}) == {"few ask for go": None}


@pytest.mark.slow
def test_a_pair_needs_three_employers_none_above_half_and_takes_over_a_warning(drawn: DrawnWarehouse) -> None:
    def both(top: int, rest: int) -> list[Advert]:
        dominant = [Advert(f"top {i}", employer="top", skills=("go", "sql")) for i in range(top)]
        return [*dominant, *crowd("rest", rest, skills=("go", "sql"))]

    others = in_cells(0, 80, 80, 80)
    only = [Advert(f"two {i}", employer=f"employer {i % 2}", skills=("go",)) for i in range(20)]
    paired = [replace(advert, skills=("sql",)) for advert in only]
    cases = {
        "half": [*both(10, 10), *others],
        "above half": [*both(11, 9), *others],
        "two with go alone": [*in_cells(200, 0, 200, 200), *only],
        "two with sql alone": [*in_cells(200, 200, 0, 200), *paired],
        "eight employers": in_cells(20, 20, 20, 20, employers=8),
    }
    assert list(pairs(drawn, cases).values()) == [OK, SINGLE, SINGLE, SINGLE, LOW]


def behind_the_roles(named: list[Advert], large: int) -> dict[int | None, list[Advert]]:
    """Adverts of roles and of none; by which of the four cells of a pair is small where no role is, or none."""
    return {
        small: [*named, *in_cells(*(14 if i == small else large for i in range(4)), role="other")]
        for small in (None, 0, 1, 2, 3)
    }


@pytest.mark.slow
def test_a_pair_of_the_pool_leaves_large_cells_behind_the_roles(drawn: DrawnWarehouse) -> None:
    found = cases_of(drawn, behind_the_roles(in_cells(20, 20, 20, 20), 40))
    of_pool = {small: case["all", "go", "sql", "all", "all"] for small, case in found.items()}
    assert of_pool == {None: OK, 0: SMALL, 1: SMALL, 2: SMALL, 3: SMALL}


@pytest.mark.slow
def test_a_pair_of_a_split_advert_is_taken_from_the_pool_once(drawn: DrawnWarehouse) -> None:
    cases = behind_the_roles(in_two_roles(in_cells(20, 20, 20, 20)), 16)
    found = cases_of(drawn, cases, roles=("dev", "designer"))
    assert {case["dev", "go", "sql", "all", "all"] for case in found.values()} == {OK}
    of_pool = {small: case["all", "go", "sql", "all", "all"] for small, case in found.items()}
    assert of_pool == {None: OK, 0: SMALL, 1: SMALL, 2: SMALL, 3: SMALL}


# Whatever the order ------------------------------------------------------------------------------


@pytest.mark.slow
def test_shuffled_adverts_get_the_same_mask(drawn: DrawnWarehouse) -> None:
    adverts = [*in_groups((20, 40), (20, 40)), *in_cells(20, 20, 20, 20, role="other")]
    before = verdicts(drawn, Market(adverts, groups=(FORUM, BOARD)))
    assert verdicts(drawn, Market(adverts[::-1], groups=(BOARD, FORUM))) == before


def test_no_adverts_have_no_mask(drawn: DrawnWarehouse) -> None:
    assert verdicts(drawn, Market([])) == {}


@pytest.mark.slow
def test_a_share_on_few_effective_families_is_too_wide(drawn: DrawnWarehouse) -> None:
    """215 of 240, nine employers always and three half the time: an interval of .276, and 24.5 families in effect."""
    half = {"employer 0": 10, "employer 1": 13, "employer 2": 12}

    def adverts(asking: Mapping[str, int]) -> list[Advert]:
        return [
            Advert(
                f"{e} {i}",
                employer=f"employer {e}",
                skills=("go",) if i < asking.get(f"employer {e}", 20) else (),
            )
            for e in range(12)
            for i in range(20)
        ]

    even = {f"employer {e}": 18 for e in range(12)}
    assert headlines(drawn, {"uneven": adverts(half), "even": adverts(even)}) == {"uneven": WIDE, "even": OK}


TWO_YEARS = (date(2021, 1, 1), date(2022, 12, 31))


def of_two_years(before: list[Advert]) -> list[Advert]:
    """300 adverts of 2022, 120 with go; and those given, of the year before."""
    year = [*crowd("w", 120, employers=40, skills=("go",)), *crowd("o", 180, employers=40)]
    return [*year, *(replace(advert, day=date(2021, 6, 1)) for advert in before)]


@pytest.mark.slow
def test_a_longer_period_gives_way_where_it_tells_few_beyond_a_shorter_one(drawn: DrawnWarehouse) -> None:
    cases = {
        "three more ask": ([*crowd("b", 3, skills=("go",)), *crowd("c", 20)], SMALL),
        "three more do not": ([*crowd("b", 20, skills=("go",)), *crowd("c", 3)], SMALL),
        "one employer's ask": ([*crowd("b", 16, employers=1, skills=("go",)), *crowd("c", 20)], SMALL),
        "none more asks": (crowd("c", 20), OK),
        "enough of both": ([*crowd("b", 20, skills=("go",)), *crowd("c", 20)], OK),
    }
    for name, (before, wanted) in cases.items():
        found = verdicts_in_periods(drawn, Market(of_two_years(before), periods=(YEAR, TWO_YEARS)))
        key = ("dev", "go", "", "all", "all")
        assert (found[YEAR[0]][key], found[TWO_YEARS[0]][key]) == (OK, wanted), name


@pytest.mark.slow
def test_the_default_period_does_not_give_way(drawn: DrawnWarehouse) -> None:
    market = Market(
        of_two_years([*crowd("b", 3, skills=("go",)), *crowd("c", 20)]), periods=(YEAR, TWO_YEARS)
    )
    for default, gives_way in ((YEAR, TWO_YEARS), (TWO_YEARS, YEAR)):
        put(drawn, market, checked=False)
        periods = [
            {"period_start": s, "period_end": e, "is_default": (s, e) == default} for s, e in market.periods
        ]
        drawn.fill("core_period", periods)
        drawn.compute(*ESTIMATES[: ESTIMATES.index("weight_mask") + 1])
        rows = drawn.read(
            "SELECT * FROM weight_mask WHERE occupation = 'dev' AND geo = 'all' AND source_group = 'all'"
        )
        found = {row["period_start"]: row["status"] for row in rows}
        assert found == {default[0]: "ok", gives_way[0]: "suppressed"}
