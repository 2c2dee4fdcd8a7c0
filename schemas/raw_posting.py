"""One row per advert row of a posting file, cleaned of its source's layout but not of its words."""

from pandera.dtypes import Date

from schemas import columns, vocabulary
from schemas.table import Table, keys


class RawPosting(Table):
    """One row per advert row of a posting file, cleaned of its source's layout but not of its words."""

    snapshot_sha256: str = columns.snapshot_sha256()
    source_id: str = columns.source_id()
    release: str = columns.release()
    file: str = columns.file()
    row_number: int = columns.row_number()
    source_posting_key: str = columns.source_posting_key()
    posting_version: str = columns.posting_version()
    title: str = columns.title()
    company: str = columns.column("Employer as the source gives it", nullable=True)
    place: str = columns.place()
    country: str = columns.country()
    text: str = columns.column("Advert text as the source gives it; never exported", nullable=True)
    text_format: str = columns.column("Markup of the text", isin=vocabulary.TEXT_FORMATS)
    first_seen_on: Date = columns.first_seen_on()
    first_seen_basis: str = columns.first_seen_basis()
    last_seen_on: Date = columns.last_seen_on()
    closes_on: Date = columns.closes_on()
    pay_text: str = columns.column("Pay in the source's words", nullable=True)
    pay_min: float = columns.pay_min()
    pay_max: float = columns.pay_max()
    pay_currency: str = columns.pay_currency()
    pay_period: str = columns.pay_period()
    pay_kind: str = columns.pay_kind()
    seniority_text: str = columns.column("Level in the source's words", nullable=True)
    employment_type_text: str = columns.column("Employment type in the source's words", nullable=True)
    industry_text: str = columns.column("Industry in the source's words", nullable=True)

    class Config:
        metadata = keys(
            ["source_id", "release", "file", "row_number"],
            first_seen_has_basis=(
                "(first_seen_on IS NULL) = (first_seen_basis = 'none')",
                "a first-seen day and its basis come together",
            ),
        )
