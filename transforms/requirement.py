"""Which clause of a sentence asks for how much: "Python is required, Go a plus"."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.pattern_words import words_of
from transforms.sign import Stems

_CLAUSE_END = re.compile(
    r"[,;:.]\s+|\s?\(|\)[,;:.]?\s*|\s(?:but|while|whereas)\s|\s[-–—|]\s|"
    r"\s(?:and|or)\s(?=(?:preferabl|ideal|optional|possibl)(?:y|ly)\b)|"
    r"(?P<joins>\sand\s)(?=[^,;.()]{1,40}?\b(?:a plus|a bonus|preferred)\b)"
)
_PREFERRED = re.compile(
    r"\b(?:an?|big|huge|nice|strong|great|definite|real|major|massive|added|is|are|points) plus\b|\bplus(?:es)?\W*$|"
    r"\bbonus|nice to have|nice-to-have|preferred|preferabl|ideally|desirable|desired|"
    r"(?<!take )(?<!takes )(?<!taking )(?<!full )(?<!competitive )advantag|"
    r"\bwelcome(?! (?:to|appl|all))|beneficial|helpful|(?<!\byou )(?<!\bwork )\b(?:is|are|be|\w+ly) appreciated\b|"
    r"icing on the cake|\bnice extra\b|\bbe (?:a|of) benefit\b|n't hurt\b|\b(?:thrilled|delighted) if\b|"
    r"\b(?:be|is) useful\b|\b(?:an|strong) asset\b|\b(?:great|better|nice) if\b|love to see|"
    r"^\W*(?:that's )?(?:great|awesome|nice|even better|all the better)\W*$|"
    r"\bhelps(?: if\b|\W*$)|would be (?:great|nice|good|amazing|awesome|fantastic|ideal|excellent)|"
    r"(?:highly|well) (?:regarded|valued)|good to have|optional|"
    r"(?:\bnot|n't) (?:required|necessary|a must|mandatory)|"
    r"brownie|extra (?:points|credit)|love (?:you to|someone with)\b|"
    r"given preference|d be (?:awesome|great|cool|nice) if|"
    r"useful (?:skill|experience)|prefer (?:someone|people|candidates?|applicants?|experience|knowledge|if you|you)\b|"
    r"(?<!are )(?<!is )(?<!be )\bappreciated\W*$|"
    r"love it if|love if|(?:perfect|ideal) world"
)
_INSISTED = re.compile(
    r"\bmust\b|required|require\b|requires\b|mandatory|essential|needed|\byou (?:need|should)\b|"
    r"\b(?:candidate|applicant)s? (?:will have|ha(?:s|ve)|must|should (?:have|be))\b"
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
_LIKEWISE = re.compile(r"(?:as|so) (?:is|are|would|does|do|well as)\b")
"""Begins what shares the demand before it: "Redis is a plus, as is experience with Kafka"."""
_OF_HEADING = re.compile(r"\s?\([^()]*\):")
"""Brackets within a heading: "Our stack (not a must): Go, Redis"."""
_SAYS = re.compile(r"(?:is|are|would be|will be)\b")
_LONGEST_LIST = 100
"""Characters from the last clause's beginning to "a plus": more are several sentences whose stops were lost."""
_NOTHING_ELSE = re.compile(
    r"(?:[^a-z]|\b(?:an?|the|is|are|be|would|will|also|but|not|and|or|very|highly|strongly|big|huge|nice|great|good|"
    r"definite|real|major|strong|to|have|having|haves|if|you|it|points?|for|skills?|experience|qualifications?|"
    r"at least|minimum|both|all|as|considered|regarded|seen|viewed|though|"
    r"years?|months?|plus(?:es)?|bonus(?:es)?|prefer\w*|ideal\w*|desir\w*|advantag\w*|welcome\w*|"
    r"beneficial|appreciated|helpful|helps|useful|asset|optional\w*|required?|requires|necessary|must|mandatory|"
    r"essential|needed|"
    r"brownie|extra|credit|nice-to-have)\b)*"
)
"""Words that only say how much something is asked for, and name nothing."""
_ALL = re.compile(r"\b(?:both|all)\b")
_VERSION = re.compile(r"\d(?!.*\b(?:years?|yrs|months?)\b)")

