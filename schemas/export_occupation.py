"""One row per occupation and period: the roles and the pool of all adverts; counts null where masked."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportOccupation(Table):
    """One row per occupation and period: the roles and the pool of all adverts; counts null where masked."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    occupation_label: str = columns.occupation_label()
    occupation_kind: str = columns.occupation_kind()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_families_headline: int = columns.column(
        "Distinct families behind the headline shares", unit="families", nullable=True, ge=0
    )
    n_employers_headline: int = columns.column(
        "Distinct employers of those families", unit="employers", nullable=True, ge=0
    )
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
            ["occupation", "period_start", "period_end"],
            counted_or_reason=(
                "(n_families_headline IS NULL) = (reason IS NOT NULL)",
                "a missing count has a reason, a count has none",
            ),
        )
