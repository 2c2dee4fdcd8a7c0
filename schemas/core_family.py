"""One row per posting: the family of adverts for the same job it belongs to."""

from schemas import columns, vocabulary
from schemas.table import Table, keys


class CoreFamily(Table):
    """One row per posting: the family of adverts for the same job it belongs to."""

    posting_id: str = columns.posting_id()
    family_id: str = columns.family_id()
    family_method: str = columns.family_method(vocabulary.FAMILY_METHODS)
    family_score: float = columns.family_score(nullable=True)
    merged_with: str = columns.merged_with()
    family_version: str = columns.family_version()

    class Config:
        metadata = keys(
            ["posting_id"],
            first_is_own=(
                "(merged_with IS NULL) = (family_method = 'own') AND (merged_with IS NULL) = (family_score IS NULL)",
                "a posting joins another by a rule and with a score, or begins its family",
            ),
            joins_another=("merged_with <> posting_id", "a posting joins another, never itself"),
        )
