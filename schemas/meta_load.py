"""One row per file loaded: a partition of a raw table, replaced whole."""

from schemas import columns
from schemas.table import Table, keys


class MetaLoad(Table):
    """One row per file loaded: a partition of a raw table, replaced whole."""

    load_key: str = columns.column(
        "Hash of file, manifest and loader code: unchanged means not done again",
        str_matches=columns.SHA256,
    )
    table_name: str = columns.table_name()
    snapshot_sha256: str = columns.snapshot_sha256()
    source_id: str = columns.source_id()
    release: str = columns.release()
    file: str = columns.file()
    n_rows_in: int = columns.column("Rows read", unit="rows", ge=0)
    n_rows_out: int = columns.column("Rows loaded", unit="rows", ge=0)
    n_rows_rejected: int = columns.column("Rows put in quarantine", unit="rows", ge=0)
    counts_json: str = columns.column("How often each rule changed or emptied a field, as JSON")
    run_id: str = columns.run_id()

    class Config:
        metadata = keys(
            ["load_key", "table_name"],
            rows_balance=(
                "n_rows_in = n_rows_out + n_rows_rejected",
                "rows read are loaded or rejected",
            ),
        )
