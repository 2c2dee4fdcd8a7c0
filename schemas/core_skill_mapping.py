"""One row per taxonomy code of a skill."""

from schemas import columns
from schemas.table import Table, keys


class CoreSkillMapping(Table):
    """One row per taxonomy code of a skill."""

    skill_id: str = columns.skill_id()
    scheme: str = columns.scheme()
    taxonomy_version: str = columns.taxonomy_version()
    code: str = columns.code()
    code_label: str = columns.code_label()
    relation: str = columns.relation()

    class Config:
        metadata = keys(
            ["skill_id", "scheme", "code"],
        )
