"""Rows of the registry's tables, as Arrow tables in the declared schemas, sorted by key."""

import dataclasses
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from schemas.core_finding import CoreFinding
from schemas.core_finding_derived import CoreFindingDerived
from schemas.core_study import CoreStudy
from schemas.derive import arrow_schema, primary_key
from schemas.evidence_vocabulary import EXPERIMENTAL_DESIGNS
from schemas.export_claim import ExportClaim
from schemas.export_cohort import ExportCohort
from schemas.export_finding import ExportFinding
from schemas.export_finding_link import ExportFindingLink
from schemas.export_finding_removed import ExportFindingRemoved
from schemas.export_instrument_reliability import ExportInstrumentReliability
from schemas.export_search_log import ExportSearchLog
from schemas.export_synthesis import ExportSynthesis
from schemas.table import Table, table_name
from transforms.evidence.bibliography import Bibliography, Removal
from transforms.evidence.derive import Derived
from transforms.evidence.diagnose import Diagnosis
from transforms.evidence.display import display_short
from transforms.evidence.entry import Finding, Link, Registry
from transforms.evidence.synthesis import Synthesis
from transforms.evidence.synthesis_rows import synthesis_row

SIGNIFICANT_DIGITS = 10
"""Enough to recompute, few enough to be the same on every machine."""

NUMBER_FIELDS = (
    "estimate",
    "estimate_high",
    "direction",
    "legal_status",
    "ci_low",
    "ci_high",
    "ci_level",
    "se",
    "se_scale",
    "p",
    "p_tests",
    "ai",
    "n1i",
    "ci",
    "n2i",
    "stated",
    "note",
)
"""Fields emptied where a finding's number may not be shown, so that nothing of it is left."""


@dataclass(frozen=True)
class Parts:
    """Everything the rows are made of."""

    registry: Registry
    derived: tuple[Derived, ...]
    syntheses: tuple[Synthesis, ...]
    diagnoses: Mapping[str, Diagnosis]
    method_version: str
    bibliography: Bibliography


def all_tables_of(parts: Parts) -> dict[str, pa.Table]:
    """Every evidence table by name."""
    return {
        table_name(kind): _table(kind, rows)
        for kind, rows in (
            (CoreStudy, [_fields(study) for study in parts.registry.studies]),
            (CoreFinding, [_entered(finding) for finding in parts.registry.findings]),
            (CoreFindingDerived, [_derived(row, parts) for row in parts.derived]),
            (ExportFinding, [_exported(row, parts) for row in parts.derived]),
            (ExportFindingLink, _links(parts)),
            (ExportFindingRemoved, [_removed(row, parts) for row in parts.bibliography.removed]),
            (ExportClaim, _claims(parts)),
            (ExportSynthesis, [synthesis_row(row, parts.method_version) for row in parts.syntheses]),
            (ExportCohort, _cohorts(parts)),
            (ExportSearchLog, [_fields(search) for search in parts.registry.searches]),
            (ExportInstrumentReliability, [_fields(row) for row in parts.registry.reliabilities]),
        )
    }


@functools.cache
def _declared(kind: type[Table]) -> tuple[pa.Schema, tuple[str, ...]]:
    return arrow_schema(kind), primary_key(kind)


