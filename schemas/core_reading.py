"""One row per posting version read under a reader version."""

from schemas import columns
from schemas.table import ListOfText, Table, keys


class CoreReading(Table):
    """One row per posting version read under a reader version."""

    posting_version: str = columns.posting_version()
    reader_version: str = columns.reader_version()
    language: str = columns.language()
    n_characters: int = columns.n_characters()
    employer_name: str = columns.column(
        "Employer as title, header or source gives it; never exported", nullable=True
    )
    employer_key: str = columns.employer_key()
    role_slugs: ListOfText = columns.role_slugs()
    seniority: str = columns.seniority()
    seniority_basis: str = columns.seniority_basis()
    years_min: int = columns.years_min()
    pay_min: float = columns.pay_min()
    pay_max: float = columns.pay_max()
    pay_currency: str = columns.pay_currency()
    pay_period: str = columns.pay_period()
    pay_sign: str = columns.pay_sign()
    pay_kind: str = columns.pay_kind()
    workplace: str = columns.workplace()
    employment_type: str = columns.employment_type()
    n_candidates: int = columns.column("Lexicon matches looked at", unit="mentions", ge=0)
    n_mentions: int = columns.column("Matches that count", unit="mentions", ge=0)

    class Config:
        metadata = keys(
            ["posting_version", "reader_version"],
            pay_has_kind=(
                "(pay_kind IS NULL) = (pay_min IS NULL AND pay_max IS NULL)",
                "an amount and its kind come together",
            ),
            mentions_are_candidates=(
                "n_mentions <= n_candidates",
                "no more mentions than candidates",
            ),
        )
