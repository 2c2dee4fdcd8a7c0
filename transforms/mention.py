"""Matches of the lexicon in one advert, each with the verdict whether it counts and the rule that decided.

What an ambiguous form must show: transforms.mention_evidence; what tells of the firm: transforms.told, transforms.firm,
transforms.product; names of organisations: transforms.organisation_name; negation: transforms.negated_match.

A taxonomy's alternative label is loose talk as often as a name ("be responsible", "help people"; half of
such matches are wrong): it counts only where the advert lists what it asks for.

An ambiguous form joined to a word by a hyphen ("go-to", "C-level") never counts.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from schemas.vocabulary import SECTIONS_WITHOUT_SKILLS
from transforms.beside import NAMES_OF_FIRMS, is_a_firm, is_after_with, is_their_department, places_of_with
from transforms.colleagues import begins_line, of_colleagues
from transforms.firm import FirmSigns, is_of_firm, is_own, signs_of_firm
from transforms.job_name import after_job_name, in_job_name, is_field, places_of_heads
from transforms.lexicon import EVIDENCE, Entry, Lexicon
from transforms.mention_evidence import Match, case_holds, has_evidence, is_general, is_item
from transforms.negated_match import negated_matches
from transforms.organisation_name import in_organisation, is_called, names_institution, places_of
from transforms.other_meaning import other_meaning
from transforms.product import is_for_product
from transforms.section import Section
from transforms.seeker import seeks
from transforms.told import TOLD, UNASKED, is_told

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


_OF_SECTION = {section: f"section_{section}" for section in SECTIONS_WITHOUT_SKILLS}
_ENDING = {
    "asked": "", "plain": "", "used": "_used", "aside": "_used", "told": "_told", "in_title": "_in_title",
}  # fmt: skip
_ACCEPTED_AS = {
    (stance, evidence): ("exact" if evidence == "none" else evidence) + ending
    for stance, ending in _ENDING.items()
    for evidence in EVIDENCE
}
"""The rule by which a match counts, by its stance and its form's evidence."""
_new_mention = partial(tuple.__new__, Mention)
"""A Mention of nine values, at a third of the price of naming the fields."""
_MADE_OF = re.compile(r"-(?:powered|driven|backed|centric)\b", re.IGNORECASE)
_BASED = re.compile(r"-based\b", re.IGNORECASE)


class _Advert(NamedTuple):
    """What the rules look at, asked once a text."""

    text: str
    matches: Sequence[Match]
    employer_key: str
    employer_span: tuple[int, int]
    employer_at: list[int]
    seeks_work: bool
    signs: FirmSigns
    heads: Sequence[int]
    withs: Sequence[int]


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
    advert = _Advert(
        text, matches, employer_key, employer_span, places_of(employer_key, text),
        seeks(text), signs_of_firm(text), places_of_heads(text), places_of_with(text),
    )  # fmt: skip
    negated = negated_matches(text, matches)
    is_sentence = "|" not in text[:header_end]  # an advert may be no more than "You know Elixir."
    found = []
    following = iter([*sections[1:], None])
    place, next_place = sections[0], next(following)
    for number, (start, end, entry) in enumerate(matches):
        if entry.skill_id is None:
            continue
        while next_place and next_place.start <= start:
            place, next_place = next_place, next(following)
        _, _, section, requirement, _ = place
        if start < header_end:
            section, requirement = "header", place.requirement if is_sentence else "mentioned"
        rule, ending = _rule(advert, number, place, section, header_end)
        is_negated = not rule and number in negated
        if not (rule or is_negated) and _is_unasked(advert, number, place.stance, ending, header_end):
            rule = "told_of_company"
        accepted = not rule and not is_negated
        if accepted:
            rule = _ACCEPTED_AS[ending, entry.evidence]
        found.append(
            _new_mention(
                (start, end, entry.skill_id, entry.surface, section, requirement, is_negated, accepted,
                 rule or "negated")
            )
        )  # fmt: skip
    return found


def _rule(advert: _Advert, number: int, place: Section, section: str, header_end: int) -> tuple[str, str]:
    """The rule that rejects a match for what stands beside it, and the stance it has by what it stands in.

    ``section`` is that of its place, or `header`.
    """
    _, _, own_section, requirement, stance = place
    rule = _rejection(advert, number, section, asks=stance == "asked")
    if rule:
        return rule, stance
    start, end, entry = advert.matches[number]
    ending, in_body = stance, own_section == "body"
    if in_body:
        rule, named = _of_job(advert, number, stance, in_header=start < header_end)
        if rule:
            return rule, stance
        ending = "in_title" if named else stance
    if (
        is_of_firm(advert.text, start, end, entry, advert.signs)
        or _is_of_others(advert, start, end, entry)
        or (
            in_body
            and (requirement == "mentioned" or section == "header")
            and is_own(advert.text, start, end, advert.signs)
        )
    ):
        return "told_of_company", ending
    return "", ending


