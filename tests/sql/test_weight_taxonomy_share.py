"""weight_taxonomy_share.sql: the difference a code makes, its interval, and what may be shown of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import sqrt

import pytest
from scipy.special import stdtrit

from tests.drawn_codes import TAXONOMY, put_codes
from tests.drawn_market import Advert, Market, crowd, in_years
from tests.drawn_tables import DrawnWarehouse, Row

OK = ("ok", None)
SMALL = ("suppressed", "small_cell")
BASE = ("suppressed", "insufficient_sample")
Sizes = Mapping[str, tuple[int, int]]
Coded = tuple[list[Advert], dict[str, list[tuple[str, str, float]]]]
"""Adverts, and the codes of each family's."""
ALL_LARGE: Sizes = {"common": (20, 20), "role_only": (20, 20), "code_only": (16, 24)}
SURE = [("esco", "e:1", 0.9)]


def market_of(sizes: Sizes, employers: int = 10) -> Coded:
    """Adverts of the parts, each with so many families with go and so many without, and their codes."""
    adverts: list[Advert] = []
    codes: dict[str, list[tuple[str, str, float]]] = {}
    for part, (n_with, n_without) in sizes.items():
        role = "other" if part == "code_only" else "dev"
        for kind, n, skills in (("with", n_with, ("go",)), ("without", n_without, ())):
            made = crowd(f"{part} {kind}", n, employers=employers, skills=skills, role=role)
            adverts += made
            if part != "role_only":
                codes |= {advert.family: SURE for advert in made}
    return adverts, codes


def share(drawn: DrawnWarehouse, sizes: Sizes, level: float = 0.8, employers: int = 10) -> Row:
    adverts, codes = market_of(sizes, employers)
    put_codes(drawn, Market(adverts), codes, [("dev", "esco", "e:1")])
    drawn.build(*TAXONOMY)
    return drawn.one("weight_taxonomy_share", "*", f"min_confidence = {level}")


def verdict(row: Row) -> tuple[str, str | None]:
    return row["status"], row["reason"]


def verdicts(
    drawn: DrawnWarehouse,
    cases: Sequence[Coded],
    mapped: Sequence[tuple[str, str, str]] = (("dev", "esco", "e:1"),),
) -> list[dict[tuple[str, float], tuple[str, str | None]]]:
    """Verdict by scheme and least confidence in each case; every case is a year of one market."""
    adverts, years = in_years([adverts for adverts, _ in cases])
    codes = {f"{i} {family}": of for i, (_, coded) in enumerate(cases) for family, of in coded.items()}
    put_codes(drawn, Market(adverts, periods=years), codes, mapped)
    drawn.build(*TAXONOMY)
    found: dict[date, dict[tuple[str, float], tuple[str, str | None]]] = {start: {} for start, _ in years}
    for row in drawn.read("SELECT * FROM weight_taxonomy_share"):
        of = found[row["period_start"]]
        assert of.setdefault((row["scheme"], row["min_confidence"]), verdict(row)) == verdict(row)
    return list(found.values())


def test_shares_of_code_and_role_and_their_difference(drawn: DrawnWarehouse) -> None:
    row = share(drawn, ALL_LARGE)
    assert (row["code_numerator"], row["code_denominator"]) == (20 + 16, 40 + 40)
    assert (row["role_numerator"], row["role_denominator"]) == (20 + 20, 40 + 40)
    assert row["share_difference"] == pytest.approx(36 / 80 - 40 / 80, abs=1e-6)
    assert verdict(row) == OK


