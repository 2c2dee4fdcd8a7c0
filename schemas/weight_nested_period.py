"""One row per period that lies inside another, and which of the two gives way."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightNestedPeriod(Table):
    """One row per period that lies inside another, and which of the two gives way."""

    whole_start: Date = columns.column("First day of the longer period", unit="date")
    whole_end: Date = columns.column("Last day of the longer period", unit="date")
    within_start: Date = columns.column("First day of the shorter period", unit="date")
    within_end: Date = columns.column("Last day of the shorter period", unit="date")
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()

    class Config:
        metadata = keys(
            ["whole_start", "whole_end", "within_start", "within_end"],
            lies_inside=(
                "whole_start <= within_start AND within_end <= whole_end",
                "the shorter period lies inside the longer one",
            ),
        )
