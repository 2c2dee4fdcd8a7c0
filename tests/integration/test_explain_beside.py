"""What explain says beside a share: the correction, the weights and the score, with their numbers put in."""

from collections.abc import Iterator

import pytest

from flows.explain_beside import beside_lines
from tests.computed_tables import Computed
from tests.drawn_market import Market, estimate
from tests.drawn_tables import DrawnWarehouse
from tests.sql.test_export_share_sensitivity import ADVERTS, sample, sensitivity
from tests.sql.test_weight_calibrated_share import calibrated, market
from warehouse.connection import open_warehouse
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def one_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrawnWarehouse]:
    home = tmp_path_factory.mktemp("drawn")
    with open_warehouse(Settings(home, threads=1, memory_limit="300MB")) as opened:
        yield DrawnWarehouse(opened, computed=Computed(on=True))


@pytest.fixture
def drawn(one_warehouse: DrawnWarehouse) -> Iterator[DrawnWarehouse]:
    with one_warehouse.forgotten():
        yield one_warehouse


def lines(drawn: DrawnWarehouse) -> list[str]:
    row = {"occupation": "dev", "skill": "go", "period_start": "2022-01-01", "period_end": "2022-12-31"}
    return beside_lines(drawn.warehouse, row)


@pytest.mark.slow
def test_a_correction_can_be_redone_by_hand(drawn: DrawnWarehouse) -> None:
    go = sensitivity(drawn, sample("plain"))["go"]
    drawn.build("export_measurement_error")
    first, formula = lines(drawn)
    assert first.startswith(
        f"corrected share: {go['corrected_share']:.6f} (interval {go['corrected_ci_low']:.6f}"
    )
    assert (
        "x 0.940000; sample s of class plain: 180/200 of what is read asks, and 4/400 of the rest" in formula
    )


def test_without_a_sample_the_reason_stands(drawn: DrawnWarehouse) -> None:
    sensitivity(drawn)
    [line] = lines(drawn)
    assert line == (
        "corrected share: no number   status missing, reason not_identifiable: no labelled sample of class plain fits "
        "this share"
    )


@pytest.mark.slow
def test_weights_and_score_show_where_they_are_on(drawn: DrawnWarehouse) -> None:
    calibrated(drawn, market())
    drawn.build("weight_importance_score", "export_importance_score", importance_score_enabled=True)
    text = "\n".join(lines(drawn))
    assert "calibrated share: 0.720000   beside a raw 0.600000" in text
    assert "design effect 1.360000, effective n 147.058824 (Kish)" in text
    assert "importance score: " in text


@pytest.mark.slow
def test_nothing_stands_beside_a_withheld_share(drawn: DrawnWarehouse) -> None:
    estimate(drawn, Market(ADVERTS), "export_metric_value")
    drawn.build("weight_corrected_share", "export_share_sensitivity")
    row = {"occupation": "dev", "skill": "rust", "period_start": "2022-01-01", "period_end": "2022-12-31"}
    assert beside_lines(drawn.warehouse, row) == []
