"""One row per relation of an ESCO occupation to a skill in a release."""

from schemas import columns
from schemas.table import Table, keys


class RawEscoOccupationSkill(Table):
    """One row per relation of an ESCO occupation to a skill in a release."""

    snapshot_sha256: str = columns.snapshot_sha256()
    release: str = columns.release()
    occupation_uri: str = columns.column("ESCO occupation")
    skill_uri: str = columns.column("ESCO skill")
    relation_type: str = columns.column("How the occupation needs the skill", isin=("essential", "optional"))

    class Config:
        metadata = keys(
            ["snapshot_sha256", "occupation_uri", "skill_uri", "relation_type"],
        )
