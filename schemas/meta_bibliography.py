"""One row per DOI and bibliographic service: what it last said of the work."""

from pandera.dtypes import Date

from schemas import columns
from schemas import evidence_columns as evidence
from schemas import evidence_vocabulary as words
from schemas.table import Table, keys


class MetaBibliography(Table):
    """One row per DOI and bibliographic service: what it last said of the work."""

    doi: str = columns.column("DOI, lower case", str_matches=evidence.DOI)
    told_by: str = evidence.told_by(isin=words.BIBLIOGRAPHIES)
    known: bool = columns.column("The service has a record of the DOI")
    record_title: str = columns.column("Title in the record", nullable=True)
    record_year: int = columns.column("Year in the record", unit="year", nullable=True)
    retracted: bool = columns.column("The record says that the work was retracted or withdrawn")
    concern: bool = columns.column("The record carries an expression of concern")
    corrected: bool = columns.column("The record carries a correction")
    published_as: str = columns.column(
        "DOI of the article that a working paper became", nullable=True, str_matches=evidence.DOI
    )
    notice_doi: str = columns.column(
        "DOI of the retraction, concern or correction itself", nullable=True, str_matches=evidence.DOI
    )
    checked_on: Date = columns.column("Day of the last check", unit="date")
    told_since: Date = evidence.told_since()
    answer_sha256: str = columns.column("SHA-256 of the answer as it came", str_matches=columns.SHA256)

    class Config:
        metadata = keys(
            ["doi", "told_by"],
            unknown_says_nothing=(
                "known OR NOT (retracted OR concern OR corrected)",
                "a service without a record says nothing of the work",
            ),
            told_before_checked=("told_since <= checked_on", "the answer is not newer than the last check"),
        )
