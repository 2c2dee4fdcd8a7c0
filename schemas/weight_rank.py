"""One row per occupation, period and skill with a published share: its rank among them."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightRank(Table):
    """One row per occupation, period and skill with a published share: its rank among them."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    share_rank: int = columns.column(
        "Rank of the share, 1 the largest; equal shares have the better", unit="rank", ge=1
    )
    rank_low: int = columns.column("Best rank the joint confidence set holds", unit="rank", ge=1)
    rank_high: int = columns.column("Worst rank the joint confidence set holds", unit="rank", ge=1)
    n_ranked: int = columns.column("Published shares of the occupation", unit="skills", ge=1)
    rank_df: float = columns.column("Degrees of freedom between employers", unit="employers", ge=1)
    rank_critical: float = columns.column(
        "Errors a difference of two shares must exceed to be sure, all pairs at once",
        unit="ratio",
        ge=0,
        nullable=True,
    )
    above_skill_id: str = columns.column("Of the skills surely above the one least surely so", nullable=True)
    above_error: float = columns.column(
        "Standard error of its share less this one", unit="share", gt=0, nullable=True
    )
    below_skill_id: str = columns.column("Of the skills surely below the one least surely so", nullable=True)
    below_error: float = columns.column(
        "Standard error of this share less its", unit="share", gt=0, nullable=True
    )

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            rank_inside_interval=(
                "rank_low <= share_rank AND share_rank <= rank_high",
                "an interval contains its estimate",
            ),
            ranks_end_at_n=("rank_high <= n_ranked", "no rank is worse than the number of skills ranked"),
        )
