"""weight_metric.sql: ranks, premiums and pay with all their parts, or a reason and nothing else."""

from datetime import date
from math import log

import pytest

from tests.drawn_market import ESTIMATES, Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row
from warehouse.check import require_valid

EMPTY = (
    "value",
    "value_shrunken",
    "n",
    "n_numerator",
    "n_denominator",
    "n_effective",
    "n_employers",
    "ci_low",
)


def paid(name: str, count: int, pays: list[int], **fields: object) -> tuple[list[Advert], list[Row]]:
    """Adverts, and the facts of each: pay in turn, in cents a year."""
    adverts = crowd(name, count, **fields)  # type: ignore[arg-type]
    facts = [
        {
            "family_id": advert.family,
            "source_id": "forum",
            "seniority": "mid",
            "pay_currency": "EUR",
            "pay_mid_year": pays[i % len(pays)],
            "first_seen_on": advert.day,
        }
        for i, advert in enumerate(adverts)
    ]
    return adverts, facts


def metrics(
    drawn: DrawnWarehouse, adverts: list[Advert], facts: list[Row], **market: object
) -> dict[tuple[str, str | None], Row]:
    put(drawn, Market(adverts, **market), checked=False)  # type: ignore[arg-type]
    drawn.load("core_family_fact", facts)
    drawn.compute(*(table for table in ESTIMATES if table != "weight_metric"))
    drawn.build("weight_metric")
    return {(row["metric"], row["skill"]): row for row in drawn.select("weight_metric")}


@pytest.mark.slow
def test_ranks_of_published_shares(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("all", 40, skills=("go", "sql")),
        *crowd("one", 40, skills=("go",)),
        *crowd("none", 20),
        *crowd("rare", 3, skills=("cobol",)),
    ]
    found = metrics(drawn, adverts, [], reviewed=("cobol",))
    go, sql = found["rank", "go"], found["rank", "sql"]
    assert (go["value"], sql["value"]) == (1, 2)
    assert (go["n"], go["n_unit"], go["unit"], go["status"]) == (2, "skills", "rank", "ok")
    assert go["ci_low"] <= 1 <= go["ci_high"] <= 2
    # Three families ask for cobol: its share is withheld, so it has no rank, and no rank counts it.
    cobol = found["rank", "cobol"]
    assert (cobol["status"], cobol["reason"]) == ("suppressed", "small_cell")
    assert [cobol[name] for name in EMPTY] == [None] * len(EMPTY)


@pytest.mark.slow
def test_a_skill_no_advert_asks_for_has_no_rank(drawn: DrawnWarehouse) -> None:
    found = metrics(
        drawn,
        [*crowd("a", 100, employers=100, skills=("go",)), *crowd("b", 200, employers=200)],
        [],
        reviewed=("rust",),
    )
    rust = found["rank", "rust"]
    assert (rust["value"], rust["status"], rust["reason"]) == (None, "not_applicable", "concept_undefined")


@pytest.mark.slow
def test_without_pay_there_is_a_reason(drawn: DrawnWarehouse) -> None:
    found = metrics(drawn, [*crowd("a", 40, skills=("go",)), *crowd("b", 60)], [])
    for key in (("pay_premium", "go"), ("salary_p25", None), ("salary_p50", None), ("salary_p75", None)):
        row = found[key]
        assert (row["value"], row["status"], row["reason"]) == (None, "missing", "insufficient_sample"), key
        assert row["reason_detail"].startswith("too few adverts, or employers, disclose base pay")
        assert [row[name] for name in EMPTY] == [None] * len(EMPTY)
    assert found["pay_premium", "go"]["observational"] is True


@pytest.mark.slow
def test_quartiles_of_pay_that_all_disclose(drawn: DrawnWarehouse) -> None:
    adverts, facts = paid("a", 100, [4_000_000, 5_000_000, 6_000_000, 7_000_000], employers=25)
    found = metrics(drawn, adverts, facts)
    values = [found[f"salary_p{percent}", None]["value"] for percent in (25, 50, 75)]
    assert values == [4_000_000, 5_000_000, 6_000_000]
    median = found["salary_p50", None]
    assert (median["currency"], median["unit"], median["n"], median["n_denominator"]) == (
        "EUR",
        "currency_per_year",
        100,
        100,
    )
    assert median["ci_low"] <= 5_000_000 <= median["ci_high"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("without", "status", "reason"), [(0, "ok", None), (5, "suppressed", "small_cell"), (40, "ok", None)]
)
def test_few_adverts_without_pay_withhold_the_quartiles(
    drawn: DrawnWarehouse, without: int, status: str, reason: str | None
) -> None:
    """Beside the occupation's base the number with pay tells the number without."""
    adverts, facts = paid("a", 100, [4_000_000, 5_000_000], employers=25)
    found = metrics(drawn, [*adverts, *crowd("b", without)], facts)["salary_p50", None]
    assert (found["status"], found["reason"]) == (status, reason)


