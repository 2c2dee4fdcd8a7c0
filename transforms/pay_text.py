"""Pay stated in an advert's text."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pay:
    """Base pay as stated: amounts in whole units of the currency per period.

    One of ``currency`` (ISO 4217) and ``sign`` (shared by several currencies) is given.
    """

    low: float | None
    high: float | None
    currency: str | None
    sign: str | None
    period: str


def read_pay_text(text: str) -> Pay | None:
    """Returns the base pay a cleaned text states, None where it states none or leaves it open."""
    return None
