"""One row per occupation, skill and period: the headline share, wide; a view of metric_value."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import Table, keys


class ExportOccupationSkill(Table):
    """One row per occupation, skill and period: the headline share, wide; a view of metric_value."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.skill_id()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    occupation_label: str = columns.occupation_label()
    skill_label: str = columns.skill_label()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    posting_share: float = columns.posting_share()
    posting_share_ci_low: float = columns.posting_share_ci_low()
    posting_share_ci_high: float = columns.posting_share_ci_high()
    posting_share_n: int = columns.column(
        "Families that ask for the skill", unit="families", nullable=True, ge=0
    )
    posting_share_n_denominator: int = columns.column(
        "Families of the occupation", unit="families", nullable=True, ge=0
    )
    posting_share_status: str = columns.column(
        "What a reader may do with the share", isin=vocabulary.STATUSES
    )
    posting_share_reason: str = columns.column(
        "Why there is no plain share", nullable=True, isin=vocabulary.REASONS
    )
    as_of: Date = columns.as_of()
    method_version: str = columns.method_version()

    class Config:
        metadata = keys(
            ["occupation", "skill", "period_start", "period_end"],
        )
