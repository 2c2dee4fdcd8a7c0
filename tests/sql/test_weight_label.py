"""weight_label.sql: labels by published rules from shown numbers; otherwise a reason, never a default."""

import pytest

from flows.configuration import read_configuration
from tests.drawn_market import Market, crowd, estimate
from tests.drawn_tables import DrawnWarehouse, Row
from transforms.declared.label_rule import label_rule_table
from warehouse.load import replace_partition

CELL = {"occupation": "dev", "skill_id": "go"}


def labelled(
    drawn: DrawnWarehouse,
    *,
    premium: Row | None = None,
    trend: tuple[str, float, float] | None = None,
    levels: tuple[str | None, ...] | None = None,
) -> dict[tuple[str, str], Row]:
    adverts = [*crowd("w", 60, skills=("go",)), *crowd("o", 60), *crowd("few", 3, skills=("rust",))]
    estimate(drawn, Market(adverts, reviewed=("cobol",)))
    replace_partition(
        drawn.warehouse, "core_label_rule", label_rule_table(read_configuration().label_rules), where={}
    )
    if premium:
        drawn.load("weight_metric", [{**CELL, "metric": "pay_premium", "source_ids": ["forum"], **premium}])
    if trend:
        status, low, high = trend
        reason = None if status == "ok" else "wide_interval"
        mask = {**CELL, "metric": "demand_trend", "status": status, "reason": reason}
        drawn.load("weight_part_mask", [mask])
        drawn.load("weight_trend", [{**CELL, "source_ids": ["forum"]}])
        drawn.load("weight_trend_interval", [{**CELL, "change_ci_low": low, "change_ci_high": high}])
    if levels is not None:
        drawn.load("core_skill_mapping", [{"skill_id": "go", "scheme": "esco", "code": "e:1"}])
        drawn.load("meta_input", [{"snapshot_sha256": "e", "source_kind": "esco", "source_id": "esco"}])
        drawn.load(
            "raw_esco_skill",
            [
                {"snapshot_sha256": "e", "language_code": str(i), "esco_uri": "e:1", "reuse_level": level}
                for i, level in enumerate(levels)
            ],
        )
    drawn.build("weight_label")
    return {(row["skill_id"], row["label_kind"]): row for row in drawn.read("FROM weight_label")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "label"),
    [
        (0.01, 0.2, "above the role's pay"),
        (-0.2, -0.01, "below the role's pay"),
        (-0.04, 0.04, "near the role's pay"),
        (0.0, 0.2, None),  # ties with the bound: not above it
        (-0.1, 0.1, None),
    ],
)
def test_a_salary_band_follows_from_the_interval_alone(
    drawn: DrawnWarehouse, low: float, high: float, label: str | None
) -> None:
    found = labelled(drawn, premium={"status": "ok", "ci_low": low, "ci_high": high})["go", "salary_band"]
    assert (found["label"], found["status"]) == (label, "ok" if label else "missing")
    assert found["reason"] == (None if label else "wide_interval")
    assert found["source_ids"] == (["forum"] if label else [])


def test_a_number_that_is_not_ok_gives_no_label(drawn: DrawnWarehouse) -> None:
    shaky = {"status": "low_reliability", "reason": "insufficient_sample", "ci_low": 0.1, "ci_high": 0.2}
    found = labelled(drawn, premium=shaky, trend=("suppressed", 0.1, 0.2))
    assert (found["go", "salary_band"]["label"], found["go", "salary_band"]["status"]) == (None, "missing")
    assert found["go", "demand_profile"]["label"] is None
    assert (found["go", "demand_profile"]["status"], found["go", "demand_profile"]["reason"]) == (
        "suppressed",
        "wide_interval",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("low", "high", "rule"),
    [
        (0.01, 0.1, "demand-growing"),
        (-0.1, -0.01, "demand-declining"),
        (-0.01, 0.01, "demand-steady"),
        (0.001, 0.01, "demand-growing"),  # meets two rules: the first counts
        (-0.05, 0.05, None),
    ],
)
def test_a_demand_profile_names_its_rule(
    drawn: DrawnWarehouse, low: float, high: float, rule: str | None
) -> None:
    assert labelled(drawn, trend=("ok", low, high))["go", "demand_profile"]["label_rule"] == rule


@pytest.mark.slow
@pytest.mark.parametrize(
    ("levels", "label", "reason"),
    [
        (("cross-sector", "cross-sector"), "used across sectors", None),
        (("cross-sector", "transversal"), None, "no_source"),
        ((None,), None, "no_source"),
        (None, None, "taxonomy_unmapped"),
    ],
)
def test_rarity_is_what_esco_says(
    drawn: DrawnWarehouse, levels: tuple[str | None, ...] | None, label: str | None, reason: str | None
) -> None:
    found = labelled(drawn, levels=levels)["go", "rarity"]
    assert (found["label"], found["reason"]) == (label, reason)


def test_without_numbers_there_are_reasons_and_only_for_shown_shares(drawn: DrawnWarehouse) -> None:
    found = labelled(drawn)
    assert {skill for skill, _ in found} == {"go"}  # three families ask for rust, none for cobol
    assert {kind: row["reason"] for (_, kind), row in found.items() if kind != "demand_profile"} == {
        "salary_band": "insufficient_sample",
        "rarity": "taxonomy_unmapped",
        "learning_curve": "no_source",
    }
    assert all(row["label"] is None for row in found.values())


@pytest.mark.slow
def test_a_label_in_the_long_table_names_its_rule(drawn: DrawnWarehouse) -> None:
    labelled(drawn, premium={"status": "ok", "ci_low": 0.01, "ci_high": 0.2})
    drawn.compute("weight_metric")
    drawn.build("export_metric_value")
    [row] = drawn.read("FROM export_metric_value WHERE metric = 'salary_band'")
    assert (row["label"], row["label_rule"], row["unit"]) == (
        "above the role's pay",
        "salary-above",
        "category",
    )
    assert (row["value"], row["ci_low"], row["observational"]) == (None, None, True)


def test_a_word_that_no_rule_knows_is_not_called_a_wide_interval(drawn: DrawnWarehouse) -> None:
    found = labelled(drawn, levels=("galaxy-wide",))["go", "rarity"]
    assert (found["label"], found["status"], found["reason"]) == (None, "missing", "concept_undefined")
    assert found["reason_detail"] == "table label_rule has no rule for this word"
