"""One row per posting and taxonomy in which its title has a code."""

from schemas import columns
from schemas.table import Table, keys


class CorePostingCode(Table):
    """One row per posting and taxonomy in which its title has a code."""

    posting_id: str = columns.posting_id()
    scheme: str = columns.occupation_scheme()
    occupation_code: str = columns.column(
        "Code of the occupation the title most likely names", str_length={"min_value": 1}
    )
    code_confidence: float = columns.code_confidence()
    code_rule: str = columns.code_rule()

    class Config:
        metadata = keys(["posting_id", "scheme"])
