"""export_metric_value.sql: the canonical long table; a number with all its parts, or a reason and nothing else."""

from datetime import date

import pytest
from scipy.stats import beta

from tests.drawn_market import YEAR, Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row

COUNTS = ("n", "n_numerator", "n_denominator", "n_effective", "n_employers", "ci_low", "ci_high", "ci_level")
FORUM = ("forum", "software-forum", True)


def exported(drawn: DrawnWarehouse, market: Market) -> dict[tuple[str, str], Row]:
    """Headline rows by occupation and skill."""
    estimate(drawn, market, "export_metric_value")
    rows = drawn.select("export_metric_value")
    return {
        (r["occupation"], r["skill"]): r
        for r in rows
        if r["metric"] == "posting_share" and r["source_group"] == "all" and r["geo"] == "all"
    }


@pytest.mark.slow
def test_a_published_share_carries_all_its_parts(drawn: DrawnWarehouse) -> None:
    market = Market([*crowd("with", 20, skills=("go",)), *crowd("without", 60)])
    found = exported(drawn, market)["dev", "go"]
    # Ten employers with 2 of 8 each: no variance between them, so all 80 families count; t with 79 and 9 degrees.
    size = 80
    assert found["value"] == 20 / 80
    assert (found["n"], found["n_numerator"], found["n_denominator"], found["n_effective"]) == (
        20,
        20,
        80,
        pytest.approx(size, abs=1e-6),
    )
    assert (found["n_employers"], found["n_unit"], found["unit"], found["ci_level"]) == (
        10,
        "families",
        "share",
        0.95,
    )
    assert found["ci_low"] == pytest.approx(beta(size / 4, size * 3 / 4 + 1).ppf(0.025), abs=1e-6)
    assert found["ci_high"] == pytest.approx(beta(size / 4 + 1, size * 3 / 4).ppf(0.975), abs=1e-6)
    assert (found["status"], found["reason"], found["reason_detail"]) == ("ok", None, None)
    assert (found["period_start"], found["period_end"]) == YEAR
    assert (found["metric"], found["basis"], found["method_version"]) == (
        "posting_share",
        "computed",
        "2026.4",
    )
    assert (found["as_of"], found["source_ids"]) == (date(2022, 12, 31), ["forum"])
    assert found["denominator"] == (
        "families of adverts for dev; source group all; geography all; first seen 2022-01-01 to 2022-12-31"
    )


@pytest.mark.slow
def test_a_suppressed_row_carries_nothing_but_its_reason(drawn: DrawnWarehouse) -> None:
    market = Market([*crowd("with", 14, skills=("go",)), *crowd("without", 60)])
    found = exported(drawn, market)["dev", "go"]
    assert (found["status"], found["reason"]) == ("suppressed", "small_cell")
    assert [found[name] for name in ("value", "label", *COUNTS)] == [None] * (2 + len(COUNTS))
    assert "14" not in str(found["reason_detail"]) + str(found["denominator"])


def test_a_low_reliability_row_carries_its_number_and_its_warning(drawn: DrawnWarehouse) -> None:
    market = Market([*crowd("with", 30, employers=3, skills=("go",)), *crowd("without", 30, employers=3)])
    found = exported(drawn, market)["dev", "go"]
    assert (found["status"], found["reason"], found["value"]) == (
        "low_reliability",
        "insufficient_sample",
        0.5,
    )


def test_a_role_without_base_answers_for_reviewed_skills(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, Market([], roles=("dev", "designer"), reviewed=("go",)))
    assert set(found) == {("dev", "go"), ("designer", "go")}
    row = found["designer", "go"]
    assert (row["status"], row["reason"], row["source_ids"]) == ("missing", "insufficient_sample", [])
    assert [row[name] for name in ("value", *COUNTS)] == [None] * (1 + len(COUNTS))


@pytest.mark.slow
def test_a_share_of_zero_is_a_number(drawn: DrawnWarehouse) -> None:
    found = exported(drawn, Market(crowd("without", 100, employers=100), reviewed=("go",)))["dev", "go"]
    assert (found["status"], found["value"], found["n_numerator"], found["ci_low"]) == ("ok", 0.0, 0, 0.0)


@pytest.mark.slow
def test_pool_and_residual_have_no_shares(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("with", 40, skills=("go",)),
        *crowd("without", 40),
        *crowd("other with", 40, role="other", skills=("go",)),
        *crowd("other without", 40, role="other"),
    ]
    assert {occupation for occupation, _ in exported(drawn, Market(adverts))} == {"dev"}


@pytest.mark.slow
def test_each_published_part_is_a_row(drawn: DrawnWarehouse) -> None:
    adverts = [
        *crowd("dw", 20, skills=("go",), country="DE"),
        *crowd("do", 40, country="DE"),
        *crowd("uw", 30, skills=("go",), country="US"),
        *crowd("uo", 40, country="US"),
    ]
    exported(drawn, Market(adverts, groups=(FORUM,)))
    assert drawn.rows(
        "SELECT source_group, geo, n_numerator FROM export_metric_value WHERE metric = 'posting_share'"
    ) == [
        ("all", "DE", 20),
        ("all", "US", 30),
        ("all", "all", 50),
        ("software-forum", "all", 50),
    ]


@pytest.mark.slow
def test_shuffled_adverts_export_the_same(drawn: DrawnWarehouse) -> None:
    adverts = [*crowd("with", 20, skills=("go", "sql")), *crowd("without", 60)]
    before = exported(drawn, Market(adverts))
    assert exported(drawn, Market(adverts[::-1])) == before
