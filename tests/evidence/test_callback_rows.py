"""Rows of metric callback_effect: a reason and what is nearest, or the pooled effect of that very skill."""

from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from schemas.derive import arrow_schema
from schemas.export_finding_link import ExportFindingLink
from schemas.export_metric_value import ExportMetricValue
from tests.drawn_evidence import drawn_evidence
from transforms.evidence.callback_rows import callback_rows
from warehouse.check import validate_frame

PERIOD = (date(2022, 1, 1), date(2022, 12, 31))
NUMBERS = ("value", "ci_low", "ci_high", "ci_level", "n", "n_unit", "basis")


def pair(skill: str, occupation: str = "backend-developer") -> dict[str, str]:
    return {
        "occupation_id": "occ_" + "a" * 16,
        "skill_id": "skl_" + "a" * 16,
        "occupation": occupation,
        "skill": skill,
    }


def rows(tables: dict[str, pa.Table], *pairs: dict[str, str]) -> list[dict[str, Any]]:
    found = callback_rows(pairs, tables, period=PERIOD, as_of=PERIOD[1], method_version="2026.1")
    validate_frame(ExportMetricValue, found)
    return list(found.to_pylist())


def test_no_evidence_names_the_search_and_what_is_nearest_without_its_number() -> None:
    [row] = rows(drawn_evidence().tables, pair("go"))
    assert (row["status"], row["reason"], row["source_ids"]) == ("missing", "no_evidence_found", [])
    assert [row[name] for name in NUMBERS] == [None] * len(NUMBERS)
    assert row["reason_detail"] == (
        "search one-skill-callback; nearest evidence, not of this skill here: "
        "EX2000-name (broader), EX2001-name (broader)"
    )


def test_where_nothing_is_nearer_that_is_said() -> None:
    [row] = rows(drawn_evidence().tables, pair("go", "designer"))
    assert str(row["reason_detail"]).endswith("nearest evidence, not of this skill here: economy_wide only")


def test_without_pairs_there_are_no_rows() -> None:
    assert rows(drawn_evidence().tables) == []


@pytest.mark.parametrize("directness", ["exact", "broader"])
def test_only_the_pooled_effect_of_the_very_skill_is_a_number(directness: str) -> None:
    tables = dict(drawn_evidence().tables)
    links = [
        row
        | {"skill": "go", "occupation": None, "directness": directness, "is_indirect": directness != "exact"}
        for row in tables["export_finding_link"].to_pylist()
        if row["claim_type"] == "callback"
    ]
    tables["export_finding_link"] = pa.Table.from_pylist(links, schema=arrow_schema(ExportFindingLink))
    own, other = rows(tables, pair("go"), pair("sql"))
    assert (other["value"], other["reason"]) == (None, "no_evidence_found")
    if directness == "broader":
        assert (own["value"], own["reason"]) == (None, "no_evidence_found")
        return
    [pooled] = [
        row for row in tables["export_synthesis"].to_pylist() if row["claim"] == "callback-invented-name"
    ]
    assert [own[name] for name in NUMBERS] == [
        pooled["value"],
        pooled["ci_low"],
        pooled["ci_high"],
        0.95,
        2,
        "independent samples",
        "computed",
    ]
    assert (own["status"], own["source_ids"]) == ("low_reliability", ["EX2000", "EX2001"])
