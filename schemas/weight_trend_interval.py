"""One row per change on the year before: its interval."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightTrendInterval(Table):
    """One row per change on the year before: its interval."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    change_ci_low: float = columns.change_ci_low()
    change_ci_high: float = columns.change_ci_high()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            ends_ordered=("change_ci_low <= change_ci_high", "the lower end lies below the upper"),
        )
