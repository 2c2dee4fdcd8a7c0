"""One row per rejected row, emptied field or rejected file, with rule, reason and place."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class MetaQuarantine(Table):
    """One row per rejected row, emptied field or rejected file, with rule, reason and place."""

    snapshot_sha256: str = columns.snapshot_sha256()
    table_name: str = columns.table_name()
    source_id: str = columns.source_id()
    release: str = columns.release()
    file: str = columns.file()
    row_number: int = columns.row_number(lowest=0)
    rule: str = columns.rule()
    quarantine_reason: str = columns.column("What was wrong, in words")
    action: str = columns.column("What was done", isin=vocabulary.QUARANTINE_ACTIONS)
    row_json: str = columns.column("The row as read, as JSON, for replay; never exported", nullable=True)

    class Config:
        metadata = keys(
            ["source_id", "release", "file", "table_name", "row_number", "rule"],
        )
