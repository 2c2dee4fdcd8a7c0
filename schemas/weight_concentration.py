"""One row per role, period and skill: its families of the role among all families that ask for the skill."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightConcentration(Table):
    """One row per role, period and skill: its families of the role among all families that ask for the skill."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    n_complement_employers: int = columns.n_complement_employers()
    effective_employers: float = columns.effective_employers()
    jackknife_variance: float = columns.jackknife_variance()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            numerator_within_denominator=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
        )
