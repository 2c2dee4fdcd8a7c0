"""Which clause of a sentence asks for how much: "Python is required, Go a plus"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.pattern_words import words_of
from transforms.sign import Stems

_CLAUSE_END = re.compile(
    r"[,;:.]\s+|\s?\(|\)[,;:.]?\s*|\s(?:but|while|whereas)\s|\s[-–—]\s|"
    r"\s(?:and|or)\s(?=(?:preferabl|ideal|optional|possibl)(?:y|ly)\b)|"
    r"(?P<joins>\sand\s)(?=[^,;.()]{1,40}?\b(?:a plus|a bonus|preferred)\b)"
)
_PREFERRED = re.compile(
    r"\bplus\b|\bbonus|nice to have|nice-to-have|preferred|preferabl|ideal|desir|advantag|welcome|beneficial|helpful|"
    r"\b(?:be|is) useful\b|\b(?:an|strong) asset\b|\b(?:great|better) if\b|"
    r"\bhelps\b|would be (?:great|nice|good)|good to have|optional|not (?:required|necessary|a must|mandatory)|"
    r"brownie|extra (?:points|credit)|love it if|love if|(?:perfect|ideal) world"
)
_INSISTED = re.compile(
    r"\bmust\b|required|require\b|requires\b|mandatory|essential|needed|\byou (?:need|should)\b"
)
"""Cues that hold beside "nice to have: ..." as well; "experience" or "years" there only say of what and how much."""
_SAID_OF_READER = re.compile(_INSISTED.pattern + r"|\byou (?:have|know|are|can)\b")
_ASKED = re.compile(
    r"\byears?\b|proficien|\bstrong\b|\bsolid\b|experience|knowledge|fluen|understanding|exposure|familiar"
)
_REQUIRED = re.compile(f"{_SAID_OF_READER.pattern}|{_ASKED.pattern}")
_OPEN = re.compile(
    r"\b(?:experience|knowledge|understanding|familiar\w*|exposure|background|proficien\w+|expertise|fluen\w+|skills?)"
    r"(?: \w+){0,2} (?:with|of|in|using|to)\b"
)
"""What a list goes on with: "experience with Kafka, Redis and Flink is a plus" says one thing of all three."""
_JOINED = re.compile(r"(?<!\S)(?:and|or|and/or|&)\s|/|\bare\b")
_NOTHING_ELSE = re.compile(
    r"(?:[^a-z]|\b(?:an?|the|is|are|be|would|will|also|but|not|and|or|very|highly|strongly|big|huge|nice|great|good|"
    r"definite|real|major|strong|to|have|having|haves|if|you|it|points?|for|skills?|experience|qualifications?|"
    r"at least|minimum|years?|months?|plus(?:es)?|bonus(?:es)?|prefer\w*|ideal\w*|desir\w*|advantag\w*|welcome\w*|"
    r"beneficial|helpful|helps|useful|asset|optional\w*|required?|requires|necessary|must|mandatory|essential|needed|"
    r"brownie|extra|credit|nice-to-have)\b)*"
)
"""Words that only say how much something is asked for, and name nothing."""
_VERSION = re.compile(r"\d(?!.*\b(?:years?|yrs|months?)\b)")

_PREFERRED_STEMS = Stems(words_of(_PREFERRED))
_REQUIRED_STEMS = Stems(words_of(_REQUIRED))


class _Clause(NamedTuple):
    """Offsets, the sign before it, how deep in brackets it stands, and what its own words say.

    ``asked`` is preferred, required or nothing; ``insists``: its own words say so of the reader ("you know", "must").
    """

    start: int
    stop: int
    sign: str
    in_brackets: bool
    asked: str
    insists: bool


def clause_requirements(folded: str, start: int, end: int, otherwise: str) -> list[tuple[int, str]]:
    """Returns where each clause of folded[start:end] begins and what it asks: required, preferred or mentioned.

    A clause without a cue shares the next one's, as lists come before "is required"; where the sentence begins with
    its cue ("must have: ..."), and after the last cue, it shares the one's before. "A plus" speaks for what comes
    before it only where a list leads there ("Kafka, Redis and Flink are a plus"): of "Python, Go is a plus" the first
    clause is ``otherwise``, what the advert's part asks. Brackets speak for themselves ("AWS (GCP is a bonus)"), or
    for the clause before if they name nothing ("Kubernetes (preferred)").
    """
    clauses = _clauses(folded, start, end)
    outer = [clause for clause in clauses if not clause.in_brackets]
    found = dict(zip((clause.start for clause in outer), _resolved(folded, outer, otherwise), strict=True))
    for inner in _bracketed(clauses):
        before = max((at for at in found if at < inner[0].start), default=start)
        outside = found.get(before, otherwise)
        if all(_names_nothing(folded, one) for one in inner):
            asked = next((one.asked for one in inner if one.asked), "")
            named = before if before in found else min(found, default=start)
            found[named] = asked or outside
            found[inner[0].start] = asked or outside
        else:
            found |= zip((one.start for one in inner), _resolved(folded, inner, outside), strict=True)
    return sorted(({start: otherwise} | found).items())


def _clauses(folded: str, start: int, end: int) -> list[_Clause]:
    clauses: list[_Clause] = []
    at, sign, in_brackets = start, "", False
    for gap in [*_CLAUSE_END.finditer(folded, start, end), None]:
        stop = gap.start() if gap else end
        if gap and gap["joins"] and not _SAID_OF_READER.search(folded, at, stop):
            continue  # "Java and Kafka a plus" says the same of both, "you know Java and Kafka is a plus" doesn't
        if folded[at:stop].strip():
            clauses.append(_clause(folded, at, stop, sign, in_brackets=in_brackets))
        if gap:
            sign = gap[0].strip()[:1]
            at = gap.end()
            in_brackets = sign == "(" or (in_brackets and sign != ")")
    return clauses


def _clause(folded: str, start: int, stop: int, sign: str, *, in_brackets: bool) -> _Clause:
    words = folded[start:stop]
    if _PREFERRED_STEMS.stand_in(words) and _PREFERRED.search(words):
        return _Clause(start, stop, sign, in_brackets, "preferred", insists=False)
    if not _REQUIRED_STEMS.stand_in(words):
        return _Clause(start, stop, sign, in_brackets, "", insists=False)
    insists = _SAID_OF_READER.search(words) is not None
    asked = "required" if _REQUIRED.search(words) else ""
    return _Clause(start, stop, sign, in_brackets, asked, insists)


def _bracketed(clauses: Sequence[_Clause]) -> list[list[_Clause]]:
    """Clauses that stand in the same brackets."""
    found: list[list[_Clause]] = []
    for clause in clauses:
        if clause.in_brackets:
            if clause.sign == "(" or not found:
                found.append([])
            found[-1].append(clause)
    return found


def _names_nothing(folded: str, inner: _Clause) -> bool:
    """Whether brackets hold no more than how much is asked; of "(3.8+ preferred)" a version is what is preferred."""
    if _VERSION.search(folded, inner.start, inner.stop):
        return False
    return _NOTHING_ELSE.fullmatch(folded, inner.start, inner.stop) is not None


def _resolved(folded: str, clauses: Sequence[_Clause], otherwise: str) -> list[str]:
    """What each clause asks, its own words and its neighbours' heard."""
    asked = _led(folded, clauses, is_led=otherwise == "preferred")
    for number, clause in enumerate(clauses):
        if asked[number] == "preferred" == clause.asked:
            _share_back(folded, clauses, asked, number)
    return _shared(clauses, asked, otherwise)


