"""One row per shown share above zero and kind of label: the label by a published rule, or why there is none."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import ListOfText, Table, keys


class WeightLabel(Table):
    """One row per shown share above zero and kind of label: the label by a published rule, or why there is none."""

    occupation: str = columns.occupation()
    skill_id: str = columns.skill_id()
    period_start: Date = columns.period_start()
    period_end: Date = columns.period_end()
    label_kind: str = columns.column("Kind of label", isin=vocabulary.LABEL_METRICS)
    label: str = columns.column("The estimate where it is a category", nullable=True)
    label_rule: str = columns.label_rule(nullable=True)
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    source_ids: ListOfText = columns.source_ids()

    class Config:
        metadata = keys(
            ["occupation", "skill_id", "period_start", "period_end", "label_kind"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            label_has_rule=(
                "(label IS NULL) = (label_rule IS NULL) AND (label IS NULL) = (status <> 'ok')",
                "a label where the status is ok, with its rule",
            ),
        )
