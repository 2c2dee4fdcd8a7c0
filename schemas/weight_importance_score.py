"""One row per shown share above zero, where the score is on: parts weighed together, with a sensitivity band."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightImportanceScore(Table):
    """One row per shown share above zero, where the score is on: parts weighed together, with a sensitivity band."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    importance_score: float = columns.importance_score()
    sensitivity_low: float = columns.sensitivity_low()
    sensitivity_high: float = columns.sensitivity_high()
    score_parts: ListOfText = columns.score_parts()
    n_score_parts: int = columns.n_score_parts()
    status: str = columns.status()
    reason: str = columns.reason()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            scored_or_reason=(
                "(importance_score IS NOT NULL) = (status = 'ok') AND (reason IS NULL) = (status = 'ok')",
                "a score where the status is ok, else a reason",
            ),
            band_ordered=("sensitivity_low <= sensitivity_high", "the lower end lies below the upper"),
            two_parts_at_least=(
                "importance_score IS NULL OR n_score_parts >= 2",
                "one part alone is no score: it is the part",
            ),
        )
