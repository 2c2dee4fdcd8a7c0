"""One row per search for evidence: what was looked for, where, when and with what result."""

from pandera.dtypes import Date

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import ListOfText, Table, keys


class ExportSearchLog(Table):
    """One row per search for evidence: what was looked for, where, when and with what result."""

    search_id: str = columns.column("Search by slug", str_matches=columns.SLUG)
    question: str = columns.column("What was looked for", str_length={"min_value": 1})
    claim: str = evidence.claim(nullable=True)
    claim_type: str = evidence.claim_type(nullable=True)
    cohort: str = evidence.cohort(nullable=True)
    scope: str = columns.column("What kind of collection was searched", isin=words.SEARCH_SCOPES)
    searched_in: str = columns.column("The collection", str_length={"min_value": 1})
    search_terms: ListOfText = columns.column("Terms looked for")
    searched_on: Date = columns.column("Day of the search", unit="date")
    n_screened: int = columns.column("Records gone through", unit="records", ge=0)
    n_included: int = columns.column("Records that answer the question", unit="records", ge=0)
    search_result: str = columns.column("What came of it", str_length={"min_value": 1})
    for_replications: bool = columns.column("The search was for replications of the claim's findings")
    coder: str = evidence.coder()

    class Config:
        metadata = keys(
            ["search_id"],
            included_were_screened=("n_included <= n_screened", "no more included than screened"),
        )
