"""One row per occupation, period, cluster of skills and member, before any mask."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class WeightSkillCluster(Table):
    """One row per occupation, period, cluster of skills and member, before any mask."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    cluster_id: str = columns.cluster_id()
    skill_id: str = columns.skill_id()
    member_rank: int = columns.member_rank()
    is_core: bool = columns.is_core()
    membership_share: float = columns.membership_share()
    cluster_label: str = columns.cluster_label()
    stability: float = columns.stability()
    n_skills_in_cluster: int = columns.n_skills_in_cluster()
    n_resamples: int = columns.n_resamples()

    class Config:
        metadata = keys(["occupation", "cluster_id", "skill_id", "period_start", "period_end"])
