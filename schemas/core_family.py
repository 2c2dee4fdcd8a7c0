"""One row per posting: the family of adverts for the same job it belongs to."""

from schemas import columns
from schemas.table import Table, keys


class CoreFamily(Table):
    """One row per posting: the family of adverts for the same job it belongs to."""

    posting_id: str = columns.posting_id()
    family_id: str = columns.family_id()
    family_method: str = columns.column(
        "Rule that put the posting there", isin=("own", "exact_text", "exact_title")
    )
    family_version: str = columns.column("Version of the family rules")

    class Config:
        metadata = keys(
            ["posting_id"],
        )
