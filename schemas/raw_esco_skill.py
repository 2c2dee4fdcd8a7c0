"""One row per ESCO skill of a release and language."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class RawEscoSkill(Table):
    """One row per ESCO skill of a release and language."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    language_code: str = columns.language_code()
    esco_uri: str = columns.esco_uri()
    skill_type: str = columns.skill_type()
    reuse_level: str = columns.reuse_level()
    preferred_label: str = columns.preferred_label()
    alternative_labels: ListOfText = columns.alternative_labels()
    hidden_labels: ListOfText = columns.column("Hidden labels (misspellings and variants) in the language")

    class Config:
        metadata = keys(
            ["snapshot_sha256", "language_code", "esco_uri"],
        )