def _table(kind: type[Table], rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows in the declared schema, sorted by key, empty keys first. Raises KeyError for a missing column."""
    schema, key = _declared(kind)
    ordered = sorted(rows, key=lambda row: tuple((row[name] is not None, row[name] or "") for name in key))
    columns = [pa.array([_cell(row[field.name]) for row in ordered], type=field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") if isinstance(value, float) else value


def _fields(entry: Any) -> dict[str, Any]:
    """Field names and values, not copied: entries are frozen."""
    return {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}


def _entered(finding: Finding) -> dict[str, Any]:
    row = _fields(finding)
    del row["file"]
    return row


def _derived(row: Derived, parts: Parts) -> dict[str, Any]:
    effect = row.effect
    low, high = effect.interval() if effect else (None, None)
    diagnosis = parts.diagnoses[row.finding.finding_id]
    return {
        "finding_id": row.finding.finding_id,
        "is_effect": row.is_effect,
        "is_publishable": row.is_publishable,
        "is_reversed": row.is_reversed,
        "measure": row.measure,
        "yi": row.yi,
        "vi": row.vi,
        "vi_basis": row.vi_basis,
        "yi_low": low,
        "yi_high": high,
        "sign": row.sign,
        "is_significant": row.is_significant,
        "power": diagnosis.power,
        "power_against": diagnosis.power_against,
        "minimal_detectable_effect": diagnosis.minimal_detectable_effect,
        "flags": diagnosis.flags,
    } | _replication(diagnosis)


def _replication(diagnosis: Diagnosis) -> dict[str, Any]:
    counts = diagnosis.replication
    return {
        "replication_count": diagnosis.replication_count,
        "n_same_sign": counts.n_same_sign if counts else None,
        "n_significant": counts.n_significant if counts else None,
        "n_inside_prediction": counts.n_inside_prediction if counts else None,
        "n_contradicting": counts.n_contradicting if counts else None,
    }


def _exported(row: Derived, parts: Parts) -> dict[str, Any]:
    finding, study = row.finding, row.study
    diagnosis = parts.diagnoses[finding.finding_id]
    study_row = _fields(study) | {"citation": study.citation}
    exported = study_row | _entered(finding) | _replication(diagnosis)
    status, reason, detail = _status(row, diagnosis)
    shown = status in ("ok", "low_reliability")
    exported |= {
        "claim_type": row.claim.claim_type if row.claim else None,
        "is_effect": row.is_effect,
        "flags": diagnosis.flags,
        "power": diagnosis.power,
        "display_short": display_short(finding, study),
        "checked_with": parts.bibliography.checked_with.get(study.study_id, ()),
        "status": status,
        "reason": reason,
        "reason_detail": detail,
        "basis": "computed" if finding.estimate_basis == "computed" else "quoted_primary",
    }
    if not shown:
        hidden = (*NUMBER_FIELDS, "display_short", "basis", "power", *_replication(diagnosis))
        exported |= dict.fromkeys(hidden) | {"is_effect": False}
    return exported


def _status(row: Derived, diagnosis: Diagnosis) -> tuple[str, str | None, str | None]:
    """Status, reason and reason in words; low_reliability only on a stated warning."""
    if not row.is_publishable:
        observed = row.finding.attribute_randomised == "no"
        if observed and row.study.design in EXPERIMENTAL_DESIGNS:
            detail = "the study did not assign this attribute at random"
            return "not_applicable", "not_identifiable", detail
        return "missing", "pending_review", f"read at {row.finding.source_level} level only"
    if row.study.study_status == "superseded":
        return "low_reliability", "source_stale", f"superseded by {row.study.superseded_by}"
    if "underpowered" in diagnosis.flags:
        return "low_reliability", "insufficient_sample", f"power {diagnosis.power:.2f}"
    if "picked_contrast" in diagnosis.flags:
        return (
            "low_reliability",
            "not_identifiable",
            "groups picked after the fact; the p value tests all of them",
        )
    return "ok", None, None


def _removed(removal: Removal, parts: Parts) -> dict[str, Any]:
    study = parts.registry.study(removal.study_id)
    return {
        "finding_id": removal.finding_id,
        "study_id": removal.study_id,
        "doi": study.doi if study else None,
        "removal_kind": removal.kind,
        "told_by": removal.source,
        "told_since": removal.checked_on,
    }


def _links(parts: Parts) -> list[dict[str, Any]]:
    """Entered links; a finding without any bears on the economy as a whole."""
    rows = []
    for row in parts.derived:
        finding = row.finding
        links = [link for link in parts.registry.links if link.finding_id == finding.finding_id]
        for link in links or [Link(finding.finding_id, "economy_wide")]:
            rows.append(
                {
                    "finding_id": finding.finding_id,
                    "skill": link.skill,
                    "occupation": link.occupation,
                    "directness": link.directness,
                    "is_indirect": link.directness != "exact",
                    "claim": finding.claim,
                    "claim_type": row.claim.claim_type if row.claim else None,
                    "cohort": finding.cohort,
                    "relevance": link.relevance,
                }
            )
    return rows


def _claims(parts: Parts) -> list[dict[str, Any]]:
    rows = []
    for claim in parts.registry.claims:
        entered = [row for row in parts.registry.findings if row.claim == claim.claim]
        mine = [row for row in parts.derived if row.finding.claim == claim.claim]
        searches = [search.search_id for search in parts.registry.searches if search.claim == claim.claim]
        row = _fields(claim)
        del row["downgrades"]
        rows.append(
            row
            | {
                "n_findings": len(entered),
                "n_published": sum(1 for entry in mine if entry.is_publishable),
                "search_ids": sorted(searches),
            }
        )
    return rows


def _cohorts(parts: Parts) -> list[dict[str, Any]]:
    rows = []
    for cohort in parts.registry.cohorts:
        entered = [row for row in parts.registry.findings if row.cohort == cohort.cohort]
        published = sum(
            1 for row in parts.derived if row.finding.cohort == cohort.cohort and row.is_publishable
        )
        searches = [row.search_id for row in parts.registry.searches if row.cohort == cohort.cohort]
        left = [row for row in entered if row.study_id not in parts.bibliography.blocked]
        without = "no_evidence_found" if not entered else "pending_review" if left else "source_withdrawn"
        rows.append(
            _fields(cohort)
            | {
                "n_findings": len(entered),
                "n_published": published,
                "search_ids": sorted(searches),
                "status": "ok" if published else "missing",
                "reason": None if published else without,
            }
        )
    return rows
