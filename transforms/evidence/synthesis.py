"""Per claim and measure: the pooled effect, or why there is none. Nothing is pooled across claims."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from schemas import evidence_vocabulary as words
from transforms.evidence.derive import Derived
from transforms.evidence.effect import Effect
from transforms.evidence.entry import Claim, Registry
from transforms.evidence.pool import Egger, Pooled, egger, pool

INCONSISTENT_I2 = 75.0
"""`Considerable` heterogeneity in the Cochrane Handbook, section 10.10.2."""


@dataclass(frozen=True)
class Synthesis:
    """What one claim's findings on one measure add up to. ``pooled`` is None where they are not pooled."""

    claim: Claim
    measure: str
    members: tuple[Derived, ...]
    left_out: tuple[str, ...]
    pooled: Pooled | None
    egger: Egger | None
    reason: str | None
    reason_detail: str | None
    certainty_start: str | None = None
    certainty: str | None = None
    downgrades: tuple[str, ...] = ()


def synthesise(registry: Registry, derived: Sequence[Derived]) -> tuple[Synthesis, ...]:
    """One synthesis per claim and measure that has an effect with a variance, else one per claim."""
    found: list[Synthesis] = []
    for claim in registry.claims:
        mine = [row for row in derived if row.finding.claim == claim.claim]
        left_out = {row.finding.finding_id: _left_out(row) for row in mine}
        usable = [row for row in mine if left_out[row.finding.finding_id] is None]
        measures = sorted({row.measure for row in usable})
        for measure in measures:
            found.append(_of_measure(claim, measure, usable, mine, left_out))
        if not measures:
            found.append(_without(claim, mine, left_out))
    return tuple(found)


def _left_out(row: Derived) -> str | None:
    """Why a finding cannot enter any pool, or None."""
    if row.study.study_status in words.BLOCKING_STATUSES:
        return f"study is {row.study.study_status}"
    if row.study.study_status == "superseded":
        return f"superseded by {row.study.superseded_by}"
    if row.finding.metric in words.ASSOCIATION_METRICS:
        return "an association, not an effect"
    if not row.is_effect:
        return "a description, not an effect"
    if not row.is_publishable:
        return f"read at {row.finding.source_level} level only"
    if row.yi is None:
        return "prints no single number"
    if row.finding.estimate_bound in ("at_least", "max"):
        return "a bound, not an estimate"
    if row.vi is None:
        return "prints neither interval nor standard error"
    return None


def _of_measure(
    claim: Claim, measure: str, usable: list[Derived], mine: list[Derived], left_out: dict[str, str | None]
) -> Synthesis:
    members, dependent = independent([row for row in usable if row.measure == measure])
    reasons = {name: why for name, why in left_out.items() if why} | dependent
    reasons |= {
        row.finding.finding_id: f"measured as {row.measure}" for row in usable if row.measure != measure
    }
    lines = tuple(f"{name}: {why}" for name, why in sorted(reasons.items()))
    if len(members) < 2:
        detail = f"one independent sample with an interval ({members[0].finding.finding_id})"
        return Synthesis(claim, measure, members, lines, None, None, "single_study", detail)
    effects = [Effect(row.yi or 0.0, row.vi or 0.0) for row in members]
    pooled = pool(effects)
    start, level, downgrades = _certainty(claim, members, pooled)
    return Synthesis(
        claim, measure, members, lines, pooled, egger(effects), None, None, start, level, downgrades
    )


def independent(rows: Sequence[Derived]) -> tuple[tuple[Derived, ...], dict[str, str]]:
    """One finding per sample: the most precise, then by id; no meta-analysis beside primary studies."""
    primary = [row for row in rows if row.study.design != "meta_analysis"]
    kept: dict[str, Derived] = {}
    dropped: dict[str, str] = {}
    if primary:
        for row in rows:
            if row.study.design == "meta_analysis":
                dropped[row.finding.finding_id] = "a meta-analysis is not pooled with studies it may contain"
    for row in sorted(primary or rows, key=lambda row: (row.vi or math.inf, row.finding.finding_id)):
        group = row.study.sample_group
        if group in kept:
            dropped[row.finding.finding_id] = f"same sample as {kept[group].finding.finding_id}"
        else:
            kept[group] = row
    return tuple(sorted(kept.values(), key=lambda row: row.finding.finding_id)), dropped


def _without(claim: Claim, mine: list[Derived], left_out: dict[str, str | None]) -> Synthesis:
    lines = tuple(f"{name}: {why}" for name, why in sorted(left_out.items()) if why)
    if not mine:
        reason, detail = "no_evidence_found", "no finding has been entered"
    elif all(row.finding.metric in words.DESCRIPTIVE_METRICS for row in mine):
        reason, detail = "not_identifiable", "descriptions have nothing to pool"
    elif not any(row.is_effect for row in mine):
        reason, detail = "not_identifiable", "no finding assigned the exposure"
    elif not any(row.is_publishable for row in mine):
        reason, detail = "pending_review", "no finding has been read at its primary source"
    else:
        reason, detail = "insufficient_sample", "no finding prints a number with its uncertainty"
    return Synthesis(claim, "none", (), lines, None, None, reason, detail)


def _certainty(claim: Claim, members: Sequence[Derived], pooled: Pooled) -> tuple[str, str, tuple[str, ...]]:
    """GRADE: start by design, one level down per reasoned line (Guyatt et al., BMJ 336:924, 2008)."""
    experimental = all(row.study.design in words.EXPERIMENTAL_DESIGNS for row in members)
    start = "high" if experimental else "low"
    lines = [f"{downgrade.domain}: {downgrade.reason}" for downgrade in claim.downgrades]
    if pooled.ci_low < 0 < pooled.ci_high:
        lines.append("imprecision: the interval holds both a benefit and a harm")
    if pooled.i2 >= INCONSISTENT_I2:
        lines.append(f"inconsistency: I2 is {pooled.i2:.0f} %")
    level = words.CERTAINTIES.index(start) + len(lines)
    return start, words.CERTAINTIES[min(level, len(words.CERTAINTIES) - 1)], tuple(lines)
