"""One row per class of skills with a labelled sample: how the reader errs, and what shares are multiplied with."""

from schemas import columns
from schemas.table import Table, keys


class WeightMeasurementError(Table):
    """One row per class of skills with a labelled sample: how the reader errs, and what shares are multiplied with."""

    skill_class: str = columns.skill_class()
    reading_precision: float = columns.reading_precision()
    reading_precision_ci_low: float = columns.reading_precision_ci_low()
    reading_precision_ci_high: float = columns.reading_precision_ci_high()
    reading_recall: float = columns.reading_recall()
    reading_recall_ci_low: float = columns.reading_recall_ci_low()
    reading_recall_ci_high: float = columns.reading_recall_ci_high()
    correction: float = columns.correction()
    correction_ci_low: float = columns.correction_ci_low()
    correction_ci_high: float = columns.correction_ci_high()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()

    class Config:
        metadata = keys(
            ["skill_class"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            corrected_or_reason=(
                "(correction IS NOT NULL) = (status IN ('ok', 'low_reliability'))",
                "a factor where the status carries one, and only there",
            ),
            correction_inside_interval=(
                "correction_ci_low <= correction AND correction <= correction_ci_high",
                "an interval contains its estimate",
            ),
        )
