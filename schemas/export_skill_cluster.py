"""One row per occupation, period and cluster of skills that is stable enough to be shown."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class ExportSkillCluster(Table):
    """One row per occupation, period and cluster of skills that is stable enough to be shown."""

    occupation_id: str = columns.occupation_id()
    occupation: str = columns.occupation()
    cluster_id: str = columns.cluster_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    cluster_label: str = columns.cluster_label()
    n_skills_in_cluster: int = columns.n_skills_in_cluster()
    n_core_skills: int = columns.column("Skills of its core", unit="skills", ge=0)
    stability: float = columns.stability()
    n_resamples: int = columns.n_resamples()
    algorithm: str = columns.column("How it was found")
    seed: int = columns.column("Where the random numbers start", unit="number")
    method_version: str = columns.method_version()
    source_ids: ListOfText = columns.source_ids()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "cluster_id", "period_start", "period_end"],
            core_within_cluster=("n_core_skills <= n_skills_in_cluster", "no more core skills than skills"),
            stable_enough=("stability >= 0.6", "a cluster below 0.6 is not published (Hennig 2007)"),
            has_source=("len(source_ids) > 0", "a number names its sources"),
        )
