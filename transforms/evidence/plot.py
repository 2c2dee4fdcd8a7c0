"""A forest plot for every claim and measure that has at least one sample with an interval."""

import re
from collections.abc import Sequence

from transforms.evidence.derive import Derived
from transforms.evidence.effect import Effect
from transforms.evidence.forest import ForestMean, ForestRow, forest_svg
from transforms.evidence.synthesis import Synthesis

LOG_MEASURES = ("log_rr", "log_or", "log_ratio_of_means")

AXIS_LABELS = {
    "log_rr": "Ratio of rates, log scale",
    "log_or": "Ratio of odds, log scale",
    "log_ratio_of_means": "Ratio of means, log scale",
    "rd": "Difference of rates",
    "smd": "Standardised mean difference",
}


def forest_plots(syntheses: Sequence[Synthesis], derived: Sequence[Derived]) -> dict[str, str]:
    """SVG documents by file name ``<claim>.<measure>.svg``; none for a claim without any interval."""
    return {
        f"{synthesis.claim.claim}.{synthesis.measure}.svg": _plot(synthesis, derived)
        for synthesis in syntheses
        if synthesis.members
    }


def _plot(synthesis: Synthesis, derived: Sequence[Derived]) -> str:
    weights: dict[str, float | None] = {row.finding.finding_id: None for row in synthesis.members}
    mean = None
    if synthesis.pooled:
        pooled = synthesis.pooled
        weights = {
            row.finding.finding_id: weight
            for row, weight in zip(synthesis.members, pooled.weights, strict=True)
        }
        mean = ForestMean(
            pooled.mu, pooled.ci_low, pooled.ci_high, pooled.prediction_low, pooled.prediction_high
        )
    others = [
        row
        for row in derived
        if row.finding.claim == synthesis.claim.claim
        and row.measure == synthesis.measure
        and row.is_publishable
        and row.effect is not None
        and row.finding.finding_id not in weights
    ]
    rows = [_row(row, weights[row.finding.finding_id]) for row in synthesis.members]
    rows += [_row(row, None) for row in others]
    return forest_svg(
        synthesis.claim.claim_label,
        rows,
        mean,
        is_log=synthesis.measure in LOG_MEASURES,
        axis_label=AXIS_LABELS[synthesis.measure],
        footer=_footer(synthesis, rows, [*synthesis.members, *others]),
    )


def _row(row: Derived, weight: float | None) -> ForestRow:
    effect = row.effect or Effect(0.0, 1.0)
    low, high = effect.interval()
    mark = " *" if row.study.vendor_disclosure else ""
    first = re.split(r",| &| et al", row.study.authors)[0]
    label = f"{first} {row.study.year} ({row.finding.finding_id}){mark}"
    return ForestRow(label, effect.yi, low, high, weight)


def _footer(synthesis: Synthesis, rows: Sequence[ForestRow], members: Sequence[Derived]) -> list[str]:
    claim = synthesis.claim
    lines = [f"{claim.exposure} against {claim.comparison}; outcome: {claim.outcome}."]
    if synthesis.pooled:
        pooled = synthesis.pooled
        lines.append(
            f"Random effects (REML), Hartung-Knapp interval with max(1, q); k = {pooled.k}, "
            f"tau2 = {pooled.tau2:.3g}, I2 = {pooled.i2:.0f} %. Certainty: {synthesis.certainty}."
        )
    else:
        lines.append(f"Not pooled: {synthesis.reason_detail}.")
    if any(row.weight is None for row in rows) and synthesis.pooled:
        lines.append("Hollow squares: same sample as another row, not pooled.")
    disclosures = {
        f"* {row.study.study_id}: {row.study.vendor_disclosure}"
        for row in members
        if row.study.vendor_disclosure
    }
    return lines + sorted(disclosures)
