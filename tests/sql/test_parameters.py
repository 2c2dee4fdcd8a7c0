"""Tests and nights use one method: the drawn parameters are those of config/method.toml."""

import pytest

from flows.configuration import read_configuration
from flows.estimate import FAMILY_PARAMETERS, selects
from tests.computed_tables import SQL_FOLDER
from tests.drawn_tables import METHOD
from warehouse.load import build_order

RENAMED = {
    **{name: f"family_{name}" for name in FAMILY_PARAMETERS},
    "level": "ci_level",
    "shrunken_level": "shrunken_ci_level",
    "dominance_max_share": "dominance_max",
}


def test_drawn_parameters_are_the_configured_ones() -> None:
    configuration = read_configuration()
    configured = {RENAMED.get(n, n): v for n, v in configuration.method.items() if n != "default_months"}
    drawn = {name: METHOD[name] for name in configured}
    assert drawn == configured
    assert METHOD["method_version"] == configuration.method_version


def test_every_select_has_its_tests() -> None:
    tested = {
        path.stem.removeprefix("test_")
        for path in (SQL_FOLDER.parents[1] / "tests" / "sql").glob("test_*.py")
    }
    assert set(selects()) <= tested


@pytest.mark.slow
def test_selects_need_each_other_in_no_circle() -> None:
    order = build_order(selects())
    assert order.index("weight_mask") < order.index("export_metric_value") < order.index("export_skill")