_PREFERRED_STEMS = Stems(words_of(_PREFERRED))
_REQUIRED_STEMS = Stems(words_of(_REQUIRED))


class _Clause(NamedTuple):
    """Offsets, the sign before it, how deep in brackets it stands, and what its own words say.

    ``asked`` is preferred, required or nothing; ``insists``: its own words say so of the reader ("you know", "must").
    ``cue`` is where "a plus" or the like begins, if it holds one.
    """

    start: int
    stop: int
    sign: str
    in_brackets: bool
    asked: str
    insists: bool = False
    cue: int = -1


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
            for named in _named_before(folded, outer, inner[0]):
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
        if gap and _OF_HEADING.match(folded, gap.start()):
            continue
        if any(map(str.isalnum, folded[at:stop])):
            clauses.append(_clause(folded, at, stop, sign, in_brackets=in_brackets))
        if gap:
            sign = gap[0].strip(" )")[:1] or gap[0].strip()
            at = gap.end()
            in_brackets = sign == "(" or (in_brackets and ")" not in gap[0])
    return clauses


def _clause(folded: str, start: int, stop: int, sign: str, *, in_brackets: bool) -> _Clause:
    words = folded[start:stop]
    cue = _PREFERRED.search(words) if _PREFERRED_STEMS.stand_in(words) else None
    if cue:
        return _Clause(start, stop, sign, in_brackets, "preferred", cue=start + cue.start())
    if _LIKEWISE.match(words) or not (_REQUIRED_STEMS.stand_in(words) and _REQUIRED.search(words)):
        return _Clause(start, stop, sign, in_brackets, "")
    insists = _SAID_OF_READER.search(words) is not None and not words.lstrip().startswith("if ")
    return _Clause(start, stop, sign, in_brackets, "required", insists)


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


def _named_before(folded: str, outer: Sequence[_Clause], inner: _Clause) -> list[int]:
    """Where the clauses begin that brackets speak for: one before them, and what it is said of ("SQL: 4 years").

    The first one, where none comes before: "(Nice to have) SQL". All, if they say so: "Go, Rust (both required)".
    """
    before = [clause for clause in outer if clause.start < inner.start]
    if not before:
        return [clause.start for clause in outer[:1]]
    if _ALL.search(folded, inner.start, inner.stop):
        return [clause.start for clause in before]
    named = [before[-1].start]
    if len(before) > 1 and before[-1].sign == ":" and _NOTHING_ELSE.fullmatch(folded, *before[-1][:2]):
        named.append(before[-2].start)
    return named


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
            by_heading = _is_heading(folded, clauses, number)
            is_led = by_heading or _NOTHING_ELSE.fullmatch(folded, clause.start, clause.cue) is not None
        elif own == "required" and is_led:
            insists = _INSISTED.search(folded, clause.start, clause.stop) if by_heading else clause.insists
            is_led = not insists
            own = "required" if insists else "preferred"
        asked.append(own)
    return asked


def _is_heading(folded: str, clauses: Sequence[_Clause], number: int) -> bool:
    """Whether the clause leads what follows: it ends with its cue and a colon ("Nice to have: ..."), or begins the
    sentence and is no more than its cue ("Ideally, you have ...").
    """
    clause = clauses[number]
    if number == 0 and _NOTHING_ELSE.fullmatch(folded, clause.start, clause.stop):
        return True
    ends = _NOTHING_ELSE.fullmatch(folded, clause.cue, clause.stop) is not None
    return ends and number + 1 < len(clauses) and clauses[number + 1].sign == ":"


def _share_back(folded: str, clauses: Sequence[_Clause], asked: list[str], number: int) -> None:
    """Write "preferred" to the clauses before that "... and Flink are a plus" or ": nice to have" speaks for, too."""
    clause = clauses[number]
    if number == 0 or clause.cue > clause.start + _LONGEST_LIST or _is_heading(folded, clauses, number):
        return
    if _NOTHING_ELSE.fullmatch(folded, clause.start, clause.stop):
        if clauses[number - 1].insists:
            return
        number -= 1
        asked[number] = "preferred"
    elif _NOTHING_ELSE.fullmatch(folded, clause.start, clause.cue):
        if not _SAYS.match(folded, clause.start):
            return  # "and ideally Rust" speaks for what follows
    elif not _JOINED.search(folded, clause.start, clause.cue + 1):
        return
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
