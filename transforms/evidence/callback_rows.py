"""Rows of metric callback_effect: for each pair its own pooled effect, or no number and what comes nearest."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.export_metric_value import ExportMetricValue
from transforms.evidence.nearest import CallbackEvidence, callback_evidence

METRIC = "callback_effect"
PAIR = ("occupation_id", "skill_id", "occupation", "skill")
TABLES = {
    "links": "export_finding_link",
    "syntheses": "export_synthesis",
    "searches": "export_search_log",
    "findings": "export_finding",
}


def callback_rows(
    pairs: Sequence[Mapping[str, Any]],
    evidence: Mapping[str, pa.Table],
    *,
    period: tuple[date, date],
    as_of: date,
    method_version: str,
) -> pa.Table:
    """One row per pair (occupation_id, skill_id, occupation, skill), in the schema of export_metric_value.

    ``evidence`` are the registry's tables. Effects are not of a period; the rows carry the default one, so
    that they stand beside the headline share.
    """
    rows = {name: evidence[table].to_pylist() for name, table in TABLES.items()}
    linked = {row["skill"] for row in rows["links"] if row["skill"]}
    studies = {row["finding_id"]: row["study_id"] for row in rows["findings"]}
    common = {
        "period_start": period[0],
        "period_end": period[1],
        "as_of": as_of,
        "method_version": method_version,
    }
    known: dict[tuple[str, str], dict[str, Any]] = {}
    found = []
    for pair in pairs:
        # All skills no finding is linked to have the same evidence in an occupation.
        key = (pair["skill"] if pair["skill"] in linked else "", pair["occupation"])
        if key not in known:
            known[key] = _cells(callback_evidence(*key, **rows), rows["syntheses"], studies)
        found.append(_EMPTY | common | known[key] | {name: pair[name] for name in PAIR})
    return pa.Table.from_pylist(found, schema=arrow_schema(ExportMetricValue))


_EMPTY: dict[str, Any] = {
    "metric": METRIC,
    "source_group": "all",
    "geo": "all",
    "value_shrunken": None,
    "observational": False,
    "label": None,
    "unit": "ratio",
    "currency": None,
    "denominator": None,
    "n_numerator": None,
    "n_denominator": None,
    "n_effective": None,
    "n_employers": None,
}


def _cells(
    found: CallbackEvidence, syntheses: Sequence[Mapping[str, Any]], studies: Mapping[str, str]
) -> dict[str, Any]:
    shown = found.value is not None
    own = next((row for row in syntheses if (row["claim"], row["value"]) == (found.claim, found.value)), None)
    return {
        "value": found.value,
        "ci_low": found.ci_low,
        "ci_high": found.ci_high,
        "ci_level": own["ci_level"] if own else None,
        "n": own["k"] if own else None,
        "n_unit": "independent samples" if shown else None,
        "status": found.status,
        "reason": found.reason,
        "reason_detail": None if found.status == "ok" else detail(found),
        "basis": "computed" if shown else None,
        "source_ids": sorted({studies[name] for name in own["finding_ids"]}) if own else [],
    }


def detail(found: CallbackEvidence) -> str:
    """The searches made and the nearest findings with their directness; never a number of theirs."""
    searched = ", ".join(found.search_ids)
    nearest = ", ".join(f"{near.finding_id} ({near.directness})" for near in found.nearest)
    return (
        (f"search {searched}; " if searched else "no search logged; ")
        + "nearest evidence, not of this skill here: "
        + (nearest or "economy_wide only")
    )
