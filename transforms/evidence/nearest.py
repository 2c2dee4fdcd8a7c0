"""Callback evidence for one skill in one occupation: its own pooled effect, or none and what comes nearest.

A number found for something wider is never borrowed: it is named by id and directness, without its value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.evidence_vocabulary import DIRECTNESS

NEAREST_MAX = 5


@dataclass(frozen=True)
class NearFinding:
    """A finding that bears on the skill or the occupation, and how directly."""

    finding_id: str
    directness: str


@dataclass(frozen=True)
class CallbackEvidence:
    """``value`` is a ratio with interval, or None with a reason, the searches made and what is nearest."""

    value: float | None
    ci_low: float | None
    ci_high: float | None
    claim: str | None
    status: str
    reason: str | None
    search_ids: tuple[str, ...]
    nearest: tuple[NearFinding, ...]


def callback_evidence(
    skill: str,
    occupation: str,
    *,
    links: Sequence[Mapping[str, Any]],
    syntheses: Sequence[Mapping[str, Any]],
    searches: Sequence[Mapping[str, Any]],
    findings: Sequence[Mapping[str, Any]],
) -> CallbackEvidence:
    """Evidence for the pair, from rows of export_finding_link, _synthesis, _search_log and _finding.

    A value needs a synthesis of a callback claim whose findings are all linked to that very skill as exact.
    """
    shown = {row["finding_id"] for row in findings if row["status"] in ("ok", "low_reliability")}
    callback = [row for row in links if row["claim_type"] == "callback" and row["finding_id"] in shown]
    exact = {
        row["finding_id"] for row in callback if row["skill"] == skill and row["directness"] == DIRECTNESS[0]
    }
    logged = tuple(sorted(row["search_id"] for row in searches if row["claim_type"] == "callback"))
    nearest = _nearest(skill, occupation, callback)
    for row in syntheses:
        own = bool(row["finding_ids"]) and set(row["finding_ids"]) <= exact
        if own and row["claim_type"] == "callback" and row["unit"] == "fraction" and row["value"] is not None:
            return CallbackEvidence(
                row["value"],
                row["ci_low"],
                row["ci_high"],
                row["claim"],
                row["status"],
                row["reason"],
                logged,
                nearest,
            )
    reason = "single_study" if exact else "no_evidence_found" if logged else "no_source"
    return CallbackEvidence(None, None, None, None, "missing", reason, logged, nearest)


def _nearest(skill: str, occupation: str, links: Sequence[Mapping[str, Any]]) -> tuple[NearFinding, ...]:
    """The nearest findings of skills: on the skill first, then on the occupation; the economy comes last."""
    best: dict[str, tuple[int, int]] = {}
    for row in links:
        on_skill, on_occupation = row["skill"] == skill, row["occupation"] == occupation
        if not on_skill and not on_occupation:
            continue
        rank = (0 if on_skill else 1, DIRECTNESS.index(row["directness"]))
        best[row["finding_id"]] = min(rank, best.get(row["finding_id"], rank))
    ordered = sorted(best.items(), key=lambda item: (item[1], item[0]))[:NEAREST_MAX]
    return tuple(NearFinding(name, _directness(rank)) for name, rank in ordered)


def _directness(rank: tuple[int, int]) -> str:
    """A finding on the occupation is broader than the pair, however exact it is for the occupation."""
    about_occupation, directness = rank
    return DIRECTNESS[max(directness, 1)] if about_occupation else DIRECTNESS[directness]
