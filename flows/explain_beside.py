"""What stands beside a share, with the numbers put in: corrected for misreading, weighted to employment, scored."""

from typing import Any

from warehouse.connection import Warehouse

CORRECTED = """
    SELECT share_sensitivity.*, error.* EXCLUDE (skill_class, status, reason, reason_detail), error.reason_detail
    FROM export_share_sensitivity AS share_sensitivity
    LEFT JOIN export_measurement_error AS error USING (skill_class)
    WHERE occupation = $occupation AND skill = $skill AND period_start = $period_start AND period_end = $period_end
"""


CALIBRATED = """
    SELECT share_sensitivity.*
    FROM export_share_sensitivity AS share_sensitivity
    SEMI JOIN weight_calibration USING (occupation, period_start, period_end)
    WHERE occupation = $occupation AND skill = $skill AND period_start = $period_start AND period_end = $period_end
"""
SCORE = """
    SELECT * FROM export_importance_score
    WHERE occupation = $occupation AND skill = $skill AND period_start = $period_start AND period_end = $period_end
"""


def beside_lines(warehouse: Warehouse, row: dict[str, Any]) -> list[str]:
    """Lines on what stands beside a shown headline share; none where the share is withheld."""
    return [
        *_corrected_lines(warehouse, row),
        *_calibrated_lines(warehouse, row),
        *_score_lines(warehouse, row),
    ]


def _score_lines(warehouse: Warehouse, row: dict[str, Any]) -> list[str]:
    lines = []
    for found in warehouse.arrow(SCORE, row).to_pylist():
        parts = ", ".join(found["score_parts"])
        if found["importance_score"] is None:
            lines.append(f"importance score: no number   reason {found['reason']}: only {parts} is shown")
            continue
        lines += [
            f"importance score: {found['importance_score']:.6f} of 100 (sensitivity band "
            f"{found['sensitivity_low']:.6f} to {found['sensitivity_high']:.6f} over random weightings)",
            f"  = 100 x weighted mean of {parts}; weights and scales: [importance_score] of config/method.toml",
        ]
    return lines


def _corrected_lines(warehouse: Warehouse, row: dict[str, Any]) -> list[str]:
    lines = []
    for found in warehouse.arrow(CORRECTED, row).to_pylist():
        if found["corrected_share"] is None:
            detail = (
                found["reason_detail"]
                or f"no labelled sample of class {found['skill_class']} fits this share"
            )
            lines.append(
                f"corrected share: no number   status {found['corrected_status']}, reason "
                f"{found['corrected_reason']}: {detail}"
            )
            continue
        lines += [
            f"corrected share: {found['corrected_share']:.6f} (interval {found['corrected_ci_low']:.6f} to "
            f"{found['corrected_ci_high']:.6f})   status {found['corrected_status']}",
            f"  = {found['raw_share']:.6f} x {found['correction']:.6f}; sample {found['sample']} of class "
            f"{found['skill_class']}: {found['n_read_true']}/{found['n_read_judged']} of what is read asks, and "
            f"{found['n_unread_true']}/{found['n_unread_judged']} of the rest, times {found['n_unread']}/"
            f"{found['n_read']}",
        ]
    return lines


def _calibrated_lines(warehouse: Warehouse, row: dict[str, Any]) -> list[str]:
    """Nothing where calibration is off, as it is unless asked for."""
    lines = []
    for found in warehouse.arrow(CALIBRATED, row).to_pylist():
        if found["calibrated_share"] is None:
            lines.append(
                f"calibrated share: no number   status {found['calibrated_status']}, reason "
                f"{found['calibrated_reason']}"
            )
            continue
        lines += [
            f"calibrated share: {found['calibrated_share']:.6f}   beside a raw {found['raw_share']:.6f}",
            "  = weights of families that ask / weights of all; design effect "
            f"{found['design_effect_of_weights']:.6f}, effective n {found['calibrated_n_effective']:.6f} (Kish); "
            "weights: [calibration] of config/method.toml",
        ]
    return lines
