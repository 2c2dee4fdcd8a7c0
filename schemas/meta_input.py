"""One row per file offered to the night, used or not."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import Table, keys


class MetaInput(Table):
    """One row per file offered to the night, used or not."""

    snapshot_sha256: str = columns.snapshot_sha256()
    source_id: str = columns.source_id()
    source_kind: str = columns.source_kind()
    release: str = columns.release()
    file: str = columns.file()
    bytes: int = columns.column("Size of the file", unit="bytes", ge=0)
    licence: str = columns.licence()
    terms_class: str = columns.terms_class()
    retrieved_on: Date = columns.retrieved_on()
    synthetic: bool = columns.synthetic()
    load_state: str = columns.column("What became of the file", isin=vocabulary.LOAD_STATES)
    load_detail: str = columns.column("Why, in words", nullable=True)
    release_rank: int = columns.column(
        "Place of the release among those of its source and kind tonight, oldest first", unit="rank", ge=1
    )
    n_rows: int = columns.n_rows()

    class Config:
        metadata = keys(
            ["source_id", "source_kind", "release", "file"],
        )
