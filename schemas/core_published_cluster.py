"""One row per cluster the previous release published and its member: what keeps cluster ids from changing."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class CorePublishedCluster(Table):
    """One row per cluster the previous release published and its member: what keeps cluster ids from changing."""

    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    cluster_id: str = columns.cluster_id()
    skill: str = columns.skill()

    class Config:
        metadata = keys(["occupation", "cluster_id", "skill", "period_start", "period_end"])
