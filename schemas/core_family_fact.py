"""One row per family, or role's part of one, that counts: level, pay and place of its first advert."""

from pandera.dtypes import Date

from schemas import columns
from schemas.table import Table, keys


class CoreFamilyFact(Table):
    """One row per family, or role's part of one, that counts: level, pay and place of its first advert."""

    family_id: str = columns.family_id()
    posting_id: str = columns.posting_id()
    source_id: str = columns.source_id()
    employer_key: str = columns.employer_key()
    country: str = columns.country()
    first_seen_on: Date = columns.first_seen_on()
    seniority: str = columns.seniority()
    seniority_basis: str = columns.seniority_basis()
    years_min: int = columns.years_min()
    pay_min: float = columns.pay_min()
    pay_max: float = columns.pay_max()
    pay_currency: str = columns.pay_currency()
    pay_period: str = columns.pay_period()
    pay_kind: str = columns.pay_kind()
    pay_year_low: int = columns.pay_year_low()
    pay_year_high: int = columns.pay_year_high()
    pay_mid_year: int = columns.pay_mid_year()
    workplace: str = columns.workplace()
    employment_type: str = columns.employment_type()

    class Config:
        metadata = keys(["family_id"])
