"""Parts of an advert, by headings and by what single sentences say."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.requirement import clause_requirements
from transforms.section_list import BULLET, asked_of_list, n_items_after
from transforms.section_verdict import BIT, LONGEST_LISTED, REQUIREMENT_OF, Verdict, decided
from transforms.section_words import CUES, HEADINGS
from transforms.sign import plain
from transforms.text import fold


class Section(NamedTuple):
    """A stretch of the cleaned text: offsets, section and requirement as in schemas.vocabulary.

    ``stance`` says what its sentence does with what it names: `asked` of the reader (also lists and short
    lines), `used` by the employer, `told` of the company, the product, the world, named in an `aside` of such
    talk that speaks of tools, or `plain` words without any sign.
    """

    start: int
    end: int
    section: str
    requirement: str
    stance: str = "asked"


_BENEFIT = BIT["benefit"]
_CUE_BITS = [BIT[kind] for kind, phrases in CUES.items() for _ in phrases]
_CUE_AUTOMATON = AhoCorasick(
    [phrase for phrases in CUES.values() for phrase in phrases], implementation=Implementation.DFA
)
_LAST_WORDS = [
    (number, phrase[:-1] + "\n")
    for number, phrase in enumerate(phrase for phrases in CUES.values() for phrase in phrases)
    if phrase[0] == " " and phrase[-1] == "."
]
"""Words that are a cue as the last of a sentence, as they end a line: items of lists bear no full stop."""
_HEADING = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in HEADINGS.items()))
_OF_ONE_SENTENCE = re.compile(
    r"(?:\w+ )?(?:salary|pay|compensation|remuneration|locations?|address|offices?|where|website)\b"
)
"""Headings that a figure or a place answers; in an advert of one paragraph the demands follow on
the same line."""
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
_OF_READER = re.compile(r"(?:we|our|you)\b")
"""A sentence ends with its line, and with a stop before a capital, a sign or one of these words."""
_MARKS = ' \t#*_=~-–—•●▪·>:|.!?[](){}"“”+✅🔹👉0123456789'
_LONGEST_UNIT = 400
_LONGEST_HEADING = 48
_LATEST_COLON = _LONGEST_HEADING + 8
_LONGEST_UNKNOWN_HEADING = 40
_PREFERRED = BIT["preferred"]
_WORK = BIT["work"]
_UNTIL_WORK = frozenset(("company", "address", "equal_opportunity", "legal"))
"""Parts without skills that end where a line speaks of the work: adverts seldom say so with a heading."""

_NO_LIMIT = 1_000_000
_LINES = {"company": 4, "address": 1}
"""Lines a heading speaks for; the other headings hold until the next one. Adverts without further
headings go on to the job after a paragraph or two about the company."""


def sections(text: str, places: Sequence[int] | None = None) -> list[Section]:
    """Returns stretches that cover the cleaned text without gap, in order; `body` is the default.

    With ``places``, offsets in order, only the stretches hold that these stand in: a third of the sentences name a
    skill, and what the others say need not be judged.
    """
    folded = fold(text).replace("’", "'")
    units = _units(text)
    cues = _cues(text, units)
    if not units:
        return [Section(0, len(text), "body", "mentioned")]
    starts: list[int] = []
    verdicts: list[Verdict] = []
    last: Verdict | None = None
    current, after_line, lines_left, is_brief = "body", "body", _NO_LIMIT, False
    after_list, in_items, around = "body", False, "body"
    wanted = iter(places or ())
    place = next(wanted, len(text)) if places is not None else 0
    for number, (start, end) in enumerate(units):
        bits = cues[number]
        starts_line = start == 0 or folded[start - 1] == "\n"
        if starts_line:
            was_item, in_items = in_items, BULLET.match(folded, start) is not None
            if lines_left <= 0:
                after_line = after_list
            is_other = was_item and not in_items and after_line == "benefits"
            current = "body" if bits & _WORK and (is_other or after_line in _UNTIL_WORK) else after_line
            after_line, lines_left = current, lines_left - 1
            around = current if current in REQUIREMENT_OF else "body"
        elif is_brief:
            current = "body"
        # Most units hold no colon where a heading has it: told here, they are spared the call.
        length = end - start
        colon = folded.find(":", start, end if length < _LATEST_COLON else start + _LATEST_COLON)
        heading = None
        if colon >= 0 or length <= _LONGEST_HEADING:
            heading = _heading(folded, start, end, colon)
        is_brief = bool(heading and heading[2])
        if heading:
            current, alone, _ = heading
            after_line = (
                current
                if alone or not starts_line
                else _after_inline(folded, end, current, after_line, in_items=in_items)
            )
            lines_left, after_list = _LINES.get(current, _NO_LIMIT), "body"
        elif starts_line and folded[end - 1] == ":" and _is_unknown_heading(folded, start, end):
            current = after_line = "body"
        if folded[end - 1] == ":" and not (heading or in_items):
            asked = asked_of_list(folded, start, end, current, bits)
            if asked:
                after_list, after_line, lines_left = around, asked, n_items_after(folded, end)
        if places is not None:
            while place < start:
                place = next(wanted, len(text))
            if place >= end:
                continue
        verdict = decided(current, bits, length > LONGEST_LISTED)
        if bits & _PREFERRED and verdict[1] == "preferred":
            section = verdict[0]
            otherwise = REQUIREMENT_OF.get(section, "mentioned")
            for at, requirement in clause_requirements(folded, start, end, otherwise):
                verdict = (section, requirement, "asked")
                if verdict != last:
                    starts.append(at)
                    verdicts.append(verdict)
                    last = verdict
        elif verdict != last:
            starts.append(start)
            verdicts.append(verdict)
            last = verdict
    if not starts:
        return [Section(0, len(text), "body", "mentioned")]
    starts[0] = 0
    ends = [*starts[1:], len(text)]
    return [Section(start, end, *verdict) for start, end, verdict in zip(starts, ends, verdicts, strict=True)]


def _units(text: str) -> list[tuple[int, int]]:
    """Sentences and lines, as offsets; cut at spaces where one is no single sentence."""
    stops: list[int] = []
    for sign in ".!?;":
        at = text.find(sign)
        while at >= 0:
            if text[at + 1 : at + 2] == " ":
                after = text[at + 2 : at + 3]
                if after and (after not in _LOWER or (after in "woy" and _OF_READER.match(text, at + 2))):
                    stops.append(at + 1)
            at = text.find(sign, at + 1)
    at = text.find("\n")
    while at >= 0:
        stops.append(at)
        at = text.find("\n", at + 1)
    stops.sort()
    units, start = [], 0
    for end in stops:
        if end - start > _LONGEST_UNIT:
            units += _pieces(text, start, end)
        elif end > start:
            units.append((start, end))
        start = end + 1
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


def look_for_cues(texts: Iterable[str]) -> None:
    """Scan texts one after the other for cues, see transforms.sign.look_for_signs: they are remembered."""
    for text in texts:
        _cue_places(text)


@lru_cache(maxsize=256)
def _cue_places(text: str) -> list[tuple[int, int, int]]:
    """Number of each phrase found, and where it stands, one too high: it may begin with the space before its word,
    and a line's first word has one too.
    """
    folded = plain(text)
    padded = " " + folded.replace("\n", " ").replace(">", " ")
    found: list[tuple[int, int, int]] = _CUE_AUTOMATON.find_matches_as_indexes(padded, overlapping=True)
    last_words = [
        (number, at, at + len(phrase))
        for number, phrase in _LAST_WORDS
        if phrase in folded
        for at in (match.start() + 1 for match in re.finditer(re.escape(phrase), folded))
    ]
    return sorted([*found, *last_words], key=lambda place: place[1] + place[2]) if last_words else found


def _cues(text: str, units: list[tuple[int, int]]) -> list[int]:
    """Cue kinds of each unit as bits. One benefit word may be the company's trade ("health insurance"), two are
    `benefits`.
    """
    found = [0] * len(units)
    number = 0
    # A phrase belongs to the unit of its middle, whose doubled place is compared.
    begins = [2 * start + 2 for start, _ in units[1:]] + [2 * len(text) + 4]
    following = begins[0]
    cue_bits = _CUE_BITS
    for index, start, end in _cue_places(text):
        while start + end >= following:
            number += 1
            following = begins[number]
        bit = cue_bits[index]
        if bit == _BENEFIT and found[number] & bit:
            bit = BIT["benefits"]
        found[number] |= bit
    return found


def _heading(folded: str, start: int, end: int, colon: int) -> tuple[str, bool, bool] | None:
    """(section, stands alone, speaks for its sentence only) where the unit is a heading or begins with one
    and a colon: "Salary: 50k. You know SQL."
    """
    head = folded[start : colon if colon >= 0 else end].strip(_MARKS)
    section = section_of_heading(head) if head else None
    if section is None or (colon < 0 and folded[end - 1 : end] in ".;,"):
        return None
    alone = colon < 0 or not folded[colon + 1 : end].strip(_MARKS)
    return section, alone, not alone and _OF_ONE_SENTENCE.match(head) is not None


@lru_cache(maxsize=1 << 16)
def section_of_heading(head: str) -> str | None:
    """Returns the section a heading opens, folded and without its marks; None if it is none.

    Remembered: adverts share their headings, and the expression is long.
    """
    match = _HEADING.fullmatch(head)
    return match.lastgroup if match else None


def _is_unknown_heading(folded: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST_UNKNOWN_HEADING and not BULLET.match(folded, start)


def _after_inline(folded: str, end: int, section: str, before: str, *, in_items: bool) -> str:
    """What follows "Benefits: lunch": the same section only if the next line is a list item.

    "Must: Go." within a list of demands leaves the list what it was, and so does every item of a list: after
    "- Nice to have: Celery" the next item is as those before.
    """
    if in_items:
        return before
    line_end = folded.find("\n", end)
    if line_end >= 0 and BULLET.match(folded, line_end + 1):
        return section
    return before if before in REQUIREMENT_OF and section in REQUIREMENT_OF else "body"
