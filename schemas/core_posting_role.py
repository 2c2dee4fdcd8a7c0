"""One row per posting and role it names."""

from schemas import columns
from schemas.table import Table, keys


class CorePostingRole(Table):
    """One row per posting and role it names."""

    posting_id: str = columns.posting_id()
    family_id: str = columns.family_id()
    occupation: str = columns.occupation()
    family_part_id: str = columns.family_part_id()
    separated: bool = columns.column("The text gives the role a part of its own among others")
    headline: bool = columns.column(
        "Counts: one role, readable text, a language with a lexicon, a first-seen day"
    )
    headline_reason: str = columns.column(
        "Why it does not count; empty where it does",
        isin=("", "several_roles", "no_text", "language", "undated"),
    )

    class Config:
        metadata = keys(
            ["posting_id", "occupation"],
        )
