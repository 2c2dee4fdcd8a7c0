"""Base pay stated in an advert's text: amounts, currency and period; what is left open is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transforms.dollar import dollar_currency, rupee_currency, yuan_or_yen
from transforms.pay_amount import amounts_of
from transforms.pay_words import (
    BASE_AFTER,
    BASE_BEFORE,
    BASE_WITHIN,
    FROM,
    NOT_BASE_BEFORE,
    NOT_PAY_AFTER,
    NOT_PAY_BEFORE,
    PAY_WORD,
    PERIOD_BEFORE,
    UP_TO,
    stands_alone,
)
from transforms.sign import Signs

_CODES = "USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|PLN|SEK|NOK|DKK|CZK|HUF|INR|JPY|BRL|ILS|ZAR|MXN|RON|UAH|THB|ETB|NGN|KES"
_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "zl": "PLN", "us$": "USD", "u$": "USD", "ca$": "CAD", "c$": "CAD",
    "cad$": "CAD", "cdn$": "CAD", "au$": "AUD", "a$": "AUD", "aud$": "AUD", "usd$": "USD", "nz$": "NZD", "s$": "SGD",
    "sg$": "SGD", "sgd$": "SGD", "hk$": "HKD", "r$": "BRL", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "cdn": "CAD",
    "us dollars": "USD", "pounds": "GBP", "nis": "ILS", "₪": "ILS", "₽": "RUB", "$usd": "USD", "$us": "USD",
    "$cad": "CAD", "$cdn": "CAD", "$aud": "AUD",
}  # fmt: skip
_SHARED_SIGNS = {"$": "$", "kr": "kr", "¥": "¥", "rs": "Rs", "rs.": "Rs"}
_BEFORE_SIGN = (
    r"(?:(?:us|cad|cdn|aud|au|nz|sgd|sg|hk|usd) ?\$|(?:ca|c|a|s|r|u)\$|\$|€|£|₹|¥|₪|Rs\.?|"
    rf"(?:{_CODES}|SFr)\s?[$€£]?)"
)
_AFTER_SIGN = rf"(?:\$?(?:{_CODES}|cdn)|\$us|€|£|\$|zł|zl|kr|euros?|us dollars|nis|sfr|pounds)"
_FIGURE = (
    r"(?:\d{1,3}(?:[,'’.\s]\d{3})+(?!\d)(?:[.,]\d\d(?!\d))?"
    r"|\d{1,2}(?:,\d\d){1,2},\d{3}(?!\d)|\d{1,7}(?:\.\d{1,2}|,\d{1,2}(?![\d,]))?)"
)
"""Groups of three, of two and three as India writes them ("6,00,000"), or digits in one run;
the point or comma of decimals has one or two after it."""
_NET = (
    r"\s?(?:\(?(?:gross|brutto|brut|bruto|netto|net|base|basic|fixed|(?:on )?b2b|"
    r"(?:\+|plus|excl\.?) ?vat)\)?\s?){0,3}"
)
_PER = (
    r"(?:/|p/|per|pro|por|je|\bpr\.?|"
    r"\bim|\bpar|\bal|\bi|(?:\bp\.?|(?<=\d)p)(?=(?:[ahmdw]|cm)\b)|\ban?\b|each|every)\s?"
)
_PERIOD_WORD = (
    r"(?:years?|yrs?|annum|annual|y|a|months?|mths?|mo|m|weeks?|wks?|days?|d|hours?|hrs?|h|"
    r"jahr|monat|woche|tag|stunde|mois|an|mes|año|hora|heure|jour|år|månad(?:en)?|mån|timme|w|cm|"
    r"std|maand|uur|jaar|måned(?:en)?|time|día|dag|semana)\b"
)
_ADVERB = (
    r"(?:annually|yearly|annual|monthly|hourly|daily|weekly|jährlich|monatlich|wöchentlich|täglich|stündlich|"
    r"mensuels?|mensual(?:es)?|annuels?|anual(?:es)?|maandelijks|jaarlijks|månedlig|årlig)"
)
_PERIOD = rf"(?P<period>{_NET}{_PER}(?P<word>{_PERIOD_WORD})|{_NET}(?P<adverb>{_ADVERB}))?"
_TO = r"(?:to|bis(?: zu)?|hasta|till|à)"
"""Between the ends of a range in English, German, Spanish, Swedish and French: unread, the upper end stood alone."""
_PAY = re.compile(
    rf"(?<![\w.,/#%-])(?P<pre>{_BEFORE_SIGN})?\s?(?P<low>{_FIGURE})(?P<lowk>\s?k)?(?P<lowplus>\+)?\s?"
    rf"(?P<mid>{_AFTER_SIGN})?(?:{_PER}{_PERIOD_WORD}\.?(?=\s?(?:-|–|—|{_TO})\s?[$€£0-9]))?"
    rf"(?:\s?(?:-{{1,2}}|–|—|−|~|{_TO}|and|\.\.\.?)\s?(?P<pre2>{_BEFORE_SIGN})?\s?(?P<high>{_FIGURE})(?P<highk>\s?k)?"
    rf"(?P<highplus>\+)?\s?)?(?:\s?(?P<lakh>lpa|lakhs?|lacs?)\b)?(?P<post>\(?{_AFTER_SIGN}\b|€|£|\$)?\)?"
    rf"{_PERIOD}(?!\s?(?:m|mm|mln|mil|million|b|bn|billion|t|trillion|mrd|crores?)\b)(?![\w%])",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = ("zł", "zl", "euro", "pounds", "sfr", "cdn", "nis", "us dollars")
_AMOUNTS_OF_CROWNS = [f"{digit}{gap}kr" for digit in range(10) for gap in ("", " ")]
_RUPEES = {
    f"{rupees}{gap}{digit}": f"{rupees}{gap}{digit}".lower()
    for rupees in ("Rs", "RS")
    for gap in ("", " ", ".", ". ")
    for digit in range(10)
}
_HINTS = Signs(
    [
        "$",
        *_CODES.lower().split("|"),
        *filter(str.isascii, _WORDS),
        *_AMOUNTS_OF_CROWNS,
        *dict.fromkeys(_RUPEES.values()),
        "lpa",
    ]
)
"""Beginnings of all that names a currency: without one there is no pay to read, and most adverts have none."""
_WIDE_HINT = re.compile("[€£₹¥₪]|zł|ZŁ|Zł")
_WIDE_SIGNS = "€£₹¥₪łŁ"
_WRITTEN = frozenset(
    [
        "$",
        *_CODES.split("|"),
        *_CODES.lower().split("|"),
        *(case for word in _WORDS for case in (word, word.upper(), word.capitalize())),
        *_RUPEES,
        *("LPA", "lpa", "Lpa"),
        *("US dollars", "US Dollars", "SFr"),
        *(crowns[:-2] + case for crowns in _AMOUNTS_OF_CROWNS for case in ("kr", "Kr", "KR")),
    ]
)
"""The hints as they are written: "RON" and "ron" may be money, "Ron" is a name."""
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"\d+")
_LONGEST_SIGN = 6
"""Characters from where _PAY begins to its first digit: "aud $ "."""
_MILLIONS = re.compile(r"\s?\d[\d.,]*\+?\s?(?:[mMbBtT](?:[mMnN]|\b)|[mb]il|trillion)")
_REACH = 60
"""Characters around a hint in which the amounts it belongs to stand."""

_PERIOD_OF = {
    "y": "year", "j": "year", "å": "year", "a": "year", "m": "month", "c": "month", "w": "week", "d": "day",
    "h": "hour", "s": "hour",
}  # fmt: skip
"""By the first letter; `_PERIOD_WORDS` holds the words that begin like another period's."""
_PERIOD_WORDS = {"tag": "day", "jour": "day", "timme": "hour", "time": "hour", "täglich": "day", "semana": "week",
                 "uur": "hour"}  # fmt: skip
