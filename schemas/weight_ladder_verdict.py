"""One row per published headline share of a role and seniority level, and what the mask decides of its ladder."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys

VERDICTS = ("ok", "few_effective_employers", "few_at_levels", "level_told", "wide")


class WeightLadderVerdict(Table):
    """One row per published headline share of a role and seniority level, and what the mask decides of its ladder."""

    level: str = columns.level()
    occupation: str = columns.occupation()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    skill_id: str = columns.skill_id()
    verdict: str = columns.column(
        "Why the step (or, where the level is empty, the slope) is shown or withheld", isin=VERDICTS
    )

    class Config:
        metadata = keys(["level", "occupation", "skill_id", "period_start", "period_end"])
