"""Which clause of a sentence asks for how much: "Python is required, Go a plus"."""

import re

from transforms.pattern_words import words_of
from transforms.sign import Stems

_CLAUSE_END = re.compile(
    r"[,;:.()]\s+|\s(?:but|while|whereas)\s|\s[-–—]\s|\sand\s(?=[^,;.]{1,40}?\b(?:a plus|a bonus|preferred)\b)"
)
_PREFERRED = re.compile(
    r"\bplus\b|\bbonus|nice to have|nice-to-have|preferred|preferabl|ideal|desir|advantag|welcome|beneficial|helpful|"
    r"\b(?:be|is) useful\b|\b(?:an|strong) asset\b|\b(?:great|better) if\b|"
    r"\bhelps\b|would be (?:great|nice|good)|good to have|optional|not (?:required|necessary|a must|mandatory)|"
    r"brownie|extra (?:points|credit)|love it if|love if|(?:perfect|ideal) world"
)
_REQUIRED = re.compile(
    r"\bmust\b|required|require\b|requires\b|mandatory|essential|needed|\byou (?:have|know|need|are|can|should)\b|"
    r"\byears?\b|proficien|\bstrong\b|\bsolid\b|experience|knowledge|fluen|understanding"
)
_INSISTED = re.compile(
    r"\bmust\b|required|require\b|requires\b|mandatory|essential|needed|\byou (?:need|should)\b"
)
"""Cues that hold beside "nice to have: ..." as well; "experience" or "years" there only say of what and how much."""

_PREFERRED_STEMS, _REQUIRED_STEMS = Stems(words_of(_PREFERRED)), Stems(words_of(_REQUIRED))


def clause_requirements(folded: str, start: int, end: int) -> list[tuple[int, str]]:
    """Returns where each clause of folded[start:end] begins and what it asks: required, preferred or mentioned.

    A clause without a cue shares the next one's, as lists come before "is required"; where the sentence
    begins with its cue ("must have: ..."), and after the last cue, it shares the one's before.
    """
    clauses: list[tuple[int, str]] = []
    at, is_led = start, False
    for gap in [*_CLAUSE_END.finditer(folded, start, end), None]:
        stop = gap.start() if gap else end
        asked = _asked(folded[at:stop])
        if is_led and asked == "required" and not _INSISTED.search(folded, at, stop):
            asked = "preferred"
        if gap and not clauses:
            is_led = asked == "preferred" and gap[0].startswith(":")
        clauses.append((at, asked))
        at = gap.end() if gap else end
    known = [asked for _, asked in clauses if asked]
    if not known:
        return [(start, "mentioned")]
    if not clauses[0][1]:
        clauses = _from_the_next(clauses)
    found: list[tuple[int, str]] = []
    before = known[0]
    for at, asked in clauses:
        before = asked or before
        found.append((at, before))
    return found


def _asked(clause: str) -> str:
    if _PREFERRED_STEMS.stand_in(clause) and _PREFERRED.search(clause):
        return "preferred"
    return "required" if _REQUIRED_STEMS.stand_in(clause) and _REQUIRED.search(clause) else ""


def _from_the_next(clauses: list[tuple[int, str]]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    following = ""
    for at, asked in reversed(clauses):
        following = asked or following
        found.append((at, following))
    return found[::-1]
