"""One row per ESCO occupation of a release and language."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class RawEscoOccupation(Table):
    """One row per ESCO occupation of a release and language."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    language_code: str = columns.language_code()
    esco_uri: str = columns.esco_uri()
    isco_code: str = columns.column("ISCO-08 group as text: codes may begin with 0", str_matches=r"^\d{1,4}$")
    esco_code: str = columns.column("ESCO's own code below the ISCO-08 group, as 2512.4", nullable=True)
    preferred_label: str = columns.preferred_label()
    alternative_labels: ListOfText = columns.alternative_labels()
    description: str = columns.description()

    class Config:
        metadata = keys(
            ["snapshot_sha256", "language_code", "esco_uri"],
        )
