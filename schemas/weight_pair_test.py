"""One row per occupation, period and ordered pair of published skills that families ask for together."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightPairTest(Table):
    """One row per occupation, period and ordered pair of published skills that families ask for together."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    paired_skill_id: str = columns.paired_skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    log_lift_se: float = columns.column(
        "Standard error of the log lift, leaving out one employer at a time", unit="log points", ge=0
    )
    t_quantile: float = columns.column(
        "Student's quantile the interval of the lift uses", unit="standard errors", ge=0
    )
    given_ci_low: float = columns.column(
        "Lower end of the interval of the share of the first skill's families that ask for the other",
        unit="share",
        ge=0,
        le=1,
    )
    given_ci_high: float = columns.column("Its upper end", unit="share", ge=0, le=1)
    is_precise: bool = columns.is_precise()
    pair_df: float = columns.column("Degrees of freedom between employers", unit="employers", ge=1)
    p_value: float = columns.p_value()
    q_value: float = columns.q_value()
    lift_eb05: float = columns.lift_eb05()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "paired_skill_id", "period_start", "period_end"],
            q_not_below_p=("q_value >= p_value", "a false discovery rate is no smaller than its p"),
        )