def _led(folded: str, clauses: Sequence[_Clause], *, is_led: bool) -> list[str]:
    """Each clause's own words, where "nice to have" before them leaves "strong" and "years" no weight."""
    asked = []
    by_heading = is_led
    for number, clause in enumerate(clauses):
        own = clause.asked
        if own == "preferred":
            cue = _PREFERRED.search(folded, clause.start, clause.stop)
            is_led = (
                cue is not None and _NOTHING_ELSE.fullmatch(folded, clause.start, cue.start()) is not None
            )
            by_heading = is_led and clauses[number + 1 : number + 2] != [] and clauses[number + 1].sign == ":"
        elif own == "required" and is_led:
            insists = _INSISTED.search(folded, clause.start, clause.stop) if by_heading else clause.insists
            is_led = not insists
            own = "required" if insists else "preferred"
        asked.append(own)
    return asked


def _share_back(folded: str, clauses: Sequence[_Clause], asked: list[str], number: int) -> None:
    """Write "preferred" to the clauses before that "... and Flink are a plus" or ": nice to have" speaks for, too."""
    clause = clauses[number]
    cue = _PREFERRED.search(folded, clause.start, clause.stop)
    is_bare = _NOTHING_ELSE.fullmatch(folded, clause.start, clause.stop) is not None
    if is_bare:
        leads_on = clauses[number + 1 : number + 2] != [] and clauses[number + 1].sign == ":"
        if leads_on or number == 0 or clauses[number - 1].insists:
            return
        asked[number - 1] = "preferred"
        number -= 1
    elif cue is None or not _JOINED.search(folded, clause.start, cue.start() + 1):
        return
    elif _NOTHING_ELSE.fullmatch(folded, clause.start, cue.start()):
        return  # "and ideally Rust" speaks for what follows
    for before in range(number - 1, -1, -1):
        if not asked[before]:
            asked[before] = "preferred"
            continue
        one = clauses[before]
        if asked[before] == "required" and not one.insists and _OPEN.search(folded, one.start, one.stop):
            asked[before] = "preferred"
        return


def _shared(clauses: Sequence[_Clause], asked: Sequence[str], otherwise: str) -> list[str]:
    """Clauses that say nothing themselves take the next demand, or what was asked before them."""
    takes_next = bool(asked) and not asked[0]
    found: list[str] = []
    before = otherwise
    for number, own in enumerate(asked):
        following = next((other for other in asked[number:] if other), "")
        if not own and takes_next and following == "required":
            own = following
        before = own or before
        found.append(before)
    return found
