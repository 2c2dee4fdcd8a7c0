"""Parts of an advert, by headings and by what single sentences say."""

import re
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.section_words import CUES, HEADINGS
from transforms.text import fold


class Section(NamedTuple):
    """A stretch of the cleaned text: offsets, section and requirement as in schemas.vocabulary."""

    start: int
    end: int
    section: str
    requirement: str


_CUE_KINDS = [kind for kind, phrases in CUES.items() for _ in phrases]
_CUE_AUTOMATON = AhoCorasick(
    [phrase for phrases in CUES.values() for phrase in phrases], implementation=Implementation.DFA
)
_HEADING = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in HEADINGS.items()))
_SENTENCE_END = re.compile(r"[.!?;\n](?:(?<=\n)|\s+(?=[^\sa-z]))")
_MARKS = ' \t#*_=~-–—•●▪·>:|.!?[](){}"“”+✅🔹👉0123456789'
_BULLET = re.compile(r"\s*(?:[-*•●▪·–—+>]|\d{1,2}[.)])\s")
_LONGEST_UNIT = 400
_LONGEST_HEADING = 48
_LONGEST_UNKNOWN_HEADING = 40
_REQUIREMENT_OF = {"requirements": "required", "nice_to_have": "preferred"}
_NO_CUES: frozenset[str] = frozenset()
_NO_LIMIT = 1_000_000
_LINES = {"company": 4, "address": 1}
"""Lines a heading speaks for; the other headings hold until the next one. Adverts without further
headings go on to the job after a paragraph or two about the company."""

_REJECTING = ("company", "benefits", "equal_opportunity", "legal", "address")
_MIN_BENEFITS = 2
"""One benefit word may be the company's trade ("health insurance"); two make a list of benefits."""


def sections(text: str) -> list[Section]:
    """Returns stretches that cover the cleaned text without gap, in order; `body` is the default."""
    folded = fold(text).replace("’", "'")
    units = _units(text)
    cues = _cues(folded, units)
    if not units:
        return [Section(0, len(text), "body", "mentioned")]
    starts: list[int] = []
    verdicts: list[tuple[str, str]] = []
    last: tuple[str, str] | None = None
    current, after_line, lines_left = "body", "body", _NO_LIMIT
    for number, (start, end) in enumerate(units):
        unit_cues = cues.get(number, _NO_CUES)
        starts_line = start == 0 or folded[start - 1] == "\n"
        if starts_line:
            current = "body" if lines_left <= 0 else _carried(after_line, unit_cues)
            after_line, lines_left = current, lines_left - 1
        heading = _heading(folded, start, end)
        if heading:
            current, alone = heading
            after_line = current if alone or not starts_line else _after_inline(folded, end, current)
            lines_left = _LINES.get(current, _NO_LIMIT)
        elif starts_line and folded[end - 1] == ":" and _is_unknown_heading(folded, start, end):
            current = after_line = "body"
        verdict = _verdict(current, unit_cues) if unit_cues else _UNCUED[current]
        if verdict != last:
            starts.append(start)
            verdicts.append(verdict)
            last = verdict
    starts[:1] = [0]
    ends = [*starts[1:], len(text)]
    return [Section(start, end, *verdict) for start, end, verdict in zip(starts, ends, verdicts, strict=True)]


_UNCUED = {
    name: (name, "mentioned" if name in _REJECTING else _REQUIREMENT_OF.get(name, "mentioned"))
    for name in ("body", *HEADINGS)
}


def _units(text: str) -> list[tuple[int, int]]:
    """Sentences and lines, as offsets; cut at spaces where one is no single sentence."""
    units, start = [], 0
    for gap in _SENTENCE_END.finditer(text):
        end, after = gap.span()
        if text[end] != "\n":
            end += 1
        if end - start > _LONGEST_UNIT:
            units += _pieces(text, start, end)
        elif end > start:
            units.append((start, end))
        start = after
    return units + _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A unit in pieces: a cue must not judge a whole advert."""
    pieces = []
    while end - start > _LONGEST_UNIT:
        cut = text.rfind(" ", start, start + _LONGEST_UNIT) + 1
        cut = cut if cut > start else start + _LONGEST_UNIT
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)] if end > start else pieces


def _cues(folded: str, units: list[tuple[int, int]]) -> dict[int, frozenset[str]]:
    """Cue kinds by unit number; `benefits` only where a unit names several."""
    by_unit: dict[int, list[str]] = {}
    number = 0
    for index, start, _ in _CUE_AUTOMATON.find_matches_as_indexes(folded, overlapping=True):
        while number < len(units) - 1 and start >= units[number + 1][0]:
            number += 1
        by_unit.setdefault(number, []).append(_CUE_KINDS[index])
    kinds = {}
    for number, names in by_unit.items():
        several = {"benefits"} if names.count("benefit") >= _MIN_BENEFITS else set()
        kinds[number] = frozenset(names) | several
    return kinds


def _heading(folded: str, start: int, end: int) -> tuple[str, bool] | None:
    """(section, stands alone) where the unit is a heading or begins with one and a colon."""
    colon = folded.find(":", start, min(end, start + _LONGEST_HEADING + 8))
    if colon < 0 and end - start > _LONGEST_HEADING:
        return None
    head = folded[start : colon if colon >= 0 else end].strip(_MARKS)
    section = _section_of(head) if head else None
    if section is None or (colon < 0 and folded[end - 1 : end] in ".;,"):
        return None
    return section, colon < 0 or not folded[colon + 1 : end].strip(_MARKS)


@lru_cache(maxsize=1 << 16)
def _section_of(head: str) -> str | None:
    """The section a heading opens. Remembered: adverts share their headings, and the expression is long."""
    match = _HEADING.fullmatch(head)
    return match.lastgroup if match else None


def _is_unknown_heading(folded: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_UNKNOWN_HEADING and not _BULLET.match(folded, start)


def _after_inline(folded: str, end: int, section: str) -> str:
    """What follows "Benefits: lunch": the same section only if the next line is a list item."""
    line_end = folded.find("\n", end)
    return section if line_end >= 0 and _BULLET.match(folded, line_end + 1) else "body"


def _carried(section: str, cues: frozenset[str]) -> str:
    """A part without skills ends where a line speaks of the work: adverts seldom say so with a heading."""
    return (
        "body"
        if section in ("company", "address", "equal_opportunity", "legal") and "work" in cues
        else section
    )


def _verdict(current: str, cues: frozenset[str]) -> tuple[str, str]:
    for name in ("equal_opportunity", "legal", "benefits"):
        if name in cues:
            return name, "mentioned"
    if "address" in cues and "work" not in cues and current == "body":
        return "address", "mentioned"
    if current in _REJECTING:
        return current, "mentioned"
    if "preferred" in cues:
        return current, "preferred"
    if "required" in cues:
        return current, "preferred" if current == "nice_to_have" else "required"
    return current, _REQUIREMENT_OF.get(current, "mentioned")
