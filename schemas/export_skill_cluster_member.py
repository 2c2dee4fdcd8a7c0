"""One row per occupation, period, published cluster and skill in it."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportSkillClusterMember(Table):
    """One row per occupation, period, published cluster and skill in it."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    cluster_id: str = columns.cluster_id()
    skill_id: str = columns.skill_id()
    skill: str = columns.skill()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    member_rank: int = columns.member_rank()
    is_core: bool = columns.is_core()
    membership_share: float = columns.membership_share()

    class Config:
        metadata = keys(["occupation", "cluster_id", "skill", "period_start", "period_end"])