def test_the_interval_is_over_employers(drawn: DrawnWarehouse) -> None:
    """Of the code only: employers 0 to 5 have 2 with and 4 to 5 without; all else is alike for all ten."""
    row = share(drawn, ALL_LARGE)
    p, q = 36 / 80, 40 / 80
    squares = 0.0
    for employer in range(10):
        a = 2 + (2 if employer < 6 else 1)
        m = a + 2 + (3 if employer < 4 else 2)
        b, r = 4, 8
        squares += ((a - p * m) / 80 - (b - q * r) / 80) ** 2
    sizes = [(4 + (3 if employer < 4 else 2) + (2 if employer < 6 else 1)) for employer in range(10)]
    df = sum(sizes) ** 2 / sum(size**2 for size in sizes) - 1
    half = float(stdtrit(df, 0.975)) * sqrt(10 / 9 * squares)
    assert row["share_difference_ci_low"] == pytest.approx(p - q - half, abs=1e-4)
    assert row["share_difference_ci_high"] == pytest.approx(p - q + half, abs=1e-4)


def sure_verdicts(drawn: DrawnWarehouse, *cases: Coded) -> list[tuple[str, str | None]]:
    """Verdict at the higher confidence in each case."""
    return [found["esco", 0.8] for found in verdicts(drawn, cases)]


@pytest.mark.slow
def test_every_part_must_be_large_with_the_skill_and_without(drawn: DrawnWarehouse) -> None:
    expected = {(14, 26): SMALL, (26, 14): SMALL, (15, 25): OK}
    cases = {(part, size): {**ALL_LARGE, part: size} for part in ALL_LARGE for size in expected}
    found = sure_verdicts(drawn, *(market_of(sizes) for sizes in cases.values()))
    assert dict(zip(cases, found, strict=True)) == {case: expected[case[1]] for case in cases}


@pytest.mark.slow
def test_only_a_code_with_nothing_of_its_own_may_lack_a_part(drawn: DrawnWarehouse) -> None:
    """Where another part lacks, the one that is left is larger, so that the headline itself can be shown."""
    found = sure_verdicts(
        drawn,
        market_of({**ALL_LARGE, "code_only": (0, 0)}),
        market_of({**ALL_LARGE, "role_only": (0, 0), "common": (60, 60)}),
        market_of({**ALL_LARGE, "common": (0, 0), "role_only": (60, 60)}),
    )
    assert found == [OK, SMALL, SMALL]


def more(codes: list[tuple[str, str, float]], n: int, employers: int = 10) -> Coded:
    """So many families of no role with go and so many without, all with these codes."""
    adverts = [
        *crowd("more with", n, employers=employers, skills=("go",), role="other"),
        *crowd("more without", n, employers=employers, role="other"),
    ]
    return adverts, {advert.family: codes for advert in adverts}


def both(one: Coded, other: Coded) -> Coded:
    return [*one[0], *other[0]], one[1] | other[1]


@pytest.mark.slow
def test_a_part_of_two_employers_is_withheld(drawn: DrawnWarehouse) -> None:
    shared = market_of({name: sizes for name, sizes in ALL_LARGE.items() if name != "code_only"})
    found = sure_verdicts(drawn, *(both(shared, more(SURE, 20, employers)) for employers in (2, 10)))
    assert found == [SMALL, OK]


@pytest.mark.slow
def test_few_families_of_the_code_say_so_and_none_is_missing(drawn: DrawnWarehouse) -> None:
    assert verdict(share(drawn, {"common": (10, 19), "role_only": (30, 30)})) == BASE
    adverts, _ = market_of({"role_only": (30, 30)})
    unsure = {"role_only with 0": [("esco", "e:1", 0.6)]}
    put_codes(drawn, Market(adverts), unsure, [("dev", "esco", "e:1")])
    drawn.build(*TAXONOMY)
    row = drawn.one("weight_taxonomy_share", "*", "min_confidence = 0.8")
    assert verdict(row) == ("missing", "insufficient_sample")
    assert (row["code_share"], row["share_difference"]) == (None, None)


@pytest.mark.slow
def test_few_large_employers_are_shown_with_a_warning(drawn: DrawnWarehouse) -> None:
    assert verdict(share(drawn, ALL_LARGE, employers=5)) == ("low_reliability", "insufficient_sample")


