"""One row per shown headline share: beside it, what it would be if corrected or calibrated."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportShareSensitivity(Table):
    """One row per shown headline share: beside it, what it would be if corrected or calibrated."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.skill_id()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    raw_share: float = columns.raw_share()
    raw_share_ci_low: float = columns.raw_share_ci_low()
    raw_share_ci_high: float = columns.raw_share_ci_high()
    skill_class: str = columns.skill_class()
    corrected_share: float = columns.corrected_share()
    corrected_ci_low: float = columns.corrected_ci_low()
    corrected_ci_high: float = columns.corrected_ci_high()
    corrected_status: str = columns.corrected_status()
    corrected_reason: str = columns.corrected_reason()
    calibrated_share: float = columns.calibrated_share()
    calibrated_n_effective: float = columns.calibrated_n_effective()
    design_effect_of_weights: float = columns.design_effect_of_weights()
    calibrated_status: str = columns.calibrated_status()
    calibrated_reason: str = columns.calibrated_reason()
    calibrated_reason_detail: str = columns.calibrated_reason_detail()
    ci_level: float = columns.ci_level()
    method_version: str = columns.method_version()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "skill", "period_start", "period_end"],
            corrected_or_reason=(
                "(corrected_share IS NOT NULL) = (corrected_status IN ('ok', 'low_reliability'))",
                "a number where the status carries one, and only there",
            ),
            calibrated_or_reason=(
                "(calibrated_share IS NOT NULL) = (calibrated_status = 'ok') "
                "AND (calibrated_reason IS NULL) = (calibrated_status = 'ok')",
                "a number where the status carries one, else a reason",
            ),
            detail_of_no_source=(
                "(calibrated_reason_detail IS NOT NULL) = (coalesce(calibrated_reason, '') = 'no_source')",
                "no_source says which source is missing",
            ),
            corrected_reason_unless_ok=(
                "(corrected_reason IS NULL) = (corrected_status = 'ok')",
                "every status but ok has a reason",
            ),
        )
