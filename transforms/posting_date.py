"""Days out of the many ways in which posting files write them."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass

from transforms.parsed import Notes
from transforms.posting_rows import Cells

EARLIEST = dt.date(1990, 1, 1)
"""No posting here is older: an earlier day is a zero, a default or a slip."""

LATEST_CLOSING = dt.timedelta(days=5 * 366)
"""An advert may close after the drop was retrieved, but not decades later."""

MONTH_NAMES = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = {name[:3]: number for number, name in enumerate(MONTH_NAMES, start=1)}

ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
MONTH_ONLY = re.compile(r"(\d{4})[-/](\d{1,2})")
SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
EPOCH = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")
DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})(?!\d)")
MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
MONTH_YEAR = re.compile(r"([a-z]{3,9})\.?,?\s+(\d{4})")
WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+")
PREFIX = r"(?:(?:re)?posted|active|refreshed|listed|updated)?:?\s*"
AGO = re.compile(PREFIX + r"(\d+|an?)\+?\s*(minute|min|hour|hr|day|week|month|year|h|d|w|mo|y)s?\s+ago\b")
NOW = re.compile(PREFIX + r"(?:just now|just posted|just|today|moments? ago|a few \w+ ago)")
YESTERDAY = re.compile(PREFIX + r"yesterday")

DAYS_OF = {"d": 1, "day": 1, "w": 7, "week": 7, "mo": 30, "month": 30, "y": 365, "year": 365}
"""Days of a unit; minutes and hours are the day itself. Months and years are as rough as the words."""

TWO_DIGIT_PIVOT = 69


@dataclass(frozen=True)
class Moment:
    """A day as a source writes it: ``precision`` is day, month or relative, ``fault`` why there is no day."""

    day: dt.date | None
    precision: str = "day"
    fault: str | None = None


@dataclass(frozen=True)
class DateReading:
    """How dates of one column are read: who says which of 3/4 is the month, and what "ago" counts from."""

    day_first: bool | None
    anchor: dt.date | None


UNREADABLE = Moment(None, fault="date_unreadable")


def column_reading(cells: Cells, country: str | None, anchor: dt.date | None) -> DateReading:
    """Order of day and month in a column: what its own unambiguous dates say, else US means month first."""
    day_first = month_first = False
    for cell in set(cells):
        match = SLASHED.match(cell) if cell else None
        if match:
            day_first |= int(match[1]) > 12 or match[2] == "."
            month_first |= int(match[3]) > 12
    if day_first != month_first:
        return DateReading(day_first, anchor)
    return DateReading(False if country == "US" and not day_first else None, anchor)


def read_moment(text: str, reading: DateReading) -> Moment:
    """The day a text names; times of day and zones are left aside: the day is the one written."""
    match = ISO.match(text)
    if match:
        return _moment(int(match[1]), int(match[2]), int(match[3]))
    for pattern, of_match in (
        (EPOCH, _of_epoch),
        (COMPACT, lambda found: _moment(int(found[1]), int(found[2]), int(found[3]))),
        (MONTH_ONLY, lambda found: _moment(int(found[1]), int(found[2]), 1, "month")),
    ):
        match = pattern.fullmatch(text)
        if match:
            return of_match(match)
    match = SLASHED.match(text)
    return _of_slashed(match, reading.day_first) if match else _of_words(text.casefold(), reading.anchor)


def _of_epoch(match: re.Match[str]) -> Moment:
    return Moment(dt.datetime.fromtimestamp(int(match[1]), dt.UTC).date())


def _of_slashed(match: re.Match[str], day_first: bool | None) -> Moment:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 2000 if year <= TWO_DIGIT_PIVOT else 1900
    if match[2] == "." or first > 12:
        return _moment(year, second, first)
    if second > 12 or day_first is False or first == second:
        return _moment(year, first, second)
    if day_first:
        return _moment(year, second, first)
    return Moment(None, fault="date_ambiguous")


def _of_words(text: str, anchor: dt.date | None) -> Moment:
    relative = _of_relative(text, anchor)
    if relative is not None:
        return relative
    text = WEEKDAY.sub("", text)
    match = DAY_MONTH.match(text)
    if match:
        return _of_named(match[2], match[1], match[3])
    match = MONTH_DAY.match(text)
    if match:
        return _of_named(match[1], match[2], match[3])
    match = MONTH_YEAR.fullmatch(text)
    if match:
        moment = _of_named(match[1], "1", match[2])
        return Moment(moment.day, "month", moment.fault)
    return UNREADABLE


def _of_relative(text: str, anchor: dt.date | None) -> Moment | None:
    match = AGO.match(text)
    if match:
        number = 1 if match[1].startswith("a") else int(match[1])
        days = number * DAYS_OF.get(match[2], 0)
    elif NOW.fullmatch(text):
        days = 0
    elif YESTERDAY.fullmatch(text):
        days = 1
    else:
        return None
    if anchor is None:
        return Moment(None, "relative", "date_without_anchor")
    try:
        return Moment(anchor - dt.timedelta(days=days), "relative")
    except OverflowError:
        return UNREADABLE


def _of_named(month: str, day: str, year: str) -> Moment:
    number = MONTHS.get(month[:3])
    if number is None or not MONTH_NAMES[number - 1].startswith(month[:4].rstrip(".")):
        return UNREADABLE
    return _moment(int(year), number, int(day))


def _moment(year: int, month: int, day: int, precision: str = "day") -> Moment:
    try:
        return Moment(dt.date(year, month, day), precision)
    except ValueError:
        return UNREADABLE


FAULT_REASONS: Mapping[str, str] = {
    "date_unreadable": "no day could be read from it",
    "date_ambiguous": "day and month can't be told apart, in this file and by its country",
    "date_without_anchor": "relative to an unknown day: the manifest has no `postings.posted_before`",
    "date_out_of_range": "before 1990 or after the drop was retrieved",
}


def read_moments(
    field: str,
    cells: Cells,
    row_numbers: list[int],
    notes: Notes,
    *,
    country: str | None,
    anchor: dt.date | None,
    latest: dt.date | None,
) -> list[Moment | None]:
    """One Moment per cell, None where there is none; what couldn't be used is emptied, listed and counted.

    Rules: ``date_unreadable``, ``date_ambiguous``, ``date_without_anchor``, ``date_out_of_range``.
    """
    if not any(cells):
        return [None] * len(cells)
    reading = column_reading(cells, country, anchor)
    known: dict[str, Moment] = {}
    found: list[Moment | None] = []
    for row_number, cell in zip(row_numbers, cells, strict=True):
        if cell is None:
            found.append(None)
            continue
        moment = known.get(cell)
        if moment is None:
            moment = known[cell] = _within(read_moment(cell, reading), latest)
        if moment.fault:
            notes.empty_field(row_number, field, moment.fault, FAULT_REASONS[moment.fault], cell)
        found.append(moment if moment.day is not None else None)
    return found


def _within(moment: Moment, latest: dt.date | None) -> Moment:
    if moment.day is None or (moment.day >= EARLIEST and (latest is None or moment.day <= latest)):
        return moment
    return Moment(None, moment.precision, "date_out_of_range")
