"""One row per role, skill and period with a rating to quote, or a shown share without: importance by O*NET's survey."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class WeightSurveyImportance(Table):
    """One row per role, skill and period with a rating to quote, or a shown share without: importance by survey."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    survey_scope: str = columns.column("What was rated, on which scale and in which release, in words")
    survey_importance: float = columns.column(
        "Mean importance, 1 to 5, as published", unit="scale points", nullable=True, ge=1, le=5
    )
    n_raters: int = columns.n_raters()
    rating_ci_low: float = columns.rating_ci_low()
    rating_ci_high: float = columns.rating_ci_high()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            rated_or_reason=(
                "(survey_importance IS NOT NULL) = (status IN ('ok', 'low_reliability'))",
                "a number where the status carries one, and only there",
            ),
        )
