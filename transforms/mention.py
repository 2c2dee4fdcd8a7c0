"""Matches of the lexicon in one advert, each with the verdict whether it counts and the rule that decided.

What an ambiguous form must show: transforms.mention_evidence; what is told of the firm: transforms.told.

A taxonomy's alternative label is loose talk as often as a name ("be responsible", "help people"; half of
such matches are wrong): it counts only where the advert lists what it asks for.

An ambiguous form joined to a word by a hyphen ("go-to", "C-level") never counts.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from schemas.vocabulary import SECTIONS_WITHOUT_SKILLS
from transforms.beside import NAMES_OF_FIRMS, is_a_firm, is_their_department
from transforms.job_name import after_job_name, in_job_name, is_field
from transforms.lexicon import Entry, Lexicon
from transforms.mention_evidence import Match, case_holds, has_evidence, is_item, is_list_gap
from transforms.negation import NOT_NEEDED_AFTER, negated_stretches, says_unneeded
from transforms.other_meaning import other_meaning
from transforms.section import Section
from transforms.text import fold
from transforms.told import (
    TOLD,
    UNASKED,
    begins_line,
    is_general,
    is_of_firm,
    is_told,
    of_colleagues,
    seeks,
    signs_of_firm,
)

NOT_ASKED = ("_told", "_used", "_in_title")
"""Endings of the rules under which a skill counts that its sentence names without asking for it."""
ASKING_SECTIONS = ("requirements", "nice_to_have")


class Mention(NamedTuple):
    """One match: offsets in the cleaned text, what it means, where it stands, whether it counts and why."""

    start: int
    end: int
    skill_id: str
    surface: str
    section: str
    requirement: str
    negated: bool
    accepted: bool
    rule: str


_ACCEPTED_AS = {"none": "exact"}
_ENDING = {
    "asked": "", "plain": "", "used": "_used", "aside": "_used", "told": "_told", "in_title": "_in_title",
}  # fmt: skip
_LOWER = "abcdefghijklmnopqrstuvwxyz"
_MADE_OF = re.compile(r"-(?:powered|driven|backed|centric)\b", re.IGNORECASE)
_BASED = re.compile(r"-based\b", re.IGNORECASE)
_NAME_TAIL = re.compile(
    r" (?:(?:[A-Z]\w+ )?(?:Labs?|Inc|LLC|Ltd|GmbH|Group|Bank|Partners|Capital|Ventures|Holdings|Studios?|"
    r"Foundation|Institute|University|School|Hospital|Trust|Council|Sons|Brothers|Couriers|Hotels?|"
    r"Airlines?|Foods?)\b)"
)
"""What follows a word in the name of an organisation ("Swift Couriers")."""
_INSTITUTION = re.compile(
    r" (?:[A-Z]\w+ ){0,2}(?:Institutes?|University|Foundation|School|Society|Association|(?:Research )?Cent(?:er|re))\b"
    r"(?! of Excellence)"
)
"""Of these only the names, whatever stands before: "Robotics Institute"."""
_NAME_DOES = re.compile(
    r" & [A-Z]\w+|(?: [A-Z]\w+){1,2} (?:is|was|has|makes?|sells?|runs?|builds?|provides?|offers?|"
    r"helps?|hires?|"
    r"seeks?|wants?|moves?)\b"
)
_IN_NAME = re.compile(r"(?:\b(?:at|join|joining|by)|(?:^|[.!?\n])) ?$", re.IGNORECASE)


def mentions(
    text: str,
    lexicon: Lexicon,
    sections: Sequence[Section],
    *,
    employer_key: str = "",
    header_end: int = 0,
    employer_span: tuple[int, int] = (0, 0),
) -> list[Mention]:
    """Returns every match of a skill in the cleaned text, counted or rejected: see decisions."""
    return decisions(
        text,
        lexicon.find(text),
        sections,
        employer_key=employer_key,
        header_end=header_end,
        employer_span=employer_span,
    )


def decisions(
    text: str,
    matches: Sequence[Match],
    sections: Sequence[Section],
    *,
    employer_key: str = "",
    header_end: int = 0,
    employer_span: tuple[int, int] = (0, 0),
) -> list[Mention]:
    """Returns the verdict on each match of a skill, counted or rejected, in order of offset.

    Up to ``header_end`` the section is `header`. ``employer_span`` is where the header names the employer.
    """
    if not matches:
        return []
    seeks_work = seeks(text)
    signs = signs_of_firm(text)
    negated = negated_stretches(text)
    unneeded = _unneeded(text, matches)
    starts = [section.start for section in sections]
    found = []
    named_at = _places_of(employer_key, text)
    reach, next_negated = 0, 0
    for number, (start, end, entry) in enumerate(matches):
        while next_negated < len(negated) and negated[next_negated][0] <= start:
            reach = max(reach, negated[next_negated][1])
            next_negated += 1
        if entry.skill_id is None:
            continue
        place = sections[bisect_right(starts, start) - 1]
        section = "header" if start < header_end else place.section
        in_header = start < header_end
        requirement = "mentioned" if in_header else place.requirement
        rule = (
            "seeks_work"
            if seeks_work
            else _rejection(text, matches, number, section, employer_key, employer_span)
        )
        if not rule and named_at and start < named_at[bisect_right(named_at, start) - 1] + len(employer_key):
            rule = "employer_name" if start >= named_at[0] else rule
        named = not rule and place.section == "body" and in_job_name(text, end)
        if (
            named
            and not in_header
            and is_field(entry.surface)
            and of_colleagues(text, start, end, place.stance)
        ):
            rule = "role_name"
        elif not rule and not named and place.section == "body":
            named = after_job_name(text, start)
        if not rule and (is_of_firm(text, start, end, entry, signs) or _is_of_others(text, matches[number])):
            rule = "told_of_company"
        is_negated = not rule and (number in unneeded or start < reach)
        if (
            not (rule or is_negated or in_header)
            and place.stance in (TOLD if named or (entry.is_name and not header_end) else UNASKED)
            and not (named and begins_line(text, start))
            and is_told(text, matches, number, place.stance)
        ):
            rule = "told_of_company"
        found.append(
            Mention(
                start, end, entry.skill_id, entry.surface, section, requirement, is_negated,
                not rule and not is_negated,
                rule or ("negated" if is_negated else _accepted_as(entry, "in_title" if named else place.stance)),
            )
        )  # fmt: skip
    return found


def _is_of_others(text: str, match: Match) -> bool:
    """Whether it names a firm that people come from or sell to, or a department one works with."""
    start, end, entry = match
    if entry.surface in NAMES_OF_FIRMS:
        return is_a_firm(text, start, end)
    return is_general(entry, text[start:end]) and is_their_department(text, start, end)


def _places_of(employer_key: str, text: str) -> list[int]:
    """Where the employer's whole name stands, if it has several words: "Example Juniper Labs" is no Juniper."""
    places: list[int] = []
    folded = fold(text) if " " in employer_key else ""
    at = folded.find(employer_key) if folded else -1
    while at >= 0:
        places.append(at)
        at = folded.find(employer_key, at + len(employer_key))
    return places


