"""One row per run of repeats that joins an earlier one of its family."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class CoreFamilyMerge(Table):
    """One row per run of repeats that joins an earlier one of its family."""

    spell_id: str = columns.spell_id()
    family_id: str = columns.family_id()
    joined_spell_id: str = columns.column("Run it was confirmed against", str_matches=columns.FAMILY_ID)
    family_method: str = columns.family_method(vocabulary.NEAR_METHODS)
    family_score: float = columns.family_score(nullable=False)
    family_version: str = columns.family_version()

    class Config:
        metadata = keys(
            ["spell_id"],
            joins_another=("spell_id <> joined_spell_id", "a run joins another, never itself"),
            family_is_earlier=("spell_id <> family_id", "the first run of a family joins none"),
        )
