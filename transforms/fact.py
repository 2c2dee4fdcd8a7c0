"""What an advert says about the job beside skills: level, pay, workplace, kind of employment."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from transforms.pay_text import Pay, one_pay, read_pay_text, stated_pay
from transforms.role_part import Part, separated_roles
from transforms.seniority import Level, level_of
from transforms.workplace import work_of


class Facts(NamedTuple):
    """Facts of one advert. ``pay`` is None where none is stated, or where it can't be told for sure."""

    level: Level
    pay: Pay | None
    workplace: str
    employment_type: str


class RoleFacts(NamedTuple):
    """A role's parts of an advert, and the level and pay they state."""

    parts: tuple[Part, ...]
    level: Level
    pay: Pay | None


def read_role_facts(text: str, header_end: int, parts: Sequence[Part]) -> Mapping[str, RoleFacts]:
    """Returns the facts of each role that the parts separate, by slug.

    Pay stated in the role's parts is its own; where they state none, pay stated for all is.
    """
    if not parts:
        return {}
    stated = stated_pay(text, header_end)
    common = [one for one in stated if not any(part.start <= one.start < part.end for part in parts)]
    found = {}
    for role, own_parts in separated_roles(parts).items():
        own = [one for one in stated if any(part.start <= one.start < part.end for part in own_parts)]
        level = level_of(
            [part.title for part in own_parts],
            "\n".join(text[part.start : part.end] for part in own_parts),
        )
        found[role] = RoleFacts(tuple(own_parts), level, one_pay(own or common, text, header_end))
    return found


def read_facts(text: str, titles: Sequence[str], header_end: int) -> Facts:
    """Returns the facts of a cleaned advert whose titles are given; up to ``header_end`` it is header."""
    workplace, employment_type = work_of(text, titles, header_end)
    return Facts(level_of(titles, text), read_pay_text(text, header_end), workplace, employment_type)


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
