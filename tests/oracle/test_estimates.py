"""weight_*.sql and the numbers of export_skill_pair.sql against their plain twins."""

import pytest
from hypothesis import example, given, settings

from tests.drawn_market import ESTIMATES, YEAR, Advert, Market, crowd, put
from tests.drawn_tables import DrawnWarehouse, Row
from tests.oracle import twin
from tests.oracle.markets import GROUPS, SMALL_METHOD, markets

STATUS = {
    "ok": ("ok", None),
    "few_effective_employers": ("low_reliability", "insufficient_sample"),
    "no_base": ("missing", "insufficient_sample"),
    "small_base": ("suppressed", "insufficient_sample"),
    "few_families": ("suppressed", "small_cell"),
    "part_of_total": ("suppressed", "small_cell"),
    "few_employers": ("suppressed", "single_employer"),
    "one_employer": ("suppressed", "single_employer"),
    "wide": ("suppressed", "wide_interval"),
}
EMPTY = Market([], roles=("dev", "designer"), groups=GROUPS, reviewed=("go",))
SINGLE = Market([Advert("f", skills=("go",))], roles=("dev", "designer"), groups=GROUPS)
ALL_EQUAL = Market(crowd("f", 20, skills=("go", "sql")), roles=("dev", "designer"), groups=GROUPS)
TIES = Market(
    [
        *crowd("with", 8, employers=4, skills=("go", "sql")),
        *crowd("only", 8, employers=4, skills=("go",)),
        *crowd("paired", 8, employers=4, skills=("sql",)),
        *crowd("without", 8, employers=4),
        *crowd("other", 32, employers=4, role="other", skills=("go", "sql")),
    ],
    roles=("dev", "designer"),
    groups=GROUPS,
)


def cell_of(row: Row) -> twin.Cell:
    return (
        row["occupation"],
        row.get("source_group", "all"),
        row.get("geo", "all"),
        row["period_start"],
        row["period_end"],
    )


def stored(drawn: DrawnWarehouse, table: str) -> list[Row]:
    return drawn.read(f"SELECT * FROM {table}")


@pytest.mark.slow
@given(markets())
@example(EMPTY)
@example(SINGLE)
@example(ALL_EQUAL)
@example(TIES)
@settings(max_examples=3)
def test_every_estimate_is_that_of_its_twin(drawn: DrawnWarehouse, market: Market) -> None:
    compare(drawn, market)


@pytest.mark.slow
@given(markets())
@settings(max_examples=60)
def test_every_estimate_is_that_of_its_twin_in_many_markets(drawn: DrawnWarehouse, market: Market) -> None:
    compare(drawn, market)


def compare(drawn: DrawnWarehouse, market: Market) -> None:
    with drawn.forgotten():
        put(drawn, market, checked=False)
        drawn.compute(*ESTIMATES, **SMALL_METHOD)
        compare_cells(drawn, market)
        compare_shares(drawn, market)
        compare_intervals(drawn, market)
        compare_pairs(drawn, market)
        compare_mask(drawn, market)


def compare_cells(drawn: DrawnWarehouse, market: Market) -> None:
    expected = twin.cells(market)
    found: twin.Counted = {}
    for row in stored(drawn, "weight_posting"):
        found.setdefault(cell_of(row), {})[row["family_id"]] = row["employer_key"]
    assert found == expected
    bases = {
        cell_of(row): (row["n_families"], row["n_employers"]) for row in stored(drawn, "weight_occupation")
    }
    assert bases == {cell: (len(base), len(set(base.values()))) for cell, base in expected.items()}


def compare_shares(drawn: DrawnWarehouse, market: Market) -> None:
    expected = twin.shares(market, SMALL_METHOD)
    found = {(cell_of(row), row["skill_id"]): row for row in stored(drawn, "weight_posting_share")}
    assert set(found) == set(expected)
    for key, share in expected.items():
        row = found[key]
        counts = (
            "n_numerator",
            "n_denominator",
            "n_employers",
            "top_employer_families",
            "n_complement_employers",
        )
        assert tuple(row[name] for name in counts) == (
            share.n,
            share.base,
            share.employers,
            share.top,
            share.employers_without,
        )
        assert row["effective_employers"] == pytest.approx(share.effective_employers, abs=1e-6)
        variance = row["jackknife_variance"]
        assert (variance is None) == (share.variance is None)
        assert variance is None or variance == pytest.approx(share.variance, rel=1e-6, abs=1e-13)
        assert row["posting_share"] == (round(share.n / share.base, 6) if share.base else None)


def compare_intervals(drawn: DrawnWarehouse, market: Market) -> None:
    expected = {
        key: share
        for key, share in twin.shares(market, SMALL_METHOD).items()
        if share.base >= SMALL_METHOD["n_min"]
        and (share.n == 0 or min(share.n, share.base - share.n) >= SMALL_METHOD["k_leave"])
    }
    rows = drawn.read("SELECT * FROM weight_share_interval WHERE share_metric = 'posting_share'")
    found = {(cell_of(row), row["skill_id"]): row for row in rows}
    assert set(found) == set(expected)
    for key, share in expected.items():
        row = found[key]
        assert row["share_n_effective"] == pytest.approx(share.size, abs=2e-6, rel=1e-6)
        assert row["share_ci_low"] == pytest.approx(share.low, abs=2e-6)
        assert row["share_ci_high"] == pytest.approx(share.high, abs=2e-6)


def compare_pairs(drawn: DrawnWarehouse, market: Market) -> None:
    expected = twin.pairs(market, SMALL_METHOD)
    found = {
        (cell_of(row), row["skill_id"], row["paired_skill_id"]): row
        for row in stored(drawn, "weight_skill_pair")
    }
    assert set(found) == set(expected)
    for key, (both, only, paired, neither) in expected.items():
        row = found[key]
        counts = tuple(row[name] for name in ("n_both", "n_skill", "n_paired", "n_families"))
        assert counts == (both, both + only, both + paired, both + only + paired + neither)
    for row in drawn.select("export_skill_pair", **SMALL_METHOD):
        cells = expected[cell_of(row), row["skill"], row["paired_skill"]]
        value, _, _ = twin.lift(*cells, SMALL_METHOD["z"])
        assert row["lift"] == pytest.approx(value, abs=2e-6)
        assert row["lift_ci_low"] <= row["lift"] + 1e-6
        assert row["lift_ci_high"] >= row["lift"] - 1e-6
        assert row["npmi"] == pytest.approx(twin.npmi(*cells), abs=2e-6)
        assert row["share_given_skill"] == pytest.approx(cells[0] / (cells[0] + cells[1]), abs=1e-6)
        assert row["share_given_skill_ci_low"] <= row["share_given_skill"] <= row["share_given_skill_ci_high"]


def compare_mask(drawn: DrawnWarehouse, market: Market) -> None:
    expected = {key: STATUS[verdict] for key, verdict in twin.mask(market, SMALL_METHOD).items()}
    found = {
        (cell_of(row), row["skill_id"], row["partner_skill_id"]): (row["status"], row["reason"])
        for row in stored(drawn, "weight_mask")
    }
    assert found == expected


def test_the_examples_reach_both_sides_of_the_mask() -> None:
    """Else the comparison would compare nothing but suppressed rows."""
    verdicts = set(twin.mask(TIES, SMALL_METHOD).values()) | set(twin.mask(ALL_EQUAL, SMALL_METHOD).values())
    assert {"ok", "few_families"} <= verdicts
    start, end = YEAR
    assert twin.mask(TIES, SMALL_METHOD)[("dev", "all", "all", start, end), "go", "sql"] == "ok"
