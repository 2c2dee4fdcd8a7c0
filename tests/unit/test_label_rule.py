"""transforms.declared.label_rule: no label without a published rule, no shortage without an official list."""

from typing import Any

import pytest

from flows.configuration import read_configuration
from transforms.declared.label_rule import label_rule_table, label_rules

GOOD: dict[str, Any] = {
    "id": "demand-growing",
    "kind": "demand_profile",
    "label": "growing",
    "rests_on": "demand_trend",
    "above": 0.0,
    "text": "it rose",
    "source": "own rule",
}


def faults(**changes: Any) -> list[str]:
    return label_rules({"rule": [{k: v for k, v in (GOOD | changes).items() if v is not None}]})[1]


def test_a_sound_rule_is_a_row() -> None:
    rows, wrong = label_rules({"rule": [GOOD]})
    assert wrong == []
    assert (rows[0]["label_rule"], rows[0]["interval_above"], rows[0]["term"]) == (
        "demand-growing",
        0.0,
        None,
    )
    assert label_rule_table(rows).num_rows == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " "}, "text is missing or empty"),
        ({"kind": "learning_curve"}, "kind must be one of salary_band, rarity, demand_profile"),
        ({"rests_on": "posting_share"}, "rests_on must be one of"),
        ({"above": None}, "a rule on a metric has above or below"),
        ({"above": float("nan")}, "above and below must be numbers"),
        ({"term": "transversal"}, "a rule on a metric has above or below"),
        ({"label": "critical shortage"}, "shortage needs official_list"),
        ({"mood": "good"}, "mood is unknown"),
    ],
)
def test_each_fault_is_named(changes: dict[str, Any], message: str) -> None:
    assert any(message in fault for fault in faults(**changes)), faults(**changes)


def test_a_shortage_by_an_official_list_may_be_said() -> None:
    assert faults(label="shortage occupation", official_list="a list of 2026-01-01") == []


def test_an_id_is_used_once() -> None:
    assert label_rules({"rule": [GOOD, GOOD]})[1] == [
        "label_rules.toml rule 'demand-growing': the id came before"
    ]


def test_the_rules_of_the_project_are_sound_and_none_says_shortage() -> None:
    rules = read_configuration().label_rules
    assert len(rules) == 10
    assert not any("shortage" in rule["rule_label"] for rule in rules)
