"""One row per role, period and skill with a frequent share: its slope over the steps of seniority."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightLadder(Table):
    """One row per role, period and skill with a frequent share: its slope over the steps of seniority."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    n_complement_employers: int = columns.n_complement_employers()
    n_steps_asking: int = columns.column("Sum of the steps of the families that ask", unit="steps", ge=0)
    n_steps: int = columns.column("Sum of the steps of all families", unit="steps", ge=0)
    n_squared_steps: int = columns.column("Sum of their squared steps", unit="steps squared", ge=0)
    slope: float = columns.column(
        "Change of the share for one step up (entry 0, mid 1, senior 2, lead 3)", unit="share_change"
    )
    slope_variance: float = columns.column(
        "Its delete-one-employer jackknife variance", unit="share squared", nullable=True, ge=0
    )
    slope_df: float = columns.column("Degrees of freedom: max(1, K - 1)", unit="degrees of freedom", ge=0)
    slope_half_width: float = columns.column(
        "Half the width of its interval, not yet rounded up; 2 without a variance", unit="share_change", ge=0
    )
    slope_ci_low: float = columns.column(
        "Lower end of its interval, half the width rounded up", unit="share_change", ge=-1, le=1
    )
    slope_ci_high: float = columns.column(
        "Upper end of its interval, half the width rounded up", unit="share_change", ge=-1, le=1
    )

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            numerator_within_denominator=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
        )
