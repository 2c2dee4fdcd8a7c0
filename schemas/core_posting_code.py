"""One row per posting and taxonomy in which its title has a code."""

from schemas import columns
from schemas.table import Table, keys


class CorePostingCode(Table):
    """One row per posting and taxonomy in which its title has a code."""

    posting_id: str = columns.posting_id()
    scheme: str = columns.scheme()
    occupation_code: str = columns.column(
        "Code of the occupation in the taxonomy", str_length={"min_value": 1}
    )
    code_confidence: float = columns.code_confidence()
    code_rule: str = columns.code_rule()

    class Config:
        metadata = keys(["posting_id", "scheme"])
