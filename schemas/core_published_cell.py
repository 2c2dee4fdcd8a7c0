"""One row per cell the previous release published: the frozen mask that keeps a cell from flickering."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class CorePublishedCell(Table):
    """One row per cell the previous release published: the frozen mask that keeps a cell from flickering."""

    metric: str = columns.column("What is estimated")
    level: str = columns.level()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    partner_skill: str = columns.column("The other skill of a pair by slug; empty for a share")
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()

    class Config:
        metadata = keys(
            [
                "metric",
                "level",
                "occupation",
                "skill",
                "partner_skill",
                "source_group",
                "geo",
                "period_start",
                "period_end",
            ],
        )