def test_one_employer_with_most_pays_withholds_the_quartiles(drawn: DrawnWarehouse) -> None:
    big, facts = paid("big", 60, [4_000_000], employers=1)
    small, more = paid("small", 40, [5_000_000], employers=20)
    small = [Advert(a.family, employer=f"other {i}") for i, a in enumerate(small)]
    found = metrics(drawn, [*big, *small], [*facts, *more])["salary_p50", None]
    assert (found["status"], found["reason"]) == ("suppressed", "single_employer")


@pytest.mark.slow
def test_a_premium_where_adverts_with_the_skill_pay_a_fifth_more(drawn: DrawnWarehouse) -> None:
    base = [4_000_000 + 10_000 * i for i in range(37)]
    with_skill, facts = paid("with", 120, [round(1.2 * pay) for pay in base], employers=30, skills=("go",))
    without, more = paid("without", 180, base, employers=30)
    found = metrics(drawn, [*with_skill, *without], [*facts, *more])["pay_premium", "go"]
    assert (found["status"], found["n"], found["unit"], found["currency"]) == ("ok", 300, "log_points", None)
    assert found["value"] == pytest.approx(log(1.2), abs=0.02)
    assert found["ci_low"] < log(1.2) < found["ci_high"]
    assert (found["n_numerator"], found["observational"]) == (None, True)


@pytest.mark.slow
def test_29_adverts_with_pay_are_too_few_for_a_premium(drawn: DrawnWarehouse) -> None:
    with_skill, facts = paid("with", 29, [5_000_000, 6_000_000], employers=29, skills=("go",))
    without, more = paid("without", 271, [4_000_000, 4_500_000], employers=30)
    found = metrics(drawn, [*with_skill, *without], [*facts, *more])["pay_premium", "go"]
    assert (found["value"], found["status"], found["reason"]) == (None, "missing", "insufficient_sample")


BASE_PAY = [4_000_000 + 10_000 * i for i in range(37)]