_YEARLY = frozenset(("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "HKD", "$"))
"""Currencies of labour markets that state pay by the year where they name no period."""

_PLAUSIBLE = {"year": (8_000, 900_000), "month": (300, 60_000), "week": (150, 15_000), "day": (50, 4_000),
              "hour": (5, 500)}  # fmt: skip
"""Lowest and highest amounts for a job, in currencies near the dollar; outside it is something else."""
_LEAST_YEAR_UNSAID = 20_000
"""Without a word on the period less than this a year may as well be by the month."""
_SMALL_UNIT = {"INR": 60, "Rs": 60, "JPY": 100, "HUF": 300, "CZK": 20, "RUB": 60, "THB": 30, "SEK": 9, "NOK": 9,
               "DKK": 7, "kr": 9, "¥": 100, "PLN": 4, "ZAR": 14, "MXN": 18, "ETB": 50, "NGN": 400, "KES": 100,
               "UAH": 28}  # fmt: skip
"""About so many of these are a dollar: only to tell what may be pay, never to convert it."""
_LOW_IN_LAKHS = 4
"""Who counts in lakhs pays a beginner 2 LPA: a fourth of the lowest amount is still pay."""
_WIDEST = 4
"""A range from 30k to 150k spans jobs, not the pay of one."""


_NAMING = ("pre", "mid", "pre2", "post", "lakh")
"""Groups of _PAY that name a currency."""


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


@dataclass(frozen=True)
class Stated:
    """Pay, and where the text states it."""

    start: int
    end: int
    pay: Pay


def stated_pay(text: str, header_end: int = 0) -> list[Stated]:
    """Returns every statement of base pay in a cleaned text, in order; up to ``header_end`` it is header.

    Not taken: money that is no pay (funding, budgets, bonuses, equity, retirement plans), total
    compensation and on-target earnings, amounts no job pays, and those whose currency, period or
    sense is open.
    """
    found = []
    for start, end in _stretches(text):
        for match in _figures(text, start, end):
            if any(match[group] for group in _NAMING):
                pay = _pay(text, match, in_header=match.start() < header_end)
                if pay is not None:
                    found.append(Stated(match.start(), match.end(), pay))
    return found


def _figures(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches of _PAY in a stretch, tried where a number begins or a sign before it: six times as fast as
    at every character."""
    at = start
    for number in _NUMBER.finditer(text, start, end):
        for begins in range(max(at, number.start() - _LONGEST_SIGN), number.start() + 1):
            match = _PAY.match(text, begins, end)
            if match:
                yield match
                at = match.end()
                break


def _hints(text: str) -> list[tuple[int, int]]:
    """Where a currency may be named, apart from each other, in order."""
    written = [(end, start) for _, start, end in _HINTS.places(text) if text[start:end] in _WRITTEN]
    if not text.isascii() and any(map(text.__contains__, _WIDE_SIGNS)):
        written = sorted(written + [(hint.end(), hint.start()) for hint in _WIDE_HINT.finditer(text)])
    found: list[tuple[int, int]] = []
    done = 0
    for end, start in written:
        if start >= done:
            found.append((start, end))
            done = end
    return found


def _stretches(text: str) -> list[tuple[int, int]]:
    """Parts of the text near a hint, apart from each other."""
    found: list[tuple[int, int]] = []
    for start, end in _hints(text):
        # "ils" of "skills", "ron" of "strong"; of letters only the k of "90kEUR" stands before a currency.
        if start and text[start].isalpha() and (before := text[start - 1]).isalpha() and before not in "kK":
            continue
        if _MILLIONS.match(text, end):
            continue
        if found and start - _REACH <= found[-1][1]:
            found[-1] = (found[-1][0], end + _REACH)
        elif _DIGIT.search(text, max(0, start - 3), end + 4):
            found.append((max(0, start - _REACH), end + _REACH))
    return found


def one_pay(stated: list[Stated], text: str, header_end: int = 0) -> Pay | None:
    """Returns the pay the statements agree on; the header's stands before that of the text.

    The same pay said again in brackets in another currency or period is not another pay.
    """
    first = [
        one
        for number, one in enumerate(stated)
        if not (number and "(" in (gap := text[stated[number - 1].end : one.start]) and len(gap) < 12)
    ]
    in_header = {one.pay for one in first if one.start < header_end}
    pays = in_header or {one.pay for one in first}
    pay = _joined(pays)
    if pay is None:
        return None
    if pay.sign == "$":
        currency = dollar_currency(text, header_end)
        return Pay(pay.low, pay.high, currency, None if currency else "$", pay.period)
    if pay.sign == "Rs" and (currency := rupee_currency(text)):
        return Pay(pay.low, pay.high, currency, None, pay.period)
    if pay.sign == "¥" and (currency := yuan_or_yen(text)):
        return Pay(pay.low, pay.high, currency, None, pay.period)
    return pay


def _joined(pays: set[Pay]) -> Pay | None:
    """The only pay, or the range of two that state its ends apart ("minimum 50k, maximum 60k")."""
    if len(pays) == 1:
        return next(iter(pays))
    if len(pays) != 2:
        return None
    lower = [pay for pay in pays if pay.high is None]
    upper = [pay for pay in pays if pay.low is None]
    if len(lower) != 1 or len(upper) != 1:
        return None
    joined = replace(lower[0], high=upper[0].high)
    fits = joined == replace(upper[0], low=joined.low) and (joined.low or 0) <= (joined.high or 0)
    return joined if fits else None


def read_pay_text(text: str, header_end: int = 0) -> Pay | None:
    """Returns the base pay a cleaned text states, None where it states none, or several."""
    return one_pay(stated_pay(text, header_end), text, header_end)


def _pay(text: str, match: re.Match[str], *, in_header: bool) -> Pay | None:
    before = text[max(0, match.start() - 60) : match.start()]
    before = before[before.rfind("\n") + 1 :]
    after = text[match.end() : match.end() + 60].split("\n", 1)[0]
    is_base = BASE_BEFORE.search(before) or BASE_AFTER.match(after) or BASE_WITHIN.search(match[0])
    if (NOT_BASE_BEFORE if is_base else NOT_PAY_BEFORE).search(before) or NOT_PAY_AFTER.match(after):
        return None
    sign = _currency(match)
    period = _period(match, before)
    named = (
        PAY_WORD.search(before)
        or PAY_WORD.search(after[:30])
        or stands_alone(text, match.start(), match.end())
    )
    amounts = amounts_of(match)
    if sign is None or amounts is None:
        return None
    low, high = amounts
    is_range = low < high and low >= _LEAST_YEAR_UNSAID
    if not (named or in_header or period or is_range):
        return None
    unit = _SMALL_UNIT.get(sign, 1)
    if period is None:
        # No month's pay is that high: NOK 650,000 is a year's.
        years_alone = sign in _SMALL_UNIT and low > _PLAUSIBLE["month"][1] * unit
        if not years_alone and (sign not in _YEARLY or low < _LEAST_YEAR_UNSAID):
            return None
        period = "year"
    least, most = _PLAUSIBLE[period]
    if match["lakh"]:
        least //= _LOW_IN_LAKHS
    if not least * unit <= low <= high <= most * unit or high > _WIDEST * low:
        return None
    return _as_stated(match, before, low, high, sign, period)


def _as_stated(match: re.Match[str], before: str, low: float, high: float, sign: str, period: str) -> Pay:
    """One amount alone is both ends, unless words or a plus sign make it an end."""
    lowest: float | None = low
    highest: float | None = high
    if match["high"] is None:
        if match["lowplus"] or FROM.search(before):
            highest = None
        elif UP_TO.search(before):
            lowest = None
    shared = sign in _SHARED_SIGNS.values()
    return Pay(lowest, highest, None if shared else sign, sign if shared else None, period)


def _currency(match: re.Match[str]) -> str | None:
    """ISO code, or a sign several currencies share; None where none is named or two differ."""
    named = set()
    for group in _NAMING[:-1]:
        if match[group]:
            word = match[group].lower().strip(" ()")
            word = word if word in _SIGNS or word in _SHARED_SIGNS else word.replace(" ", "")
            named.add(_SIGNS.get(word) or _SHARED_SIGNS.get(word) or word.strip("$€£").upper())
    if match["lakh"] and named <= {"Rs"}:
        return "INR"
    if len(named) > 1:
        named -= {"$"}  # "$90k USD" says which dollar
    return named.pop() if len(named) == 1 else None


def _period(match: re.Match[str], before: str) -> str | None:
    """Period said after the amounts, or before them ("the hourly rate is")."""
    if (match["lakh"] or "").lower() == "lpa":
        return None if match["word"] or match["adverb"] else "year"
    said = PERIOD_BEFORE.search(before)
    before_it = said[said.lastgroup] if said and said.lastgroup else ""
    word = (match["word"] or match["adverb"] or before_it).lower()
    if not word:
        return None
    return _PERIOD_WORDS.get(word) or _PERIOD_OF[word[0]]
