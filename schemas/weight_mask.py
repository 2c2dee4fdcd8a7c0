"""One row per share or pair that could be published, and whether it may: the mask of all renderings."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightMask(Table):
    """One row per share or pair that could be published, and whether it may: the mask of all renderings."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    partner_skill_id: str = columns.column("The other skill of a pair, opaque id; empty for a share")
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()

    class Config:
        metadata = keys(
            [
                "occupation",
                "skill_id",
                "partner_skill_id",
                "source_group",
                "geo",
                "period_start",
                "period_end",
            ],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
        )
