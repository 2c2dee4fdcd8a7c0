"""Structured pay: amounts, currency, period, and how the source knows them. Free pay text stays text."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from transforms.decode import REPLACEMENT
from transforms.parsed import Notes
from transforms.posting_cells import json_in
from transforms.posting_rows import LONE_SURROGATE, Cells

AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k)?")
DECORATION = re.compile(r"^(?:[a-z]{3}\b|us\$|[$€£¥])|[\s\u00a0\u202f]|(?:[a-z]{3}|[€$£])$")
CURRENCY = re.compile(r"[A-Z]{3}")
ESTIMATE = re.compile(r"\best\b\.?|\bestimat", re.IGNORECASE)
EMPLOYER = re.compile(r"\bemployer\b", re.IGNORECASE)

PAY_FIELDS = ("pay", "pay_min", "pay_max", "pay_period")

PAY_MAX = 1e12
"""Of a period, in any currency. A year of the cheapest currency's top pay has eleven digits."""

PERIOD_WORDS: dict[str, tuple[str, ...]] = {
    "hour": ("hour", "hourly", "per hour", "hr", "h", "ph", "/hour", "/hr"),
    "day": ("day", "daily", "per day", "pd", "per diem", "/day"),
    "week": ("week", "weekly", "per week", "pw", "/week"),
    "month": ("month", "monthly", "per month", "mth", "pm", "/month"),
    "year": ("year", "yearly", "annual", "annually", "per year", "per annum", "pa", "yr", "/year", "annum"),
    "once": ("once", "one-time", "one time", "lump sum"),
}
PERIODS = {word: period for period, words in PERIOD_WORDS.items() for word in words}


@dataclass
class PayColumns:
    """Pay of every row, one list per raw_posting column."""

    pay_text: Cells = field(default_factory=list)
    pay_min: list[float | None] = field(default_factory=list)
    pay_max: list[float | None] = field(default_factory=list)
    pay_currency: Cells = field(default_factory=list)
    pay_period: Cells = field(default_factory=list)
    pay_kind: Cells = field(default_factory=list)


@dataclass(frozen=True)
class _Entry:
    """Pay of one row as the source writes it."""

    text: str | None
    low: str | None
    high: str | None
    currency: str | None
    period: str | None


def read_pay(
    cells: Mapping[str, Cells],
    row_numbers: list[int],
    notes: Notes,
    *,
    currency: str | None,
    pay_kind: str | None,
) -> PayColumns:
    """Pay columns from the fields pay, pay_min, pay_max and pay_period.

    A pay column with schema.org JSON is structured; any other pay text is kept and not parsed.
    Amounts that are unreadable, not positive, or lower end above upper end are emptied and counted.
    """
    if not any(any(cells[name]) for name in PAY_FIELDS):
        return _no_pay(len(row_numbers))
    found = PayColumns()
    columns = (cells[name] for name in PAY_FIELDS)
    for row_number, pay, low, high, period in zip(row_numbers, *columns, strict=True):
        entry = _entry(pay, low, high, period, currency)
        lowest = _amount("pay_min", entry.low, row_number, notes)
        highest = _amount("pay_max", entry.high, row_number, notes)
        if lowest is not None and highest is not None and lowest > highest:
            reason = "the lower end is above the upper end: both are emptied"
            notes.empty_field(row_number, "pay", "pay_range_reversed", reason, f"{lowest} to {highest}")
            lowest = highest = None
        _append(found, entry, lowest, highest, _period(entry.period, row_number, notes), pay_kind)
        if found.pay_kind[-1] is not None and found.pay_currency[-1] is None:
            notes.counts["pay_without_currency"] += 1
    return found


def _no_pay(n_rows: int) -> PayColumns:
    words: Cells = [None] * n_rows
    amounts: list[float | None] = [None] * n_rows
    return PayColumns(words, amounts, amounts, words, words, words)


def _entry(
    pay: str | None, low: str | None, high: str | None, period: str | None, currency: str | None
) -> _Entry:
    salary = json_in(pay)
    if not isinstance(salary, dict):
        return _Entry(pay, low, high, currency, period)
    value = salary.get("value")
    inner = value if isinstance(value, dict) else salary | {"value": value}
    single = _plain(inner.get("value"))
    lowest = low or _plain(inner.get("minValue")) or single
    highest = high or _plain(inner.get("maxValue")) or single
    stated = _plain(salary.get("currency"))
    currency = stated if stated and CURRENCY.fullmatch(stated) else currency
    period = period or _plain(inner.get("unitText")) or _plain(salary.get("unitText"))
    words = [part for part in dict.fromkeys((lowest, highest)) if part and amount(part) is None]
    if words:
        # "Competitive" or "Band 5" where a number belongs is pay in words, and nothing is lost as such.
        return _Entry(" - ".join(words), None, None, currency, period)
    return _Entry(None, lowest, highest, currency, period)


def _plain(value: Any) -> str | None:
    if value is None or isinstance(value, dict | list | bool):
        return None
    return LONE_SURROGATE.sub(REPLACEMENT, str(value)).strip() or None


def _append(
    found: PayColumns,
    entry: _Entry,
    low: float | None,
    high: float | None,
    period: str | None,
    declared_kind: str | None,
) -> None:
    structured = low is not None or high is not None
    present = structured or entry.text is not None
    found.pay_text.append(entry.text)
    found.pay_min.append(low)
    found.pay_max.append(high)
    found.pay_currency.append(entry.currency if present else None)
    found.pay_period.append(period if present else None)
    found.pay_kind.append(_kind(entry.text, structured, declared_kind) if present else None)


def _kind(text: str | None, structured: bool, declared: str | None) -> str:
    own = "structured" if structured else "text"
    if text is not None and EMPLOYER.search(text):
        return own
    if text is not None and ESTIMATE.search(text):
        return "predicted"
    return "predicted" if declared == "predicted" else own


def amount(text: str) -> float | None:
    """A positive or negative number with its currency sign, thousands commas or K, else None.

    ``"$137,000"`` is 137000.0, ``"137K"`` too; ``"1.234,56"`` and ``"10-20"`` are not one number.
    """
    plain = DECORATION.sub("", DECORATION.sub("", text.strip().casefold()))
    sign = -1.0 if plain.startswith("-") else 1.0
    match = AMOUNT.fullmatch(plain.removeprefix("-"))
    if match is None:
        return None
    value = float(match[1].replace(",", "") + (match[2] or "")) * (1000 if match[3] else 1)
    return sign * value if math.isfinite(value) else None


def _amount(name: str, text: str | None, row_number: int, notes: Notes) -> float | None:
    if text is None:
        return None
    value = amount(text)
    if value is None:
        notes.empty_field(row_number, name, "pay_unreadable", "not one number", text)
        return None
    if value <= 0:
        notes.empty_field(row_number, name, "pay_not_positive", "pay of zero or less is a missing pay", text)
        return None
    if value > PAY_MAX:
        notes.empty_field(row_number, name, "pay_too_large", f"pay above {PAY_MAX:,.0f} is a slip", text)
        return None
    return value


def _period(text: str | None, row_number: int, notes: Notes) -> str | None:
    if text is None:
        return None
    period = PERIODS.get(text.strip().casefold())
    if period is None:
        notes.empty_field(row_number, "pay_period", "pay_period_unknown", "not a period we know", text)
    return period
