"""One row per class of skills with a labelled sample: what judges found, how the reader errs, what follows."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class ExportMeasurementError(Table):
    """One row per class of skills with a labelled sample: what judges found, how the reader errs, what follows."""

    skill_class: str = columns.skill_class()
    sample: str = columns.sample()
    reading_precision: float = columns.reading_precision()
    reading_precision_ci_low: float = columns.reading_precision_ci_low()
    reading_precision_ci_high: float = columns.reading_precision_ci_high()
    reading_recall: float = columns.reading_recall()
    reading_recall_ci_low: float = columns.reading_recall_ci_low()
    reading_recall_ci_high: float = columns.reading_recall_ci_high()
    correction: float = columns.correction()
    correction_ci_low: float = columns.correction_ci_low()
    correction_ci_high: float = columns.correction_ci_high()
    ci_level: float = columns.ci_level()
    n_read: int = columns.n_read()
    n_read_judged: int = columns.n_read_judged()
    n_read_true: int = columns.n_read_true()
    n_unread: int = columns.n_unread()
    n_unread_judged: int = columns.n_unread_judged()
    n_unread_true: int = columns.n_unread_true()
    status: str = columns.status()
    reason: str = columns.reason()
    reason_detail: str = columns.reason_detail()
    drawn_from: str = columns.drawn_from()
    judged_by: str = columns.judged_by()
    judged_on: Date = columns.judged_on()
    reader_version: str = columns.reader_version()
    method_version: str = columns.method_version()
    as_of: Date = columns.as_of()

    class Config:
        metadata = keys(
            ["skill_class"],
            reason_unless_ok=("(reason IS NULL) = (status = 'ok')", "every status but ok has a reason"),
            corrected_or_reason=(
                "(correction IS NOT NULL) = (status IN ('ok', 'low_reliability'))",
                "a factor where the status carries one, and only there",
            ),
        )