def _accepted_as(entry: Entry, stance: str) -> str:
    """The evidence, and where the sentence does not ask for the skill, what it does: see Section.stance."""
    evidence = _ACCEPTED_AS.get(entry.evidence, entry.evidence)
    return evidence + _ENDING[stance]


def _rejection(
    text: str,
    matches: Sequence[Match],
    number: int,
    section: str,
    employer_key: str,
    employer_span: tuple[int, int],
) -> str:
    """The rule that rejects a match; empty if none does."""
    start, end, entry = matches[number]
    if section in SECTIONS_WITHOUT_SKILLS:
        return f"section_{section}"
    if employer_span[0] <= start < employer_span[1] or (
        employer_key and employer_key.startswith(entry.surface) and _names_employer(entry, employer_key)
    ):
        return "employer_name"
    if entry.is_alternative and section not in ASKING_SECTIONS:
        return "alternative_label"
    if text[start - 4 : start].lower() == "non-":
        return "hyphenated"
    if entry.evidence == "none":
        named = text[start].isupper() and text[end : end + 1] == " " and _INSTITUTION.match(text, end)
        return "employer_name" if named else ""
    if entry.evidence == "never":
        return "never"
    if _hyphenated(text, start, end):
        if _MADE_OF.match(text, end) and not entry.neighbours and case_holds(text, matches[number]):
            return ""
        if not _BASED.match(text, end):
            return "hyphenated"
    if _in_name(text, matches, number):
        return "employer_name"
    elsewhere = other_meaning(text, matches, number)
    if elsewhere:
        return elsewhere
    if (
        section in ASKING_SECTIONS
        and entry.evidence.startswith("exact_case")
        and is_item(text, matches[number])
    ):
        return ""
    return "" if has_evidence(text, matches, number) else f"no_{entry.evidence}"


_GENERIC = frozenset(
    (
        "labs",
        "lab",
        "technologies",
        "technology",
        "software",
        "systems",
        "data",
        "health",
        "ai",
        "io",
        "hq",
        "app",
        "group",
    )
)


def _names_employer(entry: Entry, employer_key: str) -> bool:
    """Whether nothing but words such as "labs" follows in the key, which begins with the form."""
    rest = employer_key[len(entry.surface) :]
    return not rest or (rest[0] == " " and all(word in _GENERIC for word in rest.split()))


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Joined to a letter by a hyphen, as in "go-to", "C-level", "e-commerce"."""
    before = start >= 2 and text[start - 1] in "-‐‑" and text[start - 2].isalnum()
    return before or (end + 1 < len(text) and text[end] in "-‐‑" and text[end + 1].isalnum())


def _in_name(text: str, matches: Sequence[Match], number: int) -> bool:
    """Whether the form stands in an organisation's name: by what follows, and by a verb that such names have."""
    start, end, _ = matches[number]
    if not text[start].isupper() or text[end : end + 1] != " " or not text[end + 1 : end + 2].strip(_LOWER):
        return False
    if number + 1 < len(matches) and matches[number + 1][0] <= end + 3 and matches[number + 1][2].skill_id:
        return False
    if _NAME_TAIL.match(text, end):
        return True
    return bool(_NAME_DOES.match(text, end) and _IN_NAME.search(text, max(0, start - 9), start))


def _unneeded(text: str, matches: Sequence[Match]) -> frozenset[int]:
    """Numbers of the matches said not to be needed, and their lists ("Go and Rust are not required")."""
    if not says_unneeded(text):
        return frozenset()
    found: set[int] = set()
    for number in range(len(matches) - 1, -1, -1):
        _, end, _ = matches[number]
        follows = number + 1 in found and is_list_gap(text[end : matches[number + 1][0]])
        if follows or NOT_NEEDED_AFTER.match(text, end):
            found.add(number)
    return frozenset(found)
