"""One row per shown headline share: the share corrected for misreading, or why it can't be."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightCorrectedShare(Table):
    """One row per shown headline share: the share corrected for misreading, or why it can't be."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    skill_class: str = columns.skill_class()
    corrected_share: float = columns.corrected_share()
    corrected_ci_low: float = columns.corrected_ci_low()
    corrected_ci_high: float = columns.corrected_ci_high()
    corrected_status: str = columns.corrected_status()
    corrected_reason: str = columns.corrected_reason()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            corrected_or_reason=(
                "(corrected_share IS NOT NULL) = (corrected_status IN ('ok', 'low_reliability'))",
                "a number where the status carries one, and only there",
            ),
            corrected_inside_interval=(
                "corrected_ci_low <= corrected_share AND corrected_share <= corrected_ci_high",
                "an interval contains its estimate",
            ),
        )
