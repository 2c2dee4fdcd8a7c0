"""One row per role, period of a year at most and skill: its share against the year before, on matched sources."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightTrend(Table):
    """One row per role, period of a year at most and skill: its share against the year before, on matched sources."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    n_complement_employers: int = columns.n_complement_employers()
    n_base_employers: int = columns.column("Employers of the matched cell", unit="employers", ge=0)
    n_numerator_before: int = columns.column(
        "Families that asked for it the year before", unit="families", ge=0
    )
    n_denominator_before: int = columns.column("Families of the year before", unit="families", ge=0)
    n_employers_before: int = columns.column(
        "Employers that asked for it the year before", unit="employers", ge=0
    )
    top_employer_families_before: int = columns.column(
        "Families of the largest of them", unit="families", ge=0
    )
    n_complement_employers_before: int = columns.column(
        "Employers without the skill the year before", unit="employers", ge=0
    )
    n_base_employers_before: int = columns.column(
        "Employers of the matched cell the year before", unit="employers", ge=0
    )
    n_unmatched: int = columns.column(
        "Families of the cell in sources that were not there the year before", unit="families", ge=0
    )
    n_unmatched_asking: int = columns.column("Those of them that ask", unit="families", ge=0)
    n_unmatched_before: int = columns.column(
        "Families of the year before in sources that are no more there", unit="families", ge=0
    )
    n_unmatched_asking_before: int = columns.column("Those of them that asked", unit="families", ge=0)
    share_change: float = columns.column(
        "Share less the share of the year before", unit="share_change", nullable=True
    )
    change_variance: float = columns.column(
        "Its variance: delete-one-employer jackknife, with the covariance of employers present in both years",
        unit="share squared",
        nullable=True,
        ge=0,
    )
    change_df: float = columns.column(
        "Degrees of freedom of the change (Satterthwaite)", unit="degrees of freedom", ge=0
    )
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(["occupation", "skill_id", "period_start", "period_end"])
