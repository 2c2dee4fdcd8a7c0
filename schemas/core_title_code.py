"""One row per distinct title, taxonomy and rank: the occupations it may name, best first."""

from schemas import columns
from schemas.table import Table, keys


class CoreTitleCode(Table):
    """One row per distinct title, taxonomy and rank: the occupations it may name, best first."""

    title_text: str = columns.title_text()
    scheme: str = columns.scheme()
    code_rank: int = columns.column("Place among the candidates, best first", unit="rank", ge=1, le=5)
    occupation_code: str = columns.column(
        "Code of the occupation in the taxonomy; null where nothing is like the title", nullable=True
    )
    candidate_label: str = columns.column("Name of the candidate in the taxonomy", nullable=True)
    similarity: float = columns.column(
        "Likeness of the title to the candidate's best label", unit="cosine", ge=0, le=1
    )
    code_confidence: float = columns.code_confidence()
    code_rule: str = columns.code_rule()
    coder_version: str = columns.column(
        "Hash of the coder's code, parameters and taxonomy", str_matches=r"^[0-9a-f]{16}$"
    )

    class Config:
        metadata = keys(
            ["title_text", "scheme", "code_rank"],
            unmatched_has_no_code=(
                "(code_rule = 'unmatched') = (occupation_code IS NULL)",
                "a title has a code unless it is unmatched",
            ),
        )
