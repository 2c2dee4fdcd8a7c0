"""One row per claim: cohort, exposure, outcome and the sign expected of them."""

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import ListOfText, Table, keys


class ExportClaim(Table):
    """One row per claim: cohort, exposure, outcome and the sign expected of them."""

    claim: str = evidence.claim()
    claim_type: str = evidence.claim_type()
    claim_label: str = columns.column("The claim as a question", str_length={"min_value": 1})
    cohort: str = evidence.cohort()
    exposure: str = evidence.exposure()
    comparison: str = evidence.comparison(nullable=True)
    outcome: str = evidence.outcome()
    expected_sign: str = columns.column(
        "Sign of the effect of the exposure that theory or earlier work expects", isin=words.EXPECTED_SIGNS
    )
    smallest_effect: float = columns.column(
        "Smallest relative change of interest, set before looking", unit="percent", nullable=True
    )
    n_findings: int = evidence.n_findings()
    n_published: int = evidence.n_published()
    search_ids: ListOfText = evidence.search_ids()

    class Config:
        metadata = keys(
            ["claim"],
            published_are_findings=("n_published <= n_findings", "no more shown than entered"),
        )
