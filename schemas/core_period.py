"""One row per period the night estimates."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class CorePeriod(Table):
    """One row per period the night estimates."""

    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    is_default: bool = columns.column("The twelve months before as_of")

    class Config:
        metadata = keys(
            ["period_start", "period_end"],
            period_is_ordered=(
                "period_start <= period_end",
                "a period ends on or after the day it starts",
            ),
        )
