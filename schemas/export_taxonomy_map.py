"""One row per occupation or skill and taxonomy code it maps to; one the release lacks says so."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class ExportTaxonomyMap(Table):
    """One row per occupation or skill and taxonomy code it maps to; one the release lacks says so."""

    concept_kind: str = columns.column("Kind of our concept", isin=("occupation", "skill"))
    concept: str = columns.column("Our concept by slug", str_matches=columns.SLUG)
    concept_id: str = columns.column("Our concept, opaque id")
    scheme: str = columns.scheme()
    taxonomy_version: str = columns.taxonomy_version()
    code: str = columns.column("Code, address or name in the taxonomy", nullable=True)
    code_label: str = columns.column("Name of the code in the taxonomy", nullable=True)
    relation: str = columns.column(
        "SKOS relation of our concept to the code", nullable=True, isin=vocabulary.MAP_RELATIONS
    )
    status: str = columns.status()
    reason: str = columns.reason()

    class Config:
        metadata = keys(
            ["concept_kind", "concept", "scheme", "code"],
            reason_unless_ok=(
                "(reason IS NULL) = (status = 'ok')",
                "every status but ok has a reason",
            ),
        )