def _is_of_others(advert: _Advert, start: int, end: int, entry: Entry) -> bool:
    """Whether it names a firm that people come from or sell to, or a department one works with."""
    if entry.surface in NAMES_OF_FIRMS:
        return is_a_firm(advert.text, start, end)
    return (
        is_after_with(start, advert.withs)
        and is_general(entry, advert.text[start:end])
        and is_their_department(advert.text, start, end)
    )


def _of_job(advert: _Advert, number: int, stance: str, *, in_header: bool) -> tuple[str, bool]:
    """The rule that rejects a match as the name of colleagues, and whether it stands in a job's name."""
    text = advert.text
    start, end, entry = advert.matches[number]
    if not in_job_name(text, end, advert.heads):
        return "", after_job_name(text, start, advert.heads)
    if not in_header and is_field(entry.surface) and of_colleagues(text, start, end, is_told=stance in TOLD):
        return "role_name", True
    return "", True


def _is_unasked(advert: _Advert, number: int, stance: str, ending: str, header_end: int) -> bool:
    """Whether the sentence asks for nothing and nothing beside the match says that the job works with it, or says
    what for the firm itself uses it."""
    if stance == "asked" and ending == stance:
        return False  # most matches: a list, a line or a sentence of demands
    start, end, entry = advert.matches[number]
    if start >= header_end and _is_told(advert, number, stance, ending, header_end):
        return True
    return (
        ending in ("used", "aside")
        and is_general(entry, advert.text[start:end])
        and is_for_product(advert.text, start, end)
    )


def _is_told(advert: _Advert, number: int, stance: str, ending: str, header_end: int) -> bool:
    """Whether the sentence asks for nothing and nothing beside the match says that the job works with it."""
    start, _, entry = advert.matches[number]
    named = ending == "in_title"
    if stance not in (TOLD if named or (entry.is_name and not header_end) else UNASKED):
        return False
    if named and begins_line(advert.text, start):
        return False
    return is_told(advert.text, advert.matches, number, stance)


def _rejection(advert: _Advert, number: int, section: str, *, asks: bool) -> str:
    """The rule that rejects a match; empty if none does. The rules that look at least come first."""
    if advert.seeks_work:
        return "seeks_work"
    if section in _OF_SECTION:
        return _OF_SECTION[section]
    text, matches = advert.text, advert.matches
    start, end, entry = matches[number]
    if advert.employer_span[0] <= start < advert.employer_span[1] or (
        advert.employer_key.startswith(entry.surface) and is_called(entry, advert.employer_key)
    ):
        return "employer_name"  # where the header names the employer, or what the employer is called
    if entry.is_alternative and section not in ASKING_SECTIONS:
        return "alternative_label"
    if text[start - 1 : start] == "-" and text[start - 4 : start].lower() == "non-":
        return "hyphenated"
    if entry.evidence != "none":
        rule = _ambiguous(text, matches, number, section, asks=asks)
        if rule:
            return rule
    elif names_institution(text, start, end):
        return "employer_name"
    at = advert.employer_at
    if at and at[0] <= start < at[bisect_right(at, start) - 1] + len(advert.employer_key):
        return "employer_name"
    return ""


def _ambiguous(text: str, matches: Sequence[Match], number: int, section: str, *, asks: bool) -> str:
    """The rule that rejects a form that means other things too."""
    start, end, entry = matches[number]
    if entry.evidence == "never":
        return "never"
    if _hyphenated(text, start, end):
        if _MADE_OF.match(text, end) and not entry.neighbours and case_holds(text, matches[number]):
            return ""
        if not _BASED.match(text, end):
            return "hyphenated"
    if in_organisation(text, matches, number):
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
    return "" if has_evidence(text, matches, number, asks=asks) else f"no_{entry.evidence}"


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Joined to a letter by a hyphen, as in "go-to", "C-level", "e-commerce"."""
    before = start >= 2 and text[start - 1] in "-‐‑" and text[start - 2].isalnum()
    return before or (end + 1 < len(text) and text[end] in "-‐‑" and text[end + 1].isalnum())
