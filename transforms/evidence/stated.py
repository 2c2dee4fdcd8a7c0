"""Numbers as sources print them: value, precision, unit, bound and sense of direction.

``stated`` keeps the printed number with, at most, the words that carry its sign and bound, such as
"26% fewer" or "more than 40 percent". That is enough to hold an entered estimate to its source.
"""

import math
import re
from dataclasses import dataclass

NUMBER_FORM = re.compile(
    r"(?P<sign>[-+−])?\s?(?P<currency>\$)?(?P<digits>\d[\d,]*(?:\.\d+)?)"
    r"\s?(?P<scale>million|billion|thousand|[MBk]\b)?"
)
COUNTS = re.compile(r"^(\d[\d,]*)/(\d[\d,]*) vs (\d[\d,]*)/(\d[\d,]*)$")
RANGE = re.compile(r"(?P<low>\d+(?:\.\d+)?)\s?(?:%\s?)?(?:-|–|to)\s?(?P<high>\d+(?:\.\d+)?)")

SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "M": 1e6, "billion": 1e9, "B": 1e9}

NUMBER_WORDS = {
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
}
WORD = re.compile(r"\b(?:" + "|".join(NUMBER_WORDS) + r")\b")

UNIT_FORMS = (
    ("pp", re.compile(r"percentage[- ]points?|\bpp\b|\bpoints?\b")),
    ("percent", re.compile(r"%|\bper ?cent\b")),
    ("sd", re.compile(r"\bSDs?\b|\bstandard deviations?\b")),
    ("fraction", re.compile(r"\btimes\b|\bfold\b|\d\s?x\b|\bratio\b")),
)

AT_LEAST = re.compile(r"\bmore than\b|\bover\b|\bat least\b|\bexceed\w*|\bor more\b")
AT_MOST = re.compile(r"\bup to\b|\bat most\b|\b(?:less|fewer) than\s?\$?\d")
ABOUT = re.compile(
    r"\babout\b|\baround\b|\broughly\b|\bapproximately\b|\bnearly\b|\balmost\b|\bca\.|\bclose to\b|~"
)

SPEED = re.compile(r"\bfaster\b|\bquick\w*|\bsooner\b")
FALL = re.compile(
    r"\bfewer\b|\bless\b|\blower\w*|\bf[ae]ll\w*|\bdecreas\w*|\bdeclin\w*|\breduc\w*|\bdrop\w*|\bshorter\b|\bslower\b"
)
RISE = re.compile(
    r"\bmore\b|\bhigher\b|\brises?\b|\brose\b|\bincreas\w*|\bgr[eo]w\w*|\braise\w*|\blonger\b|\bbetter\b"
)


class NoNumber(ValueError):
    """The text holds no number that could be compared with an estimate."""


@dataclass(frozen=True)
class Printed:
    """A printed number: ``values`` (two for a range), half a unit of the last digit, unit, bound, sense.

    ``unit`` is None where no unit is printed; ``sense`` is +1, -1, or 0 where nothing tells the direction.
    """

    values: tuple[float, ...]
    half: float
    unit: str | None
    bound: str
    sense: int
    counts: tuple[int, int, int, int] | None = None


def parse_stated(text: str, *, faster_is_less: bool = False) -> Printed:
    """Read a printed number. ``faster_is_less``: the outcome is a duration. Raises NoNumber."""
    text = WORD.sub(lambda word: NUMBER_WORDS[word.group()], text.strip())
    counts = COUNTS.match(text)
    if counts:
        ai, n1i, ci, n2i = (int(part.replace(",", "")) for part in counts.groups())
        if 0 in (n1i, n2i):
            raise NoNumber(f"no rate follows from the counts {text!r}")
        ratio = (ai / n1i) / (ci / n2i) if ci else math.inf
        return Printed((ratio,), 0.0, "fraction", "exact", 1, (ai, n1i, ci, n2i))
    found = NUMBER_FORM.search(text)
    if not found:
        raise NoNumber(f"no number in {text!r}")
    unit = (
        "usd" if found["currency"] else next((name for name, form in UNIT_FORMS if form.search(text)), None)
    )
    pair = RANGE.search(text)
    if pair:
        values = (float(pair["low"]), float(pair["high"]))
        return Printed(values, _half(pair["high"], 1.0), unit, "range", _sense(text, found, faster_is_less))
    scale = SCALES.get(found["scale"] or "", 1.0)
    sense = _sense(text, found, faster_is_less)
    return Printed((_value(found),), _half(found["digits"], scale), unit, _bound(text), sense)


def parse_number(text: str) -> tuple[float, float]:
    """Signed value of a printed number and half a unit of its last digit. Raises NoNumber."""
    found = NUMBER_FORM.search(text)
    if not found:
        raise NoNumber(f"no number in {text!r}")
    sign = -1.0 if found["sign"] in ("-", "−") else 1.0
    return sign * _value(found), _half(found["digits"], SCALES.get(found["scale"] or "", 1.0))


def half_of_last_digit(number: float) -> float:
    """Half a unit of the last decimal a number is entered with: 0.6681 gives 0.00005."""
    text = repr(float(number))
    if "e" in text:
        mantissa, exponent = text.split("e")
        return half_of_last_digit(float(mantissa)) * 10.0 ** int(exponent)
    decimals = text.split(".")[1]
    return 0.5 if decimals == "0" else 0.5 * 10.0 ** -len(decimals)


def _value(found: re.Match[str]) -> float:
    return float(found["digits"].replace(",", "")) * SCALES.get(found["scale"] or "", 1.0)


def _half(digits: str, scale: float) -> float:
    decimals = digits.partition(".")[2]
    return 0.5 * 10.0 ** -len(decimals) * scale


def _bound(text: str) -> str:
    for bound, form in (("at_least", AT_LEAST), ("max", AT_MOST), ("about", ABOUT)):
        if form.search(text):
            return bound
    return "exact"


def _sense(text: str, found: re.Match[str], faster_is_less: bool) -> int:
    if found["sign"]:
        return -1 if found["sign"] in ("-", "−") else 1
    rest = AT_LEAST.sub(" ", AT_MOST.sub(" ", text))
    if SPEED.search(rest):
        return -1 if faster_is_less else 1
    falls, rises = bool(FALL.search(rest)), bool(RISE.search(rest))
    return int(rises) - int(falls)
