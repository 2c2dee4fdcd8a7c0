"""One row per posting version and role that has a part of its own in the advert's text."""

from schemas import columns
from schemas.table import Table, keys


class CoreReadingRole(Table):
    """One row per posting version and role that has a part of its own in the advert's text."""

    posting_version: str = columns.posting_version()
    reader_version: str = columns.reader_version()
    occupation: str = columns.occupation()
    part_start: int = columns.column("First character of its first part", unit="characters", ge=0)
    part_end: int = columns.column("Character after its first part", unit="characters", ge=1)
    n_parts: int = columns.column("Parts of the advert that speak of the role", unit="parts", ge=1)
    seniority: str = columns.seniority()
    seniority_basis: str = columns.seniority_basis()
    years_min: int = columns.years_min()
    pay_min: float = columns.pay_min()
    pay_max: float = columns.pay_max()
    pay_currency: str = columns.pay_currency()
    pay_period: str = columns.pay_period()
    pay_kind: str = columns.pay_kind()

    class Config:
        metadata = keys(
            ["posting_version", "reader_version", "occupation"],
            part_has_length=("part_start < part_end", "a part covers at least one character"),
        )
