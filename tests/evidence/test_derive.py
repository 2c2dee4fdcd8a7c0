"""Entered findings on a common scale: measure, orientation, variance and where it comes from."""

import math

import pytest

from tests.evidence.files import COUNTEREXAMPLES, registry_files
from transforms.evidence.derive import Derived, derive
from transforms.evidence.registry import registry_report


@pytest.fixture(scope="module")
def derived() -> dict[str, Derived]:
    return {row.finding.finding_id: row for row in derive(registry_report(registry_files())[0])}


def changed(**fields: str) -> Derived:
    """The valid example with fields replaced, an empty text taking a field out."""
    lines = (COUNTEREXAMPLES / "valid.toml").read_text().splitlines()
    kept = [line for line in lines if line.split(" = ")[0] not in fields]
    added = [f"{name} = {value}" for name, value in fields.items() if value]
    data = "\n".join([*kept, *added, ""]).encode()
    registry, faults = registry_report(registry_files({"config/studies/2000-nobody.toml": data}))
    assert not faults, faults
    return next(row for row in derive(registry) if row.finding.finding_id == "EX2000-main")


def test_a_ratio_becomes_its_logarithm_with_the_clustered_error(derived: dict[str, Derived]) -> None:
    row = derived["BM2004-race"]
    assert (row.measure, row.vi_basis, row.is_reversed) == ("log_rr", "se", False)
    assert row.yi == pytest.approx(math.log(0.6681))
    assert row.vi == pytest.approx(0.0783**2)


def test_a_finding_that_turns_the_sides_round_is_turned_back(derived: dict[str, Derived]) -> None:
    row = derived["QUI2017-black"]
    assert row.is_reversed and row.yi == pytest.approx(-math.log(1.36))
    assert row.sign == "worse"


def test_a_fall_in_time_is_better_and_a_rise_is_worse(derived: dict[str, Derived]) -> None:
    assert (derived["NZ2023-time"].sign, derived["METR2025-time"].sign) == ("better", "worse")
    assert derived["PENG2023-time"].yi == pytest.approx(math.log(1 - 0.558))


def test_an_interval_is_read_on_the_scale_on_which_it_is_symmetric(derived: dict[str, Derived]) -> None:
    z = 2 * 1.959963984540054
    metr, peng = derived["METR2025-time"], derived["PENG2023-time"]
    assert math.sqrt(metr.vi or 0) == pytest.approx((math.log(1.39) - math.log(1.02)) / z)
    assert math.sqrt(peng.vi or 0) == pytest.approx((0.89 - 0.21) / z / (1 - 0.558))


def test_points_become_a_difference_of_rates(derived: dict[str, Derived]) -> None:
    row = derived["AKA2025-pass"]
    assert (row.measure, row.yi, row.is_significant) == ("rd", 0.2, False)
    assert row.vi == pytest.approx(0.12**2)


def test_counts_are_the_last_resort() -> None:
    row = changed()
    assert row.vi_basis == "counts"
    assert row.vi == pytest.approx(1 / 80 - 1 / 1000 + 1 / 100 - 1 / 1000)


def test_a_p_value_comes_before_counts() -> None:
    row = changed(p="0.119", p_tests='"estimate"')
    assert row.vi_basis == "p"
    assert abs(row.yi or 0) / math.sqrt(row.vi or 1) == pytest.approx(1.559, abs=1e-3)


def test_a_standard_error_in_units_of_the_ratio_is_carried_to_the_log() -> None:
    row = changed(se="0.115", se_scale='"unit"')
    assert math.sqrt(row.vi or 0) == pytest.approx(0.115 / 0.8)


def test_a_contrast_picked_out_of_many_gets_no_interval(derived: dict[str, Derived]) -> None:
    row = derived["BLO2024-35_se"]
    assert row.vi is None and row.is_significant is False
    assert derived["BLO2024-35_fa"].is_significant is True


def test_a_range_is_no_single_number(derived: dict[str, Derived]) -> None:
    row = derived["STE2026-lo"]
    assert row.yi is None and row.sign == "better" and row.is_publishable


def test_statements_of_parties_and_associations_are_no_effects(derived: dict[str, Derived]) -> None:
    for name in (
        "INT2024-claim",
        "ST2024-ai",
        "HK2018-up",
        "BM2004-special",
        "MOB2025-cert",
        "BLS2023-growth",
    ):
        assert not derived[name].is_effect and derived[name].yi is None
        assert derived[name].sign == "unknown"


def test_mixed_and_null_directions_keep_their_names(derived: dict[str, Derived]) -> None:
    assert derived["SCH2023-gender"].sign == "mixed"
    assert derived["BIR2021-sw"].sign == "null"
