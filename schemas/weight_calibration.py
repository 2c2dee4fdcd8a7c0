"""One row per family of a headline cell, where calibration is on: its weight after raking to official employment."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightCalibration(Table):
    """One row per family of a headline cell, where calibration is on: its weight after raking to employment."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    family_id: str = columns.family_id()
    calibration_class: str = columns.calibration_class()
    calibrated_weight: float = columns.calibrated_weight()
    calibration_reason: str = columns.calibration_reason()

    class Config:
        metadata = keys(
            ["occupation", "period_start", "period_end", "family_id"],
            weight_or_reason=(
                "(calibrated_weight IS NULL) = (calibration_reason IS NOT NULL)",
                "a missing weight has a reason, a weight has none",
            ),
        )
