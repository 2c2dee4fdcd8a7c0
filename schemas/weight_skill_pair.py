"""One row per occupation, period and ordered pair of skills: counts before any mask."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightSkillPair(Table):
    """One row per occupation, period and ordered pair of skills: counts before any mask."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    paired_skill_id: str = columns.paired_skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    n_both: int = columns.n_both()
    n_skill: int = columns.n_skill()
    n_paired: int = columns.n_paired()
    n_families: int = columns.n_families()
    n_employers_both: int = columns.column(
        "Employers asking for both; this and the next three columns are null where the counts of the two skills "
        "alone tell that there are enough, or that too few families ask",
        unit="employers",
        nullable=True,
        ge=0,
    )
    top_employer_families_both: int = columns.column(
        "Families with both of the employer that has most; null as the column before",
        unit="families",
        nullable=True,
        ge=0,
    )
    n_employers_skill_only: int = columns.column(
        "Employers with a family asking for the skill without the other; null as the column before",
        unit="employers",
        nullable=True,
        ge=0,
    )
    n_employers_paired_only: int = columns.column(
        "Employers with a family asking for the other skill without the first; null as the column before",
        unit="employers",
        nullable=True,
        ge=0,
    )
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "paired_skill_id", "period_start", "period_end"],
            both_within_each=(
                "n_both <= n_skill AND n_both <= n_paired",
                "no more families with both than with one",
            ),
        )
