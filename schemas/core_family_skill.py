"""One row per family and skill it asks for: counting is per family, never per mention."""

from schemas import columns
from schemas.table import Table, keys


class CoreFamilySkill(Table):
    """One row per family and skill it asks for: counting is per family, never per mention."""

    family_id: str = columns.family_id()
    skill_id: str = columns.skill_id()

    class Config:
        metadata = keys(["family_id", "skill_id"])
