"""One row per advert of a source, in its newest version."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import ListOfText, Table, keys


class CorePosting(Table):
    """One row per advert of a source, in its newest version."""

    posting_id: str = columns.posting_id()
    source_id: str = columns.source_id()
    source_posting_key: str = columns.source_posting_key()
    release: str = columns.release()
    file: str = columns.file()
    row_number: int = columns.row_number()
    posting_version: str = columns.posting_version()
    title: str = columns.title()
    place: str = columns.place()
    country: str = columns.country()
    first_seen_on: Date = columns.first_seen_on()
    first_seen_basis: str = columns.first_seen_basis()
    last_seen_on: Date = columns.last_seen_on()
    closes_on: Date = columns.closes_on()
    language: str = columns.language()
    n_characters: int = columns.n_characters()
    employer_key: str = columns.employer_key()
    role_slugs: ListOfText = columns.role_slugs()
    seniority: str = columns.seniority()
    seniority_basis: str = columns.seniority_basis()
    years_min: int = columns.years_min()
    pay_min: float = columns.pay_min()
    pay_max: float = columns.pay_max()
    pay_currency: str = columns.pay_currency()
    pay_period: str = columns.pay_period()
    pay_kind: str = columns.pay_kind()
    workplace: str = columns.workplace()
    employment_type: str = columns.employment_type()

    class Config:
        metadata = keys(
            ["posting_id"],
            no_predicted_pay=("pay_kind <> 'predicted'", "predicted pay is never used"),
        )
