"""What bibliographic services say: mismatches are faults, retractions remove findings, corrections warn.

Rows come from a fetch elsewhere: ``study_id``, ``source`` (crossref, retraction_watch, openalex),
``checked_on`` (since when the service says so) and, where it says them, ``known``, ``title``, ``year``,
``retracted``, ``concern``, ``corrected``, ``published_as`` (DOI of the article a working paper became).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from transforms.evidence.entry import Finding, Registry, Study
from transforms.evidence.fault import Fault

BLOCKING_SOURCES = ("crossref", "retraction_watch")
"""OpenAlex is a cross-check only: it flagged wrongly from December 2023 to March 2024."""

REGISTRARS = ("crossref", "openalex")
"""Should know every work; where Retraction Watch knows none, nothing has happened to it."""

TITLE_OVERLAP_MIN = 0.6
"""Share of the shorter title's words that stand in the longer one: a subtitle may be missing."""

YEARS_APART_MAX = 1
"""Online and print year may differ by one."""

STOP_WORDS = frozenset(
    ("a", "an", "and", "are", "as", "by", "for", "in", "is", "of", "on", "or", "the", "to")
)


@dataclass(frozen=True)
class Removal:
    """A finding left out of the release, and on whose word.

    ``study_id`` is the study retracted: that of the finding, or the one that superseded it. Without
    ``checked_on`` the study file itself says so.
    """

    finding_id: str
    study_id: str
    kind: str
    source: str
    checked_on: date | None

    def __str__(self) -> str:
        told = f"{self.source}, {self.checked_on}" if self.checked_on else self.source
        return f"{self.finding_id} removed: {self.kind} of {self.study_id} ({told})"


@dataclass(frozen=True)
class Blocked:
    """Why no finding of a study may be shown."""

    study_id: str
    kind: str
    source: str
    checked_on: date | None

    def removal(self, finding: Finding) -> Removal:
        """The removal of one of its findings."""
        return Removal(finding.finding_id, self.study_id, self.kind, self.source, self.checked_on)


@dataclass(frozen=True)
class Bibliography:
    """Outcome of all checks.

    ``blocked`` are the studies none of whose findings may be shown; ``checked_with`` names per study
    the services that were asked and report neither retraction nor concern.
    """

    faults: tuple[Fault, ...]
    removed: tuple[Removal, ...]
    blocked: frozenset[str]
    corrected: frozenset[str]
    checked_with: Mapping[str, tuple[str, ...]]
    notices: tuple[str, ...]


def bibliography(registry: Registry, checks: Iterable[Mapping[str, Any]]) -> Bibliography:
    """Faults, removed findings, corrected studies and notices, each sorted."""
    faults: list[Fault] = []
    blocked: dict[str, Blocked] = {}
    corrected: set[str] = set()
    checked_with: dict[str, tuple[str, ...]] = {}
    notices: list[str] = []
    for check in sorted(checks, key=lambda row: (row["study_id"], row["source"], row["checked_on"])):
        study = registry.study(check["study_id"])
        if study is None:
            where = f"bibliographic checks: {check['study_id']}"
            faults.append(Fault(where, "unknown_study", "checked, yet not in the registry"))
            continue
        if check.get("known") is False and check["source"] in REGISTRARS:
            notices.append(f"{study.study_id}: {check['source']} does not know {study.doi}; mistyped?")
            continue
        faults += _mismatches(study, check)
        kind = "retraction" if check.get("retracted") else "concern" if check.get("concern") else None
        if kind and check["source"] in BLOCKING_SOURCES:
            blocked.setdefault(
                study.study_id, Blocked(study.study_id, kind, check["source"], check["checked_on"])
            )
        elif kind:
            notices.append(f"{study.study_id}: {kind} according to {check['source']} alone; not removed")
        else:
            told = (*checked_with.get(study.study_id, ()), check["source"])
            checked_with[study.study_id] = tuple(sorted(set(told)))
        if check.get("published_as") and study.doi != check["published_as"]:
            notices.append(f"{study.study_id}: appeared as {check['published_as']}; enter that version")
        if check.get("corrected"):
            corrected.add(study.study_id)
    for study in registry.studies:
        if study.study_status in ("retracted", "concern"):
            kind = "retraction" if study.study_status == "retracted" else "concern"
            blocked.setdefault(study.study_id, Blocked(study.study_id, kind, "study file", None))
        if study.study_status == "corrected":
            corrected.add(study.study_id)
    blocked = _with_earlier_versions(registry, blocked)
    removed = [
        blocked[finding.study_id].removal(finding)
        for finding in registry.findings
        if finding.study_id in blocked
    ]
    return Bibliography(
        faults=tuple(sorted(faults)),
        removed=tuple(removed),
        blocked=frozenset(blocked),
        corrected=frozenset(corrected),
        checked_with=checked_with,
        notices=tuple(sorted(notices)),
    )


def _with_earlier_versions(registry: Registry, blocked: Mapping[str, Blocked]) -> dict[str, Blocked]:
    """What holds of an article holds of the working papers it superseded."""
    found = dict(blocked)
    for _ in registry.studies:
        earlier = {
            study.study_id: found[study.superseded_by]
            for study in registry.studies
            if study.superseded_by in found and study.study_id not in found
        }
        if not earlier:
            break
        found |= earlier
    return found


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
