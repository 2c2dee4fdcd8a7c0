"""One row per taxonomy code of a role, as reviewed in config/occupations.csv."""

from schemas import columns
from schemas.table import Table, keys


class CoreOccupationMapping(Table):
    """One row per taxonomy code of a role, as reviewed in config/occupations.csv."""

    occupation_id: str = columns.occupation_id()
    scheme: str = columns.scheme()
    taxonomy_version: str = columns.taxonomy_version()
    code: str = columns.code()
    code_label: str = columns.code_label()
    relation: str = columns.relation()
    found: bool = columns.column("Whether the loaded release of the taxonomy holds the code")

    class Config:
        metadata = keys(
            ["occupation_id", "scheme", "code"],
        )
