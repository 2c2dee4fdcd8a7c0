"""One row per lexicon match in a posting version, counted or rejected, with the rule that decided."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class CoreMention(Table):
    """One row per lexicon match in a posting version, counted or rejected, with the rule that decided."""

    posting_version: str = columns.posting_version()
    reader_version: str = columns.reader_version()
    start_offset: int = columns.column("First character in the cleaned text", unit="characters", ge=0)
    end_offset: int = columns.column("Character after the last", unit="characters", ge=1)
    skill_id: str = columns.skill_id()
    surface: str = columns.surface()
    section: str = columns.column("Part of the advert", isin=vocabulary.SECTIONS)
    role_part: str = columns.column(
        "Role whose part of the advert the mention stands in; `other` in a part of no one role, "
        "empty in text common to all"
    )
    requirement: str = columns.requirement()
    negated: bool = columns.column("Said not to be needed")
    accepted: bool = columns.column("Whether the mention counts")
    rule: str = columns.rule()

    class Config:
        metadata = keys(
            ["posting_version", "reader_version", "start_offset", "end_offset", "skill_id"],
            mention_has_length=(
                "start_offset < end_offset",
                "a mention covers at least one character",
            ),
            negated_never_counts=(
                "NOT (negated AND accepted)",
                "a negated mention never counts",
            ),
        )
