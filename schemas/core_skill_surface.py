"""One row per written form of a skill in a language: the lexicons."""

from schemas import columns
from schemas.table import Table, keys


class CoreSkillSurface(Table):
    """One row per written form of a skill in a language: the lexicons."""

    language_code: str = columns.language_code()
    surface: str = columns.surface()
    skill_id: str = columns.skill_id()
    surface_label: str = columns.column("The form as its source writes it, for rules on exact case")
    surface_kind: str = columns.column(
        "Where the form comes from", isin=("alias", "preferred", "alternative")
    )
    evidence: str = columns.column(
        "What config/ambiguous_terms.csv asks before the form counts; `none` asks nothing"
    )

    class Config:
        metadata = keys(
            ["language_code", "surface"],
        )
