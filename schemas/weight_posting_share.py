"""One row per cell and skill: counts behind the share, before any mask."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightPostingShare(Table):
    """One row per cell and skill: counts behind the share, before any mask."""

    occupation: str = columns.occupation()
    source_group: str = columns.source_group()
    geo: str = columns.geo()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    n_numerator: int = columns.n_numerator()
    n_denominator: int = columns.n_denominator()
    n_employers: int = columns.n_employers()
    top_employer_families: int = columns.top_employer_families()
    n_complement_employers: int = columns.n_complement_employers()
    posting_share: float = columns.posting_share()
    jackknife_variance: float = columns.jackknife_variance()
    effective_employers: float = columns.effective_employers()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "source_group", "geo", "period_start", "period_end"],
            numerator_within_denominator=(
                "n_numerator <= n_denominator",
                "no more families with the skill than families",
            ),
        )
