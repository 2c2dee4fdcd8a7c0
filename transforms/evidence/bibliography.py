"""What bibliographic services say: mismatches are faults, retractions remove findings, corrections warn.

Rows come from a fetch elsewhere: ``study_id``, ``source`` (crossref, retraction_watch, openalex),
``checked_on`` and, where the service gives them, ``title``, ``year``, ``retracted``, ``concern``,
``corrected``, ``published_as`` (DOI of the article a working paper became).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transforms.evidence.entry import Registry, Study
from transforms.evidence.fault import Fault

BLOCKING_SOURCES = ("crossref", "retraction_watch")
"""OpenAlex is a cross-check only: it flagged wrongly from December 2023 to March 2024."""

TITLE_OVERLAP_MIN = 0.6
"""Share of the shorter title's words that stand in the longer one: a subtitle may be missing."""

YEARS_APART_MAX = 1
"""Online and print year may differ by one."""

STOP_WORDS = frozenset(
    ("a", "an", "and", "are", "as", "by", "for", "in", "is", "of", "on", "or", "the", "to")
)


@dataclass(frozen=True, order=True)
class Removal:
    """A finding left out of the release, and on whose word."""

    finding_id: str
    study_id: str
    kind: str
    source: str
    checked_on: date

    def __str__(self) -> str:
        return f"{self.finding_id} removed: {self.kind} of {self.study_id} ({self.source}, {self.checked_on})"


@dataclass(frozen=True)
class Bibliography:
    """Outcome of all checks."""

    faults: tuple[Fault, ...]
    removed: tuple[Removal, ...]
    corrected: frozenset[str]
    notices: tuple[str, ...]


def bibliography(registry: Registry, checks: Iterable[Mapping[str, Any]]) -> Bibliography:
    """Faults, removed findings, corrected studies and notices, each sorted."""
    faults: list[Fault] = []
    blocked: dict[str, tuple[str, str, date]] = {}
    corrected: set[str] = set()
    notices: list[str] = []
    for check in sorted(checks, key=lambda row: (row["study_id"], row["source"], row["checked_on"])):
        study = registry.study(check["study_id"])
        if study is None:
            where = f"bibliographic checks: {check['study_id']}"
            faults.append(Fault(where, "unknown_study", "checked, yet not in the registry"))
            continue
        faults += _mismatches(study, check)
        kind = "retraction" if check.get("retracted") else "concern" if check.get("concern") else None
        if kind and check["source"] in BLOCKING_SOURCES:
            blocked.setdefault(study.study_id, (kind, check["source"], check["checked_on"]))
        elif kind:
            notices.append(f"{study.study_id}: {kind} according to {check['source']} alone; not removed")
        if check.get("published_as") and study.doi != check["published_as"]:
            notices.append(f"{study.study_id}: appeared as {check['published_as']}; enter that version")
        if check.get("corrected"):
            corrected.add(study.study_id)
    for study in registry.studies:
        if study.study_status in ("retracted", "concern"):
            kind = "retraction" if study.study_status == "retracted" else "concern"
            blocked.setdefault(study.study_id, (kind, "study file", date.min))
        if study.study_status == "corrected":
            corrected.add(study.study_id)
    removed = [
        Removal(finding.finding_id, finding.study_id, *blocked[finding.study_id])
        for finding in registry.findings
        if finding.study_id in blocked
    ]
    return Bibliography(
        tuple(sorted(faults)), tuple(sorted(removed)), frozenset(corrected), tuple(sorted(notices))
    )


def _mismatches(study: Study, check: Mapping[str, Any]) -> list[Fault]:
    where = f"{study.file}: {study.study_id}"
    faults = []
    title = check.get("title")
    if title and title_overlap(study.study_title, title) < TITLE_OVERLAP_MIN:
        message = f"{check['source']} knows it as {title!r}, the entry says {study.study_title!r}"
        faults.append(Fault(where, "title_mismatch", message))
    year = check.get("year")
    if year and abs(year - study.year) > YEARS_APART_MAX:
        message = f"{check['source']} says {year}, the entry {study.year}"
        faults.append(Fault(where, "year_mismatch", message))
    return faults


def title_overlap(one: str, other: str) -> float:
    """Share of the shorter title's telling words that stand in the longer one too."""
    words = [
        {word for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in STOP_WORDS}
        for text in (one, other)
    ]
    shorter, longer = sorted(words, key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0
