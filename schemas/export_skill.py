"""One row per skill that stands in any exported table."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class ExportSkill(Table):
    """One row per skill that stands in any exported table."""

    skill_id: str = columns.skill_id()
    skill: str = columns.skill()
    skill_label: str = columns.skill_label()
    skill_scheme: str = columns.skill_scheme()
    skill_type: str = columns.skill_type()
    reuse_level: str = columns.reuse_level()
    concept_status: str = columns.column("Whether the id is in use", isin=("active", "deprecated"))
    replaced_by: ListOfText = columns.column("Ids that took over, where deprecated")

    class Config:
        metadata = keys(
            ["skill_id"],
        )