@pytest.mark.slow
def test_sure_codes_are_withheld_where_the_rest_of_the_less_sure_ones_is_small(drawn: DrawnWarehouse) -> None:
    unsure = [("esco", "e:1", 0.6)]
    found = verdicts(drawn, [both(market_of(ALL_LARGE), more(unsure, n)) for n in (14, 15, 0)])
    assert [of["esco", 0.5] for of in found] == [OK, OK, OK]
    assert [of["esco", 0.8] for of in found] == [SMALL, OK, OK]


@pytest.mark.slow
def test_a_group_is_withheld_where_little_is_left_beside_its_codes(drawn: DrawnWarehouse) -> None:
    adverts, codes = market_of(ALL_LARGE)
    grouped = adverts, {family: [*SURE, ("isco", "2512", 0.9)] for family in codes}
    others = [("esco", "e:2", 0.9), ("isco", "2512", 0.9)]
    found = verdicts(
        drawn,
        [both(grouped, more(others, n)) for n in (14, 15, 0)],
        [("dev", "esco", "e:1"), ("dev", "isco", "2512")],
    )
    assert [of["esco", 0.8] for of in found] == [OK, OK, OK]
    assert [of["isco", 0.8] for of in found] == [SMALL, OK, OK]


@pytest.mark.slow
def test_a_code_of_two_roles_is_shown_beside_both_or_none(drawn: DrawnWarehouse) -> None:
    """The second role shares no family with the code, so the code may not stand beside the first either."""
    adverts, codes = market_of(ALL_LARGE)
    second = [
        *crowd("second with", 30, skills=("go",), role="tester"),
        *crowd("second without", 30, role="tester"),
    ]
    mapped = [("dev", "esco", "e:1"), ("tester", "esco", "e:1")]
    put_codes(drawn, Market([*adverts, *second], roles=("dev", "tester")), codes, mapped)
    drawn.build(*TAXONOMY)
    found = drawn.rows("SELECT occupation, status FROM weight_taxonomy_share WHERE min_confidence = 0.8")
    assert found == [("dev", "suppressed"), ("tester", "suppressed")]


def subtracted(outer: tuple[str, str], inner: tuple[str, str]) -> Coded:
    """Two codes inside one: 140 families of the first, of the second 7 of 40 ask."""
    large = [(*inner, 0.9), (*outer, 0.9)]
    small = [(inner[0], f"{inner[1]} small", 0.9), (*outer, 0.9)]
    adverts, codes = both(
        (market_of(ALL_LARGE)[0], dict.fromkeys(market_of(ALL_LARGE)[1], large)), more(large, 30)
    )
    tester = [*crowd("t with", 7, employers=7, skills=("go",), role="tester"), *crowd("t", 33, role="tester")]
    rest = [*crowd("u with", 30, skills=("go",), role="tester"), *crowd("u", 50, role="tester")]
    return [*adverts, *tester, *rest], codes | {advert.family: small for advert in tester}


