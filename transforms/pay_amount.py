"""Amounts of money as adverts write them: groups of three, decimals, "k" and lakhs."""

import re

_LAKH = 100_000
"""What India counts yearly pay in: "12 LPA" is 1,200,000 rupees per annum."""
_TWO_DECIMALS = re.compile(r",\d\d$")
_THOUSANDS = re.compile(r"\d{2,3}[.,'’ ](?:000|500)")


def amounts_of(match: re.Match[str]) -> tuple[float, float] | None:
    """Returns the lower and the upper amount of a match of pay_text._PAY, None where they make no range."""
    low = _figure(match["low"])
    high = low if match["high"] is None else _figure(match["high"])
    if match["lakh"]:
        return (low * _LAKH, high * _LAKH) if low <= high and not (match["lowk"] or match["highk"]) else None
    if (match["lowk"] and _TWO_DECIMALS.search(match["low"])) or (
        match["highk"] and _TWO_DECIMALS.search(match["high"])
    ):
        return None  # "60,70k" is a slip for a range
    if match["high"] is None:
        return (low * 1000, low * 1000) if match["lowk"] else (low, low)
    if match["highk"]:
        high *= 1000
        # "80-105k": the k is said once for both
        low = low * 1000 if match["lowk"] or low < 1000 else low
    elif match["lowk"]:
        low, high = low * 1000, high * 1000 if high < 1000 else high
    elif _THOUSANDS.fullmatch(match["high"]) and high / 2 <= low * 1000 <= high:
        low *= 1000  # "30-35,000": so are the thousands
    return (low, high) if low <= high else None


def _figure(text: str) -> float:
    cents = re.fullmatch(r"(.*\d{3})[.,](\d\d)|(\d{1,7}),(\d{1,2})", text)
    whole, part = (cents[1] or cents[3], cents[2] or cents[4]) if cents else (text, "")
    plain = re.sub(r"[,'’\s]|\.(?=\d{3}(?!\d))", "", whole) + (f".{part}" if part else "")
    return float(plain)
