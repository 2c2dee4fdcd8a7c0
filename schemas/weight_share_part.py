"""One row per role, period, skill and part of its headline share: how families ask, and at which level."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightSharePart(Table):
    """One row per role, period, skill and part of its headline share: how families ask, and at which level."""

    share_metric: str = columns.share_metric()
    level: str = columns.level()
    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    n_complement_employers: int = columns.n_complement_employers()
    n_other_employers: int = columns.column(
        "Employers that ask for the skill, but not in this way or at this level", unit="employers", ge=0
    )
    effective_employers: float = columns.effective_employers()
    jackknife_variance: float = columns.jackknife_variance()

    class Config:
        metadata = keys(
            ["share_metric", "level", "occupation", "skill_id", "period_start", "period_end"],
            numerator_within_denominator=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
            level_of_a_ladder=(
                "(share_metric = 'ladder') = (level <> '')",
                "a ladder's rows have a level, the others none",
            ),
        )
