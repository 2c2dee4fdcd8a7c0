"""One row per posting source of the night: the group its postings count in."""

from schemas import columns
from schemas.table import Table, keys


class CoreSourceGroup(Table):
    """One row per posting source of the night: the group its postings count in."""

    source_id: str = columns.source_id()
    source_group: str = columns.source_group()
    comparable: bool = columns.column("Whether `all` pools the group")
    declared: bool = columns.column("Whether config/sources.toml names the source")

    class Config:
        metadata = keys(
            ["source_id"],
        )
