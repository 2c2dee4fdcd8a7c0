"""One row per shown share above zero, where calibration is on: the share under the weights, or why it has none."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightCalibratedShare(Table):
    """One row per shown share above zero, where calibration is on: the share under the weights, or why it has none."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    calibrated_share: float = columns.calibrated_share()
    calibrated_n_effective: float = columns.calibrated_n_effective()
    design_effect_of_weights: float = columns.design_effect_of_weights()
    calibrated_status: str = columns.calibrated_status()
    calibrated_reason: str = columns.calibrated_reason()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            calibrated_or_reason=(
                "(calibrated_share IS NOT NULL) = (calibrated_status = 'ok') "
                "AND (calibrated_reason IS NULL) = (calibrated_status = 'ok')",
                "a number where the status carries one, else a reason",
            ),
        )
