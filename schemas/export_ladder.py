"""One row per occupation, skill, period and seniority level: the share at that step of the ladder."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import ListOfText, Table, keys


class ExportLadder(Table):
    """One row per occupation, skill, period and seniority level: the share at that step of the ladder."""

    occupation_id: str = columns.occupation_id()
    skill_id: str = columns.skill_id()
    occupation: str = columns.occupation()
    skill: str = columns.skill()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    ladder_level: str = columns.column("Seniority, lowest first", isin=vocabulary.LADDER_LEVELS)
    level_share: float = columns.column(
        "Share of the level's families that ask for the skill", unit="share", nullable=True, ge=0, le=1
    )
    level_share_ci_low: float = columns.column(
        "Lower end of its interval", unit="share", nullable=True, ge=0, le=1
    )
    level_share_ci_high: float = columns.column(
        "Upper end of its interval", unit="share", nullable=True, ge=0, le=1
    )
    level_n: int = columns.column(
        "Families of the level that ask for the skill", unit="families", nullable=True, ge=0
    )
    level_n_denominator: int = columns.column("Families of the level", unit="families", nullable=True, ge=0)
    level_n_effective: float = columns.column(
        "Independent observations the interval rests on", unit="families", nullable=True, ge=0
    )
    level_lift: float = columns.column(
        "Share of the level over the share of the occupation", unit="ratio", nullable=True, ge=0
    )
    ci_level: float = columns.ci_level()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    method_version: str = columns.method_version()
    source_ids: ListOfText = columns.source_ids()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["occupation", "skill", "period_start", "period_end", "ladder_level"],
            number_or_reason=(
                "(level_share IS NULL) = (status NOT IN ('ok', 'low_reliability'))",
                "a number is never beside a status that has none, nor missing beside one that has",
            ),
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            value_inside_interval=(
                "level_share_ci_low <= level_share AND level_share <= level_share_ci_high",
                "an interval contains its estimate",
            ),
            suppressed_tells_nothing=(
                "level_share IS NOT NULL OR (level_n IS NULL AND level_n_denominator IS NULL "
                "AND level_n_effective IS NULL AND level_share_ci_low IS NULL AND level_lift IS NULL)",
                "a row without a share carries no count and no interval",
            ),
        )
