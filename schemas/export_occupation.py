"""One row per occupation: roles, the pool of all of them, and the rest."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportOccupation(Table):
    """One row per occupation: roles, the pool of all of them, and the rest."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    occupation_label: str = columns.occupation_label()
    occupation_kind: str = columns.occupation_kind()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_families: int = columns.n_families()
    n_employers: int = columns.n_employers()
    n_families_several_roles: int = columns.column(
        "Families naming this role among others, kept out of the headline",
        unit="families",
        ge=0,
        nullable=True,
    )
    n_skills_published: int = columns.column("Skills with a published posting share", unit="skills", ge=0)
    status: str = columns.status()
    reason: str = columns.reason()

    class Config:
        metadata = keys(
            ["occupation_id"],
        )
