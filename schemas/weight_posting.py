"""One row per family, role and cell it counts in: weight 1 each."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightPosting(Table):
    """One row per family, role and cell it counts in: weight 1 each."""

    family_id: str = columns.family_id()
    occupation: str = columns.occupation()
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    employer_key: str = columns.employer_key()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["family_id", "occupation", "source_group", "geo", "period_start", "period_end"],
        )
