"""One row per role, period and skill of a corpus that spans the market: observed over expected, shrunken."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightSpecificity(Table):
    """One row per role, period and skill of a corpus that spans the market: observed over expected, shrunken."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_expected_families: float = columns.column(
        "Families of the role times the skill's share of all families", unit="families", ge=0
    )
    count_variance_ratio: float = columns.column(
        "Variance of the count less its expectation over a Poisson count's: observed and expected are divided by it",
        unit="ratio",
        gt=0,
    )
    ebgm: float = columns.column("Geometric mean of the posterior of the ratio", unit="ratio", ge=0)
    eb05: float = columns.column("Its 5 % point", unit="ratio", ge=0)
    eb95: float = columns.column("Its 95 % point", unit="ratio", ge=0)
    prior_shape_1: float = columns.column("Shape of the prior's first gamma", unit="ratio", gt=0)
    prior_rate_1: float = columns.column("Rate of the prior's first gamma", unit="ratio", gt=0)
    prior_shape_2: float = columns.column("Shape of the prior's second gamma", unit="ratio", gt=0)
    prior_rate_2: float = columns.column("Rate of the prior's second gamma", unit="ratio", gt=0)
    prior_weight_1: float = columns.column("Weight of the prior's first gamma", unit="share", ge=0, le=1)

    class Config:
        metadata = keys(["occupation", "skill_id", "period_start", "period_end"])
