"""Base pay stated in an advert's text: amounts, currency and period; what is left open is refused."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from transforms.dollar import dollar_currency, yuan_or_yen
from transforms.sign import Signs

_CODES = "USD|EUR|GBP|CHF|CAD|AUD|NZD|SGD|HKD|PLN|SEK|NOK|DKK|CZK|HUF|INR|JPY|BRL|ILS|ZAR|MXN|RON|UAH|THB|ETB|NGN|KES"
_SIGNS = {
    "€": "EUR", "£": "GBP", "₹": "INR", "zł": "PLN", "zl": "PLN", "us$": "USD", "u$": "USD", "ca$": "CAD", "c$": "CAD",
    "cad$": "CAD", "cdn$": "CAD", "au$": "AUD", "a$": "AUD", "aud$": "AUD", "usd$": "USD", "nz$": "NZD", "s$": "SGD",
    "sg$": "SGD", "sgd$": "SGD", "hk$": "HKD", "r$": "BRL", "euro": "EUR", "euros": "EUR", "sfr": "CHF", "cdn": "CAD",
    "us dollars": "USD", "pounds": "GBP", "nis": "ILS", "₪": "ILS", "₽": "RUB", "$usd": "USD", "$us": "USD",
    "$cad": "CAD", "$cdn": "CAD", "$aud": "AUD",
}  # fmt: skip
_SHARED_SIGNS = {"$": "$", "kr": "kr", "¥": "¥"}
_BEFORE_SIGN = (
    rf"(?:(?:us|cad|ca|cdn|c|aud|au|a|nz|sgd|sg|s|hk|r|usd|u)\s?\$|\$|€|£|₹|¥|₪|(?:{_CODES}|SFr)\s?[$€£]?)"
)
_AFTER_SIGN = rf"(?:\$?(?:{_CODES}|cdn)|\$us|€|£|\$|zł|zl|kr|euros?|us dollars|nis|sfr|pounds)"
_FIGURE = (
    r"(?:\d{1,3}(?:[,'’.\s]\d{3})+(?!\d)(?:[.,]\d\d(?!\d))?"
    r"|\d{1,2}(?:,\d\d){1,2},\d{3}(?!\d)|\d{1,7}(?:\.\d{1,2})?)"
)
"""Groups of three, of two and three as India writes them ("6,00,000"), or digits in one run."""
_NET = r"\s?(?:\(?(?:gross|brutto|brut|bruto|netto|net|base|fixed)\)?\s?)?"
_PER = r"(?:/|p/|per|pro|\bim|\bpar|\bal|\bi|(?:\bp\.?|(?<=\d)p)(?=(?:[ahmdw]|cm)\b)|\ban?\b|each|every)\s?"
_PERIOD_WORD = (
    r"(?:years?|yrs?|annum|annual|y|a|months?|mths?|mo|m|weeks?|wks?|days?|d|hours?|hrs?|h|"
    r"jahr|monat|woche|tag|stunde|mois|an|mes|año|hora|heure|jour|år|månad(?:en)?|mån|timme|w|cm)\b"
)
_ADVERB = r"(?:annually|yearly|annual|monthly|hourly|daily|weekly)"
_PERIOD = rf"(?P<period>{_NET}{_PER}(?P<word>{_PERIOD_WORD})|{_NET}(?P<adverb>{_ADVERB}))?"
_TO = r"(?:to|bis(?: zu)?|hasta|till|à)"
_PAY = re.compile(
    rf"(?<![\w.,/#%-])(?P<pre>{_BEFORE_SIGN})?\s?(?P<low>{_FIGURE})(?P<lowk>\s?k)?(?P<lowplus>\+)?\s?"
    rf"(?P<mid>{_AFTER_SIGN})?(?:{_PER}{_PERIOD_WORD}(?=\s?(?:-|–|—|{_TO})\s?[$€£0-9]))?"
    rf"(?:\s?(?:-{{1,2}}|–|—|−|~|{_TO}|and|\.\.\.?)\s?(?P<pre2>{_BEFORE_SIGN})?\s?(?P<high>{_FIGURE})(?P<highk>\s?k)?"
    rf"(?P<highplus>\+)?\s?)?(?P<post>\(?{_AFTER_SIGN}\b|€|£|\$)?\)?"
    rf"{_PERIOD}(?!\s?(?:m|mm|mln|mil|million|b|bn|billion|t|trillion|mrd|crores?)\b)(?![\w%])",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = ("zł", "zl", "euro", "pounds", "sfr", "cdn", "nis", "us dollars")
_AMOUNTS_OF_CROWNS = [f"{digit}{gap}kr" for digit in range(10) for gap in ("", " ")]
_HINTS = Signs(["$", *_CODES.lower().split("|"), *filter(str.isascii, _WORDS), *_AMOUNTS_OF_CROWNS])
"""Beginnings of all that names a currency: without one there is no pay to read, and most adverts have none."""
_WIDE_HINT = re.compile("[€£₹¥₪]|zł|ZŁ|Zł")
_WIDE_SIGNS = "€£₹¥₪łŁ"
_WRITTEN = frozenset(
    [
        "$",
        *_CODES.split("|"),
        *_CODES.lower().split("|"),
        *(case for word in _WORDS for case in (word, word.upper(), word.capitalize())),
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
_PERIOD_WORDS = {"tag": "day", "jour": "day", "timme": "hour"}
_YEARLY = frozenset(("USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "SGD", "HKD", "$"))
"""Currencies of labour markets that state pay by the year where they name no period."""

_PLAUSIBLE = {"year": (8_000, 900_000), "month": (300, 60_000), "week": (150, 15_000), "day": (50, 4_000),
              "hour": (5, 500)}  # fmt: skip
"""Lowest and highest amounts for a job, in currencies near the dollar; outside it is something else."""
_LEAST_YEAR_UNSAID = 20_000
"""Without a word on the period less than this a year may as well be by the month."""
_SMALL_UNIT = {"INR": 60, "JPY": 100, "HUF": 300, "CZK": 20, "RUB": 60, "THB": 30, "SEK": 9, "NOK": 9, "DKK": 7,
               "kr": 9, "¥": 100, "PLN": 4, "ZAR": 14, "MXN": 18, "ETB": 50, "NGN": 400, "KES": 100,
               "UAH": 28}  # fmt: skip
"""About so many of these are a dollar: only to tell what may be pay, never to convert it."""
_WIDEST = 4
"""A range from 30k to 150k spans jobs, not the pay of one."""

_NOT_PAY_BEFORE = re.compile(
    r"\b(?:rais\w+|fund\w*|seed|series \w|round|revenue|arr\b|mrr\b|gmv|valu\w+|market|worth|invest\w*|sold|acquired|"
    r"backed|grant|prize|budget|stipend|allowance|reimburse\w*|bonus(?:es)? of|bonus|referral|refer|signing|sign-on|"
    r"equity|options|stock|spend\w*|sav(?:e|es|ing)\b|cost\w*|customers?|users?|process\w*|pric\w+|contribution|donat\w+|401|"
    r"ote|on[ -]target|total comp\w*|total package|total target|tc\b|package|relocation|visa|fee|billing|transactions?|"
    r"bounty|reward|giv(?:e|ing)|employees|people|team of|plus|houses?|homes?|rents?|loans?|from \$0)\b[^|\n.;]{0,28}$",
    re.IGNORECASE,
)
_NOT_PAY_AFTER = re.compile(
    r"^[\s)(]*(?:(?:in|of|a|an|the|annual|yearly|for|towards?|worth|usd|our|your|per|employee|year|/|up|to|additional|"
    r"monthly|month)\s*)*(?:funding|seed|series|revenue|arr\b|mrr\b|sales|market|valuation|investment|budget|stipend|"
    r"allowance|bonus|referral|reimburse\w*|signing|sign-on|relocation|equity|options|stock|ote\b|on[ -]target|"
    r"total|tc\b|tcc\b|professional|learning|education\w*|training|conferences?|tuition|"
    r"wellness|gym|home|equipment|credit|match\w*|users|customers|people|companies|employees|downloads|requests|qps|"
    r"rps|stars|lines|tickets|devices|servers|nodes|packages?\b|transaction|savings|travel|personal|"
    r"commission|including|incl\b|inclusive|w/ bonus|all[ -]in)",
    re.IGNORECASE,
)
_PAY_WORD = re.compile(
    r"^ ?(?:\+|plus) super\b|\b(?:salar\w+|compensation|comp|pay|pays|paying|paid|base|rates?|wages?|"
    r"remuneration|earn\w*|gross|brutto|"
    r"offer(?:ing)?|range|band)\b",
    re.IGNORECASE,
)
_PERIOD_BEFORE = re.compile(
    r"\b(?P<adverb>annual|yearly|monthly|weekly|daily|hourly) (?:base |gross )?(?:rate|salary|pay|wage|compensation)\b"
    r"[^.;|\n]{0,30}$",
    re.IGNORECASE,
)
_OF = r"(?: of| salary| pay| wage| rate| base)?"
_UP_TO = re.compile(rf"\b(?:up\s?to|max(?:imum)?\.?{_OF}|under|to|bis(?:\s?zu)?)\W{{0,3}}$", re.IGNORECASE)
_FROM = re.compile(
    rf"\b(?:from|start(?:s|ing)?(?: (?:at|from|salary))?|min(?:imum)?\.?{_OF}|at least|over|above)\W{{0,3}}$",
    re.IGNORECASE,
)


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
            if match["pre"] or match["mid"] or match["pre2"] or match["post"]:
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
    if _NOT_PAY_BEFORE.search(before) or _NOT_PAY_AFTER.match(after):
        return None
    sign = _currency(match)
    period = _period(match, before)
    named = _PAY_WORD.search(before) or _PAY_WORD.search(after[:30])
    amounts = _amounts(match)
    if sign is None or amounts is None:
        return None
    low, high = amounts
    is_range = low < high and low >= _LEAST_YEAR_UNSAID
    if not (named or in_header or period or is_range):
        return None
    if period is None:
        if sign not in _YEARLY or low < _LEAST_YEAR_UNSAID:
            return None
        period = "year"
    least, most = _PLAUSIBLE[period]
    unit = _SMALL_UNIT.get(sign, 1)
    if not least * unit <= low <= high <= most * unit or high > _WIDEST * low:
        return None
    return _as_stated(match, before, low, high, sign, period)


def _as_stated(match: re.Match[str], before: str, low: float, high: float, sign: str, period: str) -> Pay:
    """One amount alone is both ends, unless words or a plus sign make it an end."""
    lowest: float | None = low
    highest: float | None = high
    if match["high"] is None:
        if match["lowplus"] or _FROM.search(before):
            highest = None
        elif _UP_TO.search(before):
            lowest = None
    shared = sign in _SHARED_SIGNS
    return Pay(lowest, highest, None if shared else sign, sign if shared else None, period)


def _amounts(match: re.Match[str]) -> tuple[float, float] | None:
    low = _figure(match["low"])
    if match["high"] is None:
        return (low * 1000, low * 1000) if match["lowk"] else (low, low)
    high = _figure(match["high"])
    if match["highk"]:
        high *= 1000
        # "80-105k": the k is said once for both
        low = low * 1000 if match["lowk"] or low < 1000 else low
    elif match["lowk"]:
        low, high = low * 1000, high * 1000 if high < 1000 else high
    return (low, high) if low <= high else None


def _figure(text: str) -> float:
    cents = re.fullmatch(r"(.*\d{3})[.,](\d\d)", text)
    whole, part = cents.groups() if cents else (text, "")
    plain = re.sub(r"[,'’\s]|\.(?=\d{3}(?!\d))", "", whole) + (f".{part}" if part else "")
    return float(plain)


def _currency(match: re.Match[str]) -> str | None:
    """ISO code, or a sign several currencies share; None where none is named or two differ."""
    named = set()
    for group in ("pre", "mid", "pre2", "post"):
        if match[group]:
            word = match[group].lower().strip(" ()")
            word = word if word in _SIGNS or word in _SHARED_SIGNS else word.replace(" ", "")
            named.add(_SIGNS.get(word) or _SHARED_SIGNS.get(word) or word.strip("$€£").upper())
    if len(named) > 1:
        named -= {"$"}  # "$90k USD" says which dollar
    return named.pop() if len(named) == 1 else None


def _period(match: re.Match[str], before: str) -> str | None:
    """Period said after the amounts, or before them ("the hourly rate is")."""
    said = _PERIOD_BEFORE.search(before)
    word = (match["word"] or match["adverb"] or (said["adverb"] if said else "")).lower()
    if not word:
        return None
    return _PERIOD_WORDS.get(word) or _PERIOD_OF[word[0]]
