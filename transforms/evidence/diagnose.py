"""Per finding: power, replication counts and the warnings that travel with its number."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas import evidence_vocabulary as words
from transforms.evidence.derive import Derived
from transforms.evidence.entry import Registry
from transforms.evidence.power import minimal_detectable_effect, power
from transforms.evidence.replication import Evidence, Replication, replication
from transforms.evidence.synthesis import Synthesis

POWER_MIN = 0.8
STALE_DAYS = 365
"""An entry not checked for a year is stale: pages move and numbers at one address change."""


@dataclass(frozen=True)
class Diagnosis:
    """What is computed about one finding beyond its effect."""

    power: float | None
    power_against: float | None
    minimal_detectable_effect: float | None
    replication: Replication | None
    replication_count: int | None
    flags: tuple[str, ...]


def diagnose(
    registry: Registry,
    derived: Sequence[Derived],
    syntheses: Sequence[Synthesis],
    *,
    corrected: frozenset[str],
    as_of: date,
) -> dict[str, Diagnosis]:
    """A diagnosis per finding id."""
    pooled = {(row.claim.claim, row.measure): row.pooled.mu for row in syntheses if row.pooled}
    searched = {search.claim for search in registry.searches if search.for_replications}
    found = {}
    for row in derived:
        against = _power_against(row, pooled)
        effect = row.effect
        chance = power(against, effect.se) if effect and against is not None else None
        counts = _replication(row, derived)
        logged = row.finding.claim in searched
        found[row.finding.finding_id] = Diagnosis(
            power=chance,
            power_against=against if chance is not None else None,
            minimal_detectable_effect=minimal_detectable_effect(effect.se) if effect else None,
            replication=counts if logged or (counts and counts.n_samples) else None,
            replication_count=len(row.finding.replicated_by) if logged else None,
            flags=_flags(row, derived, registry, chance, counts, corrected, as_of),
        )
    return found


def _power_against(row: Derived, pooled: Mapping[tuple[str, str], float]) -> float | None:
    """The pooled effect of the claim, else its smallest effect of interest; never the observed one."""
    claim = row.claim
    if claim is None or row.yi is None:
        return None
    if (claim.claim, row.measure) in pooled:
        return pooled[claim.claim, row.measure]
    if claim.smallest_effect is None:
        return None
    if row.measure in ("log_rr", "log_ratio_of_means"):
        return math.log1p(-claim.smallest_effect / 100.0)
    counts = row.finding.counts
    if row.measure == "rd" and counts:
        return claim.smallest_effect / 100.0 * counts[2] / counts[3]
    return None


def _replication(row: Derived, derived: Sequence[Derived]) -> Replication | None:
    """The four counts over one finding per other sample of the same claim, or None without an effect."""
    if not row.is_effect or row.finding.claim is None:
        return None
    others: dict[str, Derived] = {}
    for other in sorted(derived, key=lambda one: (one.vi or math.inf, one.finding.finding_id)):
        if _comparable(row, other):
            others.setdefault(other.study.sample_group, other)
    return replication(_evidence(row), [_evidence(other) for other in others.values()])


def _comparable(row: Derived, other: Derived) -> bool:
    return (
        other.finding.claim == row.finding.claim
        and other.is_effect
        and other.is_publishable
        and other.study.study_status != "superseded"
        and other.study.sample_group != row.study.sample_group
        and row.study.sample_group not in other.study.includes_samples
        and other.study.sample_group not in row.study.includes_samples
    )


def _evidence(row: Derived) -> Evidence:
    return Evidence(row.direction, row.effect, row.measure, row.is_significant)


def _flags(
    row: Derived,
    derived: Sequence[Derived],
    registry: Registry,
    chance: float | None,
    counts: Replication | None,
    corrected: frozenset[str],
    as_of: date,
) -> tuple[str, ...]:
    finding, study = row.finding, row.study
    exact = any(
        link.directness == "exact" for link in registry.links if link.finding_id == finding.finding_id
    )
    legal_or_official = study.design in (*words.LEGAL_DESIGNS, "official_statistics")
    age = (as_of - finding.verified_on).days if finding.verified_on else STALE_DAYS + 1
    found = {
        "underpowered": chance is not None and chance < POWER_MIN,
        "indirect": not exact,
        "single_study": row.is_effect and counts is not None and counts.n_samples == 0,
        "vendor": study.is_vendor,
        "superseded": study.study_status == "superseded",
        "contradicted": bool(finding.contradicted_by) or bool(counts and counts.n_contradicting),
        "stale": age > STALE_DAYS
        or (study.design == "official_statistics" and study.study_status == "superseded"),
        "secondary_only": finding.source_level not in words.PUBLISHABLE_SOURCE_LEVELS,
        "versions_disagree": _versions_disagree(row, derived),
        "clustering_ignored": finding.clustering == "ignored",
        "corrected": study.study_id in corrected,
        "bound_only": finding.estimate_bound in ("at_least", "max"),
        "no_interval": row.is_effect and row.vi is None,
        "no_content_hash": legal_or_official and study.doi is None and study.content_sha256 is None,
        "not_second_coded": finding.second_coder is None,
        "picked_contrast": finding.p_tests == "all_groups",
    }
    return tuple(sorted(name for name, holds in found.items() if holds))


def _versions_disagree(row: Derived, derived: Sequence[Derived]) -> bool:
    """Another version of the study prints another number, unit or sample for the same claim."""
    mine = (row.finding.estimate, row.finding.unit, row.finding.n)
    for other in derived:
        versions = (
            other.study.superseded_by == row.study.study_id or row.study.superseded_by == other.study.study_id
        )
        same_claim = other.finding.claim == row.finding.claim and row.finding.claim is not None
        if versions and same_claim and mine != (other.finding.estimate, other.finding.unit, other.finding.n):
            return True
    return False
