"""One row per metric (and level) made of a published headline share, and whether it may be shown."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightPartMask(Table):
    """One row per metric (and level) made of a published headline share, and whether it may be shown."""

    metric: str = columns.metric()
    level: str = columns.level()
    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()

    class Config:
        metadata = keys(
            ["metric", "level", "occupation", "skill_id", "period_start", "period_end"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
        )