def with_and_without(
    *, pays: list[int] = BASE_PAY, times: float = 1.2, n: int = 300
) -> tuple[list[Advert], list[Row]]:
    """Adverts with pay, two in five with go, which pays so many times as much."""
    asking, facts = paid("with", 2 * n // 5, [round(times * p) for p in pays], employers=30, skills=("go",))
    others, more = paid("without", 3 * n // 5, pays, employers=30)
    return [*asking, *others], [*facts, *more]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("without", "employers", "status", "reason"),
    [
        (0, 1, "ok", None),
        (5, 5, "suppressed", "small_cell"),
        (40, 2, "suppressed", "small_cell"),
        (40, 20, "ok", None),
    ],
)
def test_few_adverts_or_employers_without_pay_withhold_the_premium(
    drawn: DrawnWarehouse, without: int, employers: int, status: str, reason: str | None
) -> None:
    """Its n is the number with pay: beside the occupation's base it tells the number without."""
    adverts, facts = with_and_without()
    found = metrics(drawn, [*adverts, *crowd("b", without, employers=employers)], facts)["pay_premium", "go"]
    assert (found["status"], found["reason"]) == (status, reason)
    assert found["n"] == (300 if status == "ok" else None)


@pytest.mark.slow
def test_a_currency_of_few_adverts_is_left_out_of_the_premium(drawn: DrawnWarehouse) -> None:
    """Quartiles count 300 in euros; a premium over 305 would tell five in dollars."""
    adverts, facts = with_and_without()
    few, more = paid("dollar", 5, [5_000_000])
    found = metrics(
        drawn,
        [*adverts, *few, *crowd("unpaid", 40)],
        [*facts, *({**fact, "pay_currency": "USD"} for fact in more)],
    )
    assert (found["pay_premium", "go"]["n"], found["salary_p50", None]["n"]) == (300, 300)
    [row] = drawn.read("SELECT n_without_pay, n_employers_without_pay FROM weight_pay_premium")
    assert (row["n_without_pay"], row["n_employers_without_pay"]) == (45, 10)


@pytest.mark.slow
def test_a_currency_of_enough_adverts_is_in_the_premium(drawn: DrawnWarehouse) -> None:
    adverts, facts = with_and_without()
    many, more = paid("dollar", 15, BASE_PAY)
    found = metrics(
        drawn,
        [*adverts, *many, *crowd("unpaid", 40)],
        [*facts, *({**fact, "pay_currency": "USD"} for fact in more)],
    )
    assert (found["pay_premium", "go"]["n"], found["salary_p50", None]["n"]) == (315, 300)


@pytest.mark.slow
@pytest.mark.parametrize("times", [1.0, 1.2])
def test_pay_that_does_not_scatter_tells_no_error(drawn: DrawnWarehouse, times: float) -> None:
    """All pay the same, or all with the skill a fifth more: an error of 0 would be a certainty nobody has."""
    found = metrics(drawn, *with_and_without(pays=[5_000_000], times=times))["pay_premium", "go"]
    require_valid(drawn.warehouse, "weight_pay_premium", "weight_pay_premium")
    assert (found["value"], found["status"], found["reason"]) == (None, "missing", "estimation_failed")
    assert found["reason_detail"].startswith("pay does not scatter")


@pytest.mark.slow
@pytest.mark.parametrize(("n_before", "expected"), [(0, "ok"), (14, "suppressed"), (15, "ok")])
def test_pay_of_nested_periods_is_withheld_where_the_longer_adds_few(
    drawn: DrawnWarehouse, n_before: int, expected: str
) -> None:
    """Quartiles over 60 and over 74 adverts would tell of the 14 between them what they pay."""
    old = date(2020, 6, 1)
    now, facts = paid("now", 60, BASE_PAY)
    before, more = paid("before", n_before, BASE_PAY, day=old)
    unpaid = [*crowd("unpaid", 40), *crowd("unpaid before", 40, day=old)]
    years = ((date(2022, 1, 1), date(2022, 12, 31)), (date(2018, 1, 1), date(2022, 12, 31)))
    metrics(drawn, [*now, *before, *unpaid], [*facts, *more], periods=years)
    found = {
        row["period_start"].year: (row["status"], row["reason"])
        for row in drawn.select("weight_metric")
        if row["metric"] == "salary_p50"
    }
    assert found == {2022: ("ok", None), 2018: (expected, None if expected == "ok" else "small_cell")}


@pytest.mark.slow
@pytest.mark.parametrize(("n_before", "expected"), [(0, "ok"), (14, "suppressed"), (15, "ok")])
def test_a_premium_of_nested_periods_is_withheld_where_few_more_disclose_no_pay(
    drawn: DrawnWarehouse, n_before: int, expected: str
) -> None:
    """The premium's n, beside the occupation's base, tells how many of the longer period's adverts name no pay."""
    old = date(2020, 6, 1)
    adverts, facts = with_and_without()
    before, more = paid("before", 60, BASE_PAY, day=old)
    unpaid = [*crowd("unpaid", 40), *crowd("unpaid before", n_before, day=old)]
    years = ((date(2022, 1, 1), date(2022, 12, 31)), (date(2018, 1, 1), date(2022, 12, 31)))
    metrics(drawn, [*adverts, *before, *unpaid], [*facts, *more], periods=years)
    found = {
        row["period_start"].year: row["status"]
        for row in drawn.select("weight_metric")
        if row["metric"] == "pay_premium"
    }
    assert found == {2022: "ok", 2018: expected}


@pytest.mark.slow
@pytest.mark.parametrize(("n_before", "expected"), [(14, "suppressed"), (15, "ok")])
def test_quartiles_of_a_year_are_not_undone_by_the_premium_of_five(
    drawn: DrawnWarehouse, n_before: int, expected: str
) -> None:
    """The year has too few adverts with the skill for a premium; five years have, and its n stands beside quartiles."""
    old = date(2020, 6, 1)
    few, facts = paid("few", 29, BASE_PAY, employers=29, skills=("go",))
    without, more = paid("without", 200, BASE_PAY, employers=30)
    one, fact = paid("one", 1, BASE_PAY, employers=1, skills=("go",), day=old)
    before, earlier = paid("before", n_before - 1, BASE_PAY, day=old)
    unpaid = [
        *crowd("unpaid", 40),
        *crowd("unpaid before", 40, day=old),
        *crowd("unpaid with", 20, skills=("go",), day=old),
    ]
    years = ((date(2022, 1, 1), date(2022, 12, 31)), (date(2018, 1, 1), date(2022, 12, 31)))
    metrics(drawn, [*few, *without, *one, *before, *unpaid], [*facts, *more, *fact, *earlier], periods=years)
    found = {
        (row["metric"], row["period_start"].year): row["status"]
        for row in drawn.select("weight_metric")
        if row["metric"] in ("pay_premium", "salary_p50")
    }
    assert found["salary_p50", 2022] == "ok"
    assert found["pay_premium", 2022] == "missing"
    assert (found["salary_p50", 2018], found["pay_premium", 2018]) == (expected, expected)
