"""One row per occupation, source group, geography and period: the bases of all shares."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightOccupation(Table):
    """One row per occupation, source group, geography and period: the bases of all shares."""

    occupation: str = columns.occupation()
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_families: int = columns.n_families()
    n_employers: int = columns.n_employers()
    effective_employers: float = columns.effective_employers()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "source_group", "geo", "period_start", "period_end"],
        )
