"""Whether the words beside a match make it a firm, its trade, or the product it sells."""

import re
from bisect import bisect_left
from typing import NamedTuple

from transforms.lexicon import Entry
from transforms.mention_evidence import is_general
from transforms.product import KINDS, OURS, OURS_WITHIN, is_own_kind, is_with_ours
from transforms.sign import Signs
from transforms.text import fold

_KIND_WITHIN = 80
_TRADE = re.compile(
    r" (?:compan(?:y|ies)|start-?ups?|firms?|providers?|vendors?|industry|leaders?|departments?|"
    r"consultanc(?:y|ies)|"
    r"agenc(?:y|ies)|marketplace|meetups?|conferences?|investors?)\b"
)
_TRADE_BEGINS = frozenset(f" {letter}" for letter in "csfpvildamMCA")
"""First signs of _TRADE and _GATHERING: they spare six of ten skills the expression."""
_GATHERING = re.compile(r" (?:[Mm]eet-?ups?|[Cc]onferences?|[Mm]arketplace|[Aa]lternatives?)\b")
_MADE_BY = re.compile(
    r"\b(?:(?:co-?)?(?:creators?|makers?|founders?|inventors?|authors?) of|(?:team|people|folks|company|minds) "
    r"(?:behind|that made|who made|that built|who built))"
    r"(?: the(?: [\w-]+){0,4} (?:projects?|tools?|librar(?:y|ies)|frameworks?)(?: -| –|:|,)?)?"
    r"(?: \w+,| [\w.]+ and)*(?: the)? $"
)
"""Before the name of what somebody made: "the creators of Terraform, Consul"."""
_WARDS = re.compile(
    r"\b(?:(?:specialit(?:y|ies)|specialt(?:y|ies)|wards|clinics)\b(?:,| such as| like| includ\w+)|departments of )"
    r"[^.!?\n]{0,110}$"
)
"""A list of what a hospital offers."""
_MAKERS = Signs(("creator", "maker", "founder", "inventor", "author", "behind", " made", " built"))
_OFFERED = Signs(("specialit", "specialt", "wards", "clinics", "departments of"))
"""What _MADE_BY and _WARDS match holds one of these."""
_REPORTS_TO = re.compile(
    r"\breport\w*\b[^.\n]{0,40}\b(?:[Dd]irector|VP|[Hh]ead|[Mm]anager|Chief|President) of $"
)
_WORKED_AT = re.compile(
    r"\b(?:jobs?|work\w*|engineers?|teams?|been|here|people|roles?|career|life|founded|built) at $"
)


class FirmSigns(NamedTuple):
    """Where words stand that the slower looks at what stands before a match need, in order."""

    made_by: list[int]
    wards: list[int]
    kinds: list[int]
    ours: list[int]


def _is_near(places: list[int], start: int, reach: int) -> bool:
    """Whether one of the places stands at most ``reach`` characters before."""
    before = bisect_left(places, start) - 1
    return before >= 0 and places[before] >= start - reach


def signs_of_firm(text: str) -> FirmSigns:
    """Returns what the text holds: asked once a text, since each look costs as much for every match."""
    return FirmSigns(_MAKERS.starts(text), _OFFERED.starts(text), KINDS.starts(text), OURS.starts(text))


def is_of_firm(text: str, start: int, end: int, entry: Entry, signs: FirmSigns) -> bool:
    """Whether the words beside it make it a firm or its trade: "a blockchain startup", "worked at Stripe"."""
    before = text[start - 4 : start]
    if before == " at " and _WORKED_AT.search(text, max(0, start - 16), start):
        return True
    if before == " of " and _REPORTS_TO.search(text, max(0, start - 60), start):
        return True
    made_by = signs.made_by and text[start - 1 : start] == " " and _is_near(signs.made_by, start, 80)
    if made_by and _MADE_BY.search(fold(text), max(0, start - 80), start):
        return True
    wards = signs.wards and not entry.is_name and _is_near(signs.wards, start, 150)
    if wards and _WARDS.search(fold(text), max(0, start - 150), start):
        return True
    if text[end : end + 2] not in _TRADE_BEGINS:
        return False
    trade = _TRADE if is_general(entry, text[start:end]) or text[start:end].isupper() else _GATHERING
    return trade.match(text, end) is not None


def is_own(text: str, start: int, end: int, signs: FirmSigns) -> bool:
    """Whether it stands in what the firm says its product is: "Northwind is a collaborative SQL editor"."""
    if signs.ours and _is_near(signs.ours, start, OURS_WITHIN) and is_with_ours(text, start):
        return True
    after = bisect_left(signs.kinds, end)
    return (
        after < len(signs.kinds) and signs.kinds[after] < end + _KIND_WITHIN and is_own_kind(text, start, end)
    )
