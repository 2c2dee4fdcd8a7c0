"""Matches of the lexicon in one advert, each with the verdict whether it counts and the rule that decided.

Evidence rules of config/ambiguous_terms.csv:

* ``never``: the form never counts (ordinary English, or words of benefits and law).
* ``exact_case``: the text must show one of ``case_forms``. A form that differs from lower case in its
  first letter only says nothing where a sentence begins: there ``in_list`` or ``near_skill`` must hold too.
* ``in_list``: only separators or "and" / "or" lie between the form and a match that vouches for it.
* ``near_skill``: a match that vouches for it lies within NEAR characters in the same line.
* ``exact_case_and_list_or_near``: case as in ``case_forms``, and ``in_list`` or ``near_skill``.

A match vouches for another if it is unambiguous and a name (see lexicon.Entry), or one of the row's
``neighbours``; if ``neighbours`` are given only those vouch. In a list, ambiguous forms with the right
case vouch for each other ("Go, Rust, C").

An ambiguous form joined to a word by a hyphen ("go-to", "C-level") never counts.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from schemas.vocabulary import SECTIONS_WITHOUT_SKILLS
from transforms.lexicon import Entry, Lexicon
from transforms.section import Section

NEAR = 60
"""Characters within which a neighbour vouches for an ambiguous form."""

Match = tuple[int, int, Entry]


@dataclass(frozen=True)
class Mention:
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


_GAP = re.compile(r"[\s,/;|&+()\[\]•●▪·*\-–—:]*(?:\b(?:and|or|and/or)\b)?[\s,/;|&+()\[\]•●▪·*\-–—]*")
_LONGEST_GAP = 12
_BARE_GAP = re.compile(r" *")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:\n•●▪*>]|\n\s*[-–—])[\s\"'(\[#*_-]*$")

_NEGATION_BEFORE = re.compile(
    r"\b(?:(?:no|without|not require|n't require|never|any) (?:\w+ ){0,3}?(?:experience|knowledge|background|expertise) "
    r"(?:with|in|of|using)|(?:not|n't|not currently|never) (?:use|using|looking for|work with|working with|need to know|"
    r"need to have|need to be|a fan of|do any|do)|no need (?:for|to know|of)|instead of|rather than|"
    r"as opposed to|moving away from|migrat\w+ (?:off|away from)|not just|no(?: more)?)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(r"not just|no(?: more)?", re.IGNORECASE)
_NEGATION_AFTER = re.compile(
    r"(?: \w+){0,3} (?:(?:is|are)(?: absolutely)? not|isn't|aren't|isn’t|aren’t|not) (?:strictly )?"
    r"(?:required|needed|necessary|a requirement|mandatory)\b",
    re.IGNORECASE,
)
_SCOPE_END = re.compile(r"[.;!?\n]\s|[.;!?\n]$|\bbut\b", re.IGNORECASE)
_SHORT_SCOPE_END = re.compile(r"[,.;!?)\n]|\bbut\b|\b(?:we|you|our|is|are|to|for)\b", re.IGNORECASE)


def mentions(
    text: str,
    lexicon: Lexicon,
    sections: Sequence[Section],
    *,
    employer_key: str = "",
    header_end: int = 0,
    employer_span: tuple[int, int] = (0, 0),
) -> list[Mention]:
    """Returns every match of a skill in the cleaned text, counted or rejected, in order of offset.

    Up to ``header_end`` the section is `header`. ``employer_span`` is where the header names the employer.
    """
    matches = lexicon.find(text)
    if not matches:
        return []
    negated = _negated_stretches(text)
    starts = [section.start for section in sections]
    found = []
    for number, (start, end, entry) in enumerate(matches):
        if entry.skill_id is None:
            continue
        place = sections[bisect_right(starts, start) - 1]
        section = "header" if start < header_end else place.section
        requirement = "mentioned" if start < header_end else place.requirement
        rule = _rejection(text, matches, number, section, employer_key, employer_span)
        is_negated = not rule and (
            any(low <= start < high for low, high in negated) or bool(_NEGATION_AFTER.match(text, end))
        )
        found.append(
            Mention(
                start, end, entry.skill_id, entry.surface, section, requirement, is_negated,
                not rule and not is_negated,
                rule or ("negated" if is_negated else "exact" if entry.evidence == "none" else entry.evidence),
            )
        )  # fmt: skip
    return found


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
        employer_key and _names_employer(entry, employer_key)
    ):
        return "employer_name"
    if entry.evidence == "none":
        return ""
    if entry.evidence == "never":
        return "never"
    if _hyphenated(text, start, end):
        return "hyphenated"
    return "" if _has_evidence(text, matches, number) else f"no_{entry.evidence}"


_GENERIC = frozenset(
    "labs lab technologies technology software systems data health ai io hq app group".split()
)


def _names_employer(entry: Entry, employer_key: str) -> bool:
    if not employer_key.startswith(entry.surface):
        return False
    rest = employer_key[len(entry.surface) :]
    return not rest or (rest[0] == " " and all(word in _GENERIC for word in rest.split()))


def _hyphenated(text: str, start: int, end: int) -> bool:
    """Joined to a letter by a hyphen, as in "go-to", "C-level", "e-commerce"."""
    before = start >= 2 and text[start - 1] in "-‐‑" and text[start - 2].isalnum()
    return before or (end + 1 < len(text) and text[end] in "-‐‑" and text[end + 1].isalnum())


def _has_evidence(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, entry = matches[number]
    match entry.evidence:
        case "exact_case":
            if not _case_holds(text, matches[number]):
                return False
            return not _may_be_capitalised(text, start, end) or _listed_or_near(text, matches, number)
        case "in_list":
            return _in_list(text, matches, number)
        case "near_skill":
            return _near(text, matches, number)
        case "exact_case_and_list_or_near":
            return _case_holds(text, matches[number]) and _listed_or_near(text, matches, number)
        case _:
            raise ValueError(
                f"evidence {entry.evidence!r} of {entry.surface!r} has no rule in transforms/mention.py"
            )


def _listed_or_near(text: str, matches: Sequence[Match], number: int) -> bool:
    return _in_list(text, matches, number) or _near(text, matches, number)


def _case_holds(text: str, match: Match) -> bool:
    start, end, entry = match
    return text[start:end] in entry.case_forms


def _may_be_capitalised(text: str, start: int, end: int) -> bool:
    """A capital that the place explains: first word of a sentence or line, first letter only."""
    form = text[start:end]
    if form[1:] != form[1:].lower() or not form[:1].isupper():
        return False
    return _SENTENCE_BEFORE.search(text, max(0, start - 8), start) is not None


def _vouches(text: str, match: Match, other: Match, *, in_list: bool) -> bool:
    entry, (_, _, witness) = match[2], other
    if entry.neighbours:
        return witness.surface in entry.neighbours
    if witness.evidence == "none":
        return witness.is_name
    return in_list and witness.evidence.startswith("exact_case") and _case_holds(text, other)


def _in_list(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, _ = matches[number]
    for other, low, high in ((number - 1, None, start), (number + 1, end, None)):
        if not 0 <= other < len(matches):
            continue
        gap = text[matches[other][1] if low is None else low : matches[other][0] if high is None else high]
        if len(gap) > _LONGEST_GAP or _BARE_GAP.fullmatch(gap) or not _GAP.fullmatch(gap):
            continue
        if _vouches(text, matches[number], matches[other], in_list=True):
            return True
    return False


def _near(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, _ = matches[number]
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(matches):
            low, high = sorted((matches[other][:2], (start, end)))
            if high[0] - low[1] > NEAR or "\n" in text[low[1] : high[0]]:
                break
            if _vouches(text, matches[number], matches[other], in_list=False):
                return True
            other += step
    return False


def _negated_stretches(text: str) -> list[tuple[int, int]]:
    """Stretches after a negation, up to the end of what it can mean."""
    stretches = []
    for cue in _NEGATION_BEFORE.finditer(text):
        if _WEAK.fullmatch(cue[0]):
            continue
        short = cue[0].lower() in ("instead of", "rather than", "as opposed to")
        end = (_SHORT_SCOPE_END if short else _SCOPE_END).search(text, cue.end())
        stretches.append((cue.end(), end.start() if end else len(text)))
    return stretches
