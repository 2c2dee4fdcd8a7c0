"""One row per posting version: the title it is coded by."""

from schemas import columns
from schemas.table import Table, keys


class CorePostingTitle(Table):
    """One row per posting version: the title it is coded by."""

    posting_version: str = columns.posting_version()
    title_version: str = columns.column(
        "Hash of the code that takes titles out of adverts", str_matches=r"^[0-9a-f]{16}$"
    )
    title_text: str = columns.title_text()
    n_titles: int = columns.column("Titles the advert names; the first is kept", unit="titles", ge=0)

    class Config:
        metadata = keys(
            ["posting_version"],
            title_where_counted=(
                "(n_titles = 0) = (title_text = '')",
                "a title is there where titles are counted, and only there",
            ),
        )
