"""One row per class of skills with a labelled sample: judged adverts read as asking, and read as not asking."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class CoreDoubleSample(Table):
    """One row per class of skills with a labelled sample: judged adverts read as asking, and read as not asking."""

    sample: str = columns.sample()
    skill_class: str = columns.skill_class()
    reader_version: str = columns.reader_version()
    n_read: int = columns.n_read()
    n_read_judged: int = columns.n_read_judged()
    n_read_true: int = columns.n_read_true()
    n_unread: int = columns.n_unread()
    n_unread_judged: int = columns.n_unread_judged()
    n_unread_true: int = columns.n_unread_true()
    drawn_from: str = columns.drawn_from()
    judged_by: str = columns.judged_by()
    judged_on: Date = columns.judged_on()

    class Config:
        metadata = keys(
            ["skill_class"],
            judged_are_drawn=(
                "coalesce(n_read_judged <= n_read AND n_unread_judged <= n_unread, true)",
                "no more is judged than there is",
            ),
            true_are_judged=(
                "n_read_true <= n_read_judged AND coalesce(n_unread_true <= n_unread_judged, true)",
                "no more is true than judged",
            ),
            unread_counts_together=(
                "(n_unread IS NULL) = (n_unread_judged IS NULL) AND (n_unread IS NULL) = (n_unread_true IS NULL) "
                "AND (n_unread IS NULL) = (n_read IS NULL)",
                "the counts of what was read as not asking come together",
            ),
        )
