"""One row per family, or role's part of one, and skill it asks for: counted per family, never per mention."""

from schemas import columns
from schemas.table import Table, keys


class CoreFamilySkill(Table):
    """One row per family, or role's part of one, and skill it asks for: counted per family, never per mention."""

    family_id: str = columns.family_id()
    skill_id: str = columns.skill_id()
    requirement: str = columns.requirement()

    class Config:
        metadata = keys(["family_id", "skill_id"])
