"""One row per role, period and skill with a shown ladder: how its share changes from step to step."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightLadder(Table):
    """One row per role, period and skill with a shown ladder: how its share changes from step to step."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    slope: float = columns.column(
        "Change of the share for one step up, over the shown steps", unit="share_change"
    )
    slope_variance: float = columns.column(
        "Its variance, clustered by employer", unit="share squared", nullable=True, ge=0
    )
    slope_df: float = columns.column("Degrees of freedom: max(1, K - 1)", unit="degrees of freedom", ge=0)
    slope_ci_low: float = columns.column("Lower end of its interval", unit="share_change", ge=-1, le=1)
    slope_ci_high: float = columns.column("Upper end of its interval", unit="share_change", ge=-1, le=1)

    class Config:
        metadata = keys(["occupation", "skill_id", "period_start", "period_end"])