@pytest.mark.parametrize(
    ("outer", "inner"),
    [(("isco", "2512"), ("esco", "e:1")), (("esco", "e:1"), ("onet-soc", "15-1252.00"))],
    ids=["a group", "a code drawn through a crosswalk"],
)
def test_a_code_is_withheld_where_taking_shown_ones_away_leaves_a_withheld_one(
    drawn: DrawnWarehouse, outer: tuple[str, str], inner: tuple[str, str]
) -> None:
    adverts, codes = subtracted(outer, inner)
    mapped = [("dev", *inner), ("dev", *outer), ("tester", inner[0], f"{inner[1]} small")]
    put_codes(drawn, Market(adverts, roles=("dev", "tester")), codes, mapped)
    drawn.build(*TAXONOMY)
    found = drawn.rows("SELECT scheme, code, status FROM weight_taxonomy_share WHERE min_confidence = 0.8")
    assert {(scheme, code): status for scheme, code, status in found} == {
        inner: "ok", outer: "suppressed", (inner[0], f"{inner[1]} small"): "suppressed"
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("n_astray", [0, 4, 5])
def test_a_few_families_astray_do_not_hide_what_is_left_of_a_group(
    drawn: DrawnWarehouse, n_astray: int
) -> None:
    """Codes lie within their group but for some families: up to four of them leave a reader fewer than five answers."""
    adverts, codes = market_of(ALL_LARGE)
    grouped = {family: [*SURE, ("isco", "2512", 0.9)] for family in list(codes)[n_astray:]}
    strayed = dict.fromkeys(list(codes)[:n_astray], SURE)
    others = more([("esco", "e:2", 0.9), ("isco", "2512", 0.9)], 15)
    [found] = verdicts(
        drawn, [both((adverts, grouped | strayed), others)], [("dev", "esco", "e:1"), ("dev", "isco", "2512")]
    )
    assert found["isco", 0.8] == (SMALL if n_astray == 4 else OK)


@pytest.mark.slow
@pytest.mark.parametrize(("n_before", "expected"), [(14, "suppressed"), (15, "ok")])
def test_less_sure_codes_of_nested_periods_are_compared_without_the_sure_ones(
    drawn: DrawnWarehouse, n_before: int, expected: str
) -> None:
    """All codes and the sure ones each grow enough between the periods; those between them may not."""
    unsure = [("esco", "e:1", 0.6)]
    old = date(2020, 6, 1)
    adverts, codes = both(market_of(ALL_LARGE), more(unsure, 20))
    before = {
        "sure": [
            *crowd("o with", 30, skills=("go",), role="other", day=old),
            *crowd("o", 30, role="other", day=old),
        ],
        "unsure": [
            *crowd("p with", n_before, skills=("go",), role="other", day=old),
            *crowd("p", 20, role="other", day=old),
        ],
    }
    dev = [*crowd("dev with", 30, skills=("go",), day=old), *crowd("dev", 30, day=old)]
    codes |= {a.family: SURE for a in before["sure"]} | {a.family: unsure for a in before["unsure"]}
    periods = ((date(2022, 1, 1), date(2022, 12, 31)), (date(2018, 1, 1), date(2022, 12, 31)))
    market = Market([*adverts, *before["sure"], *before["unsure"], *dev], periods=periods)
    put_codes(drawn, market, codes, [("dev", "esco", "e:1")])
    drawn.build(*TAXONOMY)
    found = drawn.rows(
        "SELECT period_start, status FROM weight_taxonomy_share WHERE min_confidence = 0.8 ORDER BY period_start"
    )
    assert found == [(date(2018, 1, 1), expected), (date(2022, 1, 1), "ok")]


@pytest.mark.parametrize(("n_before", "expected"), [(14, "suppressed"), (15, "ok")])
def test_a_code_of_nested_periods_is_withheld_where_the_longer_adds_few(
    drawn: DrawnWarehouse, n_before: int, expected: str
) -> None:
    adverts, codes = market_of(ALL_LARGE)
    old = date(2020, 6, 1)
    before, more_codes = more(SURE, 0)
    before += [
        *crowd("old with", n_before, employers=10, skills=("go",), role="other", day=old),
        *crowd("old", 20, employers=10, role="other", day=old),
        *crowd("dev with", 30, skills=("go",), day=old),
        *crowd("dev", 30, day=old),
    ]
    codes |= {a.family: SURE for a in before if a.role == "other"} | more_codes
    periods = ((date(2022, 1, 1), date(2022, 12, 31)), (date(2018, 1, 1), date(2022, 12, 31)))
    put_codes(drawn, Market([*adverts, *before], periods=periods), codes, [("dev", "esco", "e:1")])
    drawn.build(*TAXONOMY)
    found = drawn.rows(
        "SELECT period_start, status FROM weight_taxonomy_share WHERE min_confidence = 0.8 ORDER BY period_start"
    )
    assert found == [(date(2018, 1, 1), expected), (date(2022, 1, 1), "ok")]
