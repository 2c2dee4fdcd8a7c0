"""One row per posting: the run of word-for-word repeats of one advert it belongs to."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class CoreSpell(Table):
    """One row per posting: the run of word-for-word repeats of one advert it belongs to."""

    posting_id: str = columns.posting_id()
    spell_id: str = columns.spell_id()
    title_words: ListOfText = columns.column(
        "Words of the title, sorted, without place, filler and number; roles where there is no title"
    )
    place_key: str = columns.column("Place in lower case; empty where unknown")
    spell_method: str = columns.column(
        "Rule that put the posting there; `own`: the first of its run",
        isin=("own", "exact_text", "exact_title"),
    )
    merged_with: str = columns.merged_with()

    class Config:
        metadata = keys(
            ["posting_id"],
            first_is_own=(
                "(merged_with IS NULL) = (spell_method = 'own')",
                "a posting joins another by a rule, or begins its run",
            ),
        )
