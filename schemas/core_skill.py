"""One row per skill that can be read in a posting."""

from schemas import columns
from schemas.table import Table, keys


class CoreSkill(Table):
    """One row per skill that can be read in a posting."""

    skill_id: str = columns.skill_id()
    skill: str = columns.skill()
    skill_label: str = columns.skill_label()
    skill_scheme: str = columns.skill_scheme()
    scheme_code: str = columns.column("Slug, ESCO address or O*NET name the id was minted from")
    skill_type: str = columns.skill_type()
    reuse_level: str = columns.reuse_level()

    class Config:
        metadata = keys(
            ["skill_id"],
        )
