"""Periods and days as people type them."""

import calendar
import re
from datetime import date, timedelta

PERIOD = re.compile(r"(\d{4}-\d{2}(?:-\d{2})?)\.\.(\d{4}-\d{2}(?:-\d{2})?)")

Period = tuple[date, date]


class PeriodFault(ValueError):
    """A period or a day that is not one; the message says how to write it."""


def parse_period(text: str) -> Period:
    """First and last day of ``2018-01..2022-12`` or ``2018-01-15..2018-03-14``.

    Raises PeriodFault with the two forms that are understood.
    """
    match = PERIOD.fullmatch(text.strip())
    try:
        if not match:
            raise ValueError
        start, end = _first_day(match[1]), _last_day(match[2])
    except ValueError:
        raise PeriodFault(
            f"--period {text!r}: write FROM..TO as 2018-01..2022-12 or 2018-01-15..2018-03-14"
        ) from None
    if start > end:
        raise PeriodFault(f"--period {text!r}: it ends before it starts")
    return start, end


def parse_day(text: str) -> date:
    """A day written 2026-11-22, from 1900 on. Raises PeriodFault that says so."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        day = date.min
    if day.year < 1900:
        raise PeriodFault(f"--as-of {text!r}: write a day as 2026-11-22")
    return day


def default_period(as_of: date, *, months: int) -> Period:
    """The ``months`` before and including ``as_of``: 2026-11-22 and 12 give 2025-11-23 to 2026-11-22."""
    total = as_of.year * 12 + as_of.month - 1 - months
    year, month = divmod(total, 12)
    day = min(as_of.day, calendar.monthrange(year, month + 1)[1])
    return date(year, month + 1, day) + timedelta(days=1), as_of


def _first_day(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def _last_day(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:])
    if not 1 <= month <= 12:
        raise ValueError
    return date(year, month, calendar.monthrange(year, month)[1])
