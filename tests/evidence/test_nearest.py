"""A callback effect of a skill is its own or none; what is nearest is named and never borrowed."""

from datetime import date
from typing import Any

import pytest

from tests.evidence.files import registry_files
from transforms.evidence.nearest import CallbackEvidence, NearFinding, callback_evidence
from transforms.evidence.registry import build_evidence


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    evidence = build_evidence(registry_files(), as_of=date(2026, 11, 22), method_version="2026.1")
    return {
        name: evidence.tables[f"export_{table}"].to_pylist()
        for name, table in (
            ("links", "finding_link"),
            ("syntheses", "synthesis"),
            ("searches", "search_log"),
            ("findings", "finding"),
        )
    }


def test_websockets_for_a_backend_developer_have_no_evidence(rows: dict[str, Any]) -> None:
    found = callback_evidence("websockets", "backend-developer", **rows)
    assert (found.value, found.status, found.reason) == (None, "missing", "no_evidence_found")
    assert found.search_ids == ("named-skill-callback-reading-list",)
    assert found.nearest == (
        NearFinding("BLO2024-35_se", "broader"),
        NearFinding("ORE2011-prog_t4", "broader"),
    )


def test_the_nearest_finding_on_the_skill_comes_first(rows: dict[str, Any]) -> None:
    found = callback_evidence("machine-learning", "software-engineer", **rows)
    assert found.value is None
    assert found.nearest[0] == NearFinding("STE2026-lo", "broader")
    assert {near.directness for near in found.nearest} == {"broader"}


def test_without_a_logged_search_nothing_is_said_to_be_absent(rows: dict[str, Any]) -> None:
    found = callback_evidence("websockets", "backend-developer", **(rows | {"searches": []}))
    assert found.reason == "no_source"


def test_a_pooled_effect_of_the_very_skill_is_given(rows: dict[str, Any]) -> None:
    links = [
        {
            "finding_id": name,
            "skill": "go",
            "occupation": None,
            "directness": "exact",
            "claim_type": "callback",
        }
        for name in ("BM2004-race", "ORE2011-name")
    ]
    synthesis = {
        "claim": "callback-go",
        "claim_type": "callback",
        "finding_ids": ["BM2004-race", "ORE2011-name"],
        "unit": "fraction",
        "value": 1.2,
        "ci_low": 1.0,
        "ci_high": 1.44,
        "status": "low_reliability",
        "reason": "insufficient_sample",
    }
    found = _of(rows, links, [synthesis])
    assert (found.value, found.ci_low, found.ci_high, found.claim) == (1.2, 1.0, 1.44, "callback-go")
    half = [links[0], links[1] | {"directness": "broader"}]
    assert _of(rows, half, [synthesis]).value is None


def _of(
    rows: dict[str, Any], links: list[dict[str, Any]], syntheses: list[dict[str, Any]]
) -> CallbackEvidence:
    return callback_evidence("go", "backend-developer", **(rows | {"links": links, "syntheses": syntheses}))
