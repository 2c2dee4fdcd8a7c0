"""What an advert says about the job beside skills: level, pay, workplace, kind of employment."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from transforms.pay_text import Pay, read_pay_text
from transforms.seniority import Level, level_of
from transforms.workplace import employment_of, workplace_of


@dataclass(frozen=True)
class Facts:
    """Facts of one advert. ``pay`` is None where none is stated, or where it can't be told for sure."""

    level: Level
    pay: Pay | None
    workplace: str
    employment_type: str


def read_facts(text: str, titles: Sequence[str], header_end: int) -> Facts:
    """Returns the facts of a cleaned advert whose titles are given; up to ``header_end`` it is header."""
    return Facts(
        level_of(titles, text),
        read_pay_text(text),
        workplace_of(text, titles, header_end),
        employment_of(text, titles, header_end),
    )


def fact_columns(facts: Facts) -> dict[str, Any]:
    """The facts as columns of core_reading."""
    return level_and_pay_columns(facts.level, facts.pay) | {
        "pay_sign": facts.pay.sign if facts.pay else None,
        "workplace": facts.workplace,
        "employment_type": facts.employment_type,
    }


def level_and_pay_columns(level: Level, pay: Pay | None) -> dict[str, Any]:
    """Level and pay as columns of core_reading and core_reading_role; all pay columns null without pay."""
    return {
        "seniority": level.seniority,
        "seniority_basis": level.basis,
        "years_min": level.years_min,
        "pay_min": pay.low if pay else None,
        "pay_max": pay.high if pay else None,
        "pay_currency": pay.currency if pay else None,
        "pay_period": pay.period if pay else None,
        "pay_kind": "text" if pay else None,
    }
