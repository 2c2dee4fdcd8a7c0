"""From the files of the registry to its tables: read, check, derive, pool, render. No clock, no disk."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from transforms.evidence.bibliography import Removal, bibliography
from transforms.evidence.check import registry_faults
from transforms.evidence.derive import Derived, derive
from transforms.evidence.diagnose import Diagnosis, diagnose
from transforms.evidence.display import FaqLine, display_short, faq_items
from transforms.evidence.entry import Registry
from transforms.evidence.fault import EvidenceFault, Fault
from transforms.evidence.plot import forest_plots
from transforms.evidence.read import Files, read_registry
from transforms.evidence.rows import Parts, all_tables_of
from transforms.evidence.synthesis import Synthesis, synthesise


@dataclass(frozen=True)
class Evidence:
    """The registry's part of a release.

    ``tables`` by table name in the declared schemas, sorted by key; ``removed`` says which findings a
    retraction took out; ``notices`` are lines for the run report; ``faq`` items have unique questions;
    ``forests`` are SVG documents by file name.
    """

    tables: dict[str, pa.Table]
    removed: tuple[Removal, ...]
    notices: tuple[str, ...]
    faq: list[dict[str, object]]
    forests: dict[str, str]


def build_evidence(
    files: Files,
    *,
    bibliographic_checks: Iterable[Mapping[str, Any]] = (),
    as_of: date,
    method_version: str,
    skills: frozenset[str] | None = None,
    occupations: frozenset[str] | None = None,
) -> Evidence:
    """All evidence tables. ``skills`` and ``occupations``: known slugs that links are held to, if given.

    Raises EvidenceFault with every broken rule of every file.
    """
    registry, faults = read_registry(files)
    faults += registry_faults(registry)
    faults += _link_faults(registry, skills, occupations)
    checked = bibliography(registry, bibliographic_checks)
    faults += checked.faults
    if faults:
        raise EvidenceFault(faults)
    derived = derive(_without(registry, checked.blocked))
    syntheses = synthesise(registry, derived)
    diagnoses = diagnose(registry, derived, syntheses, corrected=checked.corrected, as_of=as_of)
    parts = Parts(registry, derived, syntheses, diagnoses, method_version, checked)
    return Evidence(
        tables=all_tables_of(parts),
        removed=checked.removed,
        notices=(*(str(removal) for removal in checked.removed), *checked.notices),
        faq=_faq(derived, diagnoses),
        forests=forest_plots(syntheses, derived),
    )


def registry_report(files: Files) -> tuple[Registry, list[Fault]]:
    """Registry and all its faults, for a check that prints instead of raising."""
    registry, faults = read_registry(files)
    return registry, sorted(set(faults + registry_faults(registry)))


def _without(registry: Registry, blocked: frozenset[str]) -> Registry:
    """The registry without the findings of blocked studies, and without what other findings say of them."""
    findings = tuple(
        dataclasses.replace(
            finding,
            replicated_by=tuple(name for name in finding.replicated_by if name not in blocked),
            contradicted_by=tuple(name for name in finding.contradicted_by if name not in blocked),
        )
        for finding in registry.findings
        if finding.study_id not in blocked
    )
    return dataclasses.replace(registry, findings=findings)


def _link_faults(
    registry: Registry, skills: frozenset[str] | None, occupations: frozenset[str] | None
) -> list[Fault]:
    """Links to skills or occupations nobody knows, and links that bind nothing yet claim to be near."""
    files = {finding.finding_id: finding.file for finding in registry.findings}
    faults = []
    for link in registry.links:
        where = f"{files[link.finding_id]}: {link.finding_id}"
        if skills is not None and link.skill and link.skill not in skills:
            faults.append(Fault(where, "unknown_skill", f"{link.skill!r} is no skill of the lexicon"))
        if occupations is not None and link.occupation and link.occupation not in occupations:
            message = f"{link.occupation!r} is not in config/occupations.csv"
            faults.append(Fault(where, "unknown_occupation", message))
        if not link.skill and not link.occupation and link.directness != "economy_wide":
            faults.append(Fault(where, "link_to_nothing", f"{link.directness} to what?"))
    return faults


def _faq(derived: Sequence[Derived], diagnoses: Mapping[str, Diagnosis]) -> list[dict[str, object]]:
    return faq_items(
        [
            FaqLine(
                row.claim.claim,
                row.claim.claim_label,
                display_short(row.finding, row.study),
                row.study.citation,
                row.finding.finding_id,
                diagnoses[row.finding.finding_id].flags,
            )
            for row in derived
            if row.claim is not None and row.is_publishable and row.study.study_status != "superseded"
        ]
    )


__all__ = [
    "Derived",
    "Diagnosis",
    "Evidence",
    "Files",
    "Synthesis",
    "build_evidence",
    "registry_report",
]
