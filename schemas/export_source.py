"""One row per source the release rests on."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportSource(Table):
    """One row per source the release rests on."""

    source_id: str = columns.source_id()
    source_kind: str = columns.source_kind()
    source_version: str = columns.column("Releases used, joined by a comma and a space")
    licence: str = columns.licence()
    terms_class: str = columns.terms_class()
    attribution_text: str = columns.column("Words to print beside the numbers", str_length={"min_value": 1})
    retrieved_on: Date = columns.retrieved_on()
    n_rows: int = columns.n_rows()
    synthetic: bool = columns.synthetic()

    class Config:
        metadata = keys(
            ["source_id"],
        )
