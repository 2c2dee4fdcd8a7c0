"""One row per occupation a posting can be coded to."""

from schemas import columns
from schemas.table import Table, keys


class CoreOccupation(Table):
    """One row per occupation a posting can be coded to."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    occupation_label: str = columns.occupation_label()
    occupation_kind: str = columns.occupation_kind()

    class Config:
        metadata = keys(
            ["occupation_id"],
        )
