"""One row per share that could be published: its interval and the effective number of families behind it."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightShareInterval(Table):
    """One row per share that could be published: its interval and the effective number of families behind it."""

    share_metric: str = columns.share_metric()
    level: str = columns.level()
    occupation: str = columns.occupation()
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    share_n_effective: float = columns.column(
        "p (1 - p) over the variance between employers, adjusted for its degrees of freedom; the effective "
        "employers where no or all families ask",
        unit="families",
        ge=0,
    )
    share_ci_low: float = columns.column("Lower end of the interval", unit="share", ge=0, le=1)
    share_ci_high: float = columns.column("Upper end of the interval", unit="share", ge=0, le=1)

    is_precise: bool = columns.is_precise()

    class Config:
        metadata = keys(
            [
                "share_metric",
                "level",
                "occupation",
                "skill_id",
                "source_group",
                "geo",
                "period_start",
                "period_end",
            ],
            ends_ordered=("share_ci_low <= share_ci_high", "the lower end lies below the upper"),
        )
