"""Whether a job's name is that of people one works with, and not of who is hired."""

import re

_COLLEAGUES = re.compile(
    r"\b(?:with|alongside|(?:products?|tools?|platforms?) (?:built )?for|team of|teams of|our|of|"
    r"between|among|and other|supervis\w+|manag(?:e|ing)|support(?:s|ing)?|"
    r"compris\w+|consist\w*|by)\b[^.!?\n|:]{0,60}$",
    re.IGNORECASE,
)
_HIRED_BEFORE = re.compile(
    r"\b(?:seeking|looking (?:for|at|to (?:hire|bring|add))|hir(?:e|ing)|recruit\w*|openings? for|bring on|in need of|"
    r"role as|join\w* (?:us )?as)\b[^.!?\n:|]{0,60}$",
    re.IGNORECASE,
)
_HIRED_AFTER = re.compile(
    r" (?:\w+ ){1,3}?(?:will|opportunity|position|role|opening|to join|is responsible)\b", re.IGNORECASE
)
_LISTED_WITHIN = 35


def of_colleagues(text: str, start: int, end: int, *, is_told: bool) -> bool:
    """Whether a job's name is that of people one works with: "alongside data scientists and ML engineers"."""
    if begins_line(text, start) or _HIRED_BEFORE.search(text, max(0, start - 80), start):
        return False
    if _HIRED_AFTER.match(text, end):
        return False
    return is_told or _COLLEAGUES.search(text, max(0, start - 80), start) is not None


def begins_line(text: str, start: int) -> bool:
    """Whether at most a few words stand before it in its line, as in a list of openings."""
    return "\n" in text[max(0, start - _LISTED_WITHIN) : start] or start < _LISTED_WITHIN
