"""Level of a job: from the words of its title, else from the years of experience asked for."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from schemas.vocabulary import LADDER_LEVELS
from transforms.sign import Signs

_LEVEL_WORD = re.compile(
    r"\b(?:(?P<entry>interns?|internships?|trainees?|apprentices?|apprenticeships?|working students?|"
    r"(?:new |recent )?(?:grads?|graduates?)|juniors?|jr|jnr|entry[ -]?level|entry|early[ -]career)"
    r"|(?P<mid>mid(?:[ -]?level|[ -]?weight)?|intermediate|medior)"
    r"|(?P<senior>seniors?(?! (?:living|citizens?|housing))|sr|snr)"
    r"|(?P<lead>"
    r"staff(?! (?:nurs|midwi|account|assist|attorney|physician|pharmac|therap|radiograph|officer))|"
    r"principals?|leads?(?! gen)|leaders?|heads? of|head|directors?|chief|c[te]o|vps?|vice president|"
    r"distinguished|founding engineers?|engineering managers?|managers? of engineering|"
    r"(?:software|development|dev|it) managers?))\b"
    r"|(?<=[a-zA-Z]) (?P<roman>i{1,3}|I{1,3}|IV|[1-4])(?=$|[\s,)/-](?!\s*(?:x|positions?|openings?|years?)))",
    re.IGNORECASE,
)
"""A staff nurse or accountant is employed, not above seniors as a staff engineer is."""
_LEVEL_BEGINNINGS = (
    "intern train apprent student grad jun jr jnr entry early mid inter medi sen sr snr staff princ lead head direct "
    "chief cto ceo vp vice dist found manag"
)
_LEVEL_STEMS = AhoCorasick(
    [*_LEVEL_BEGINNINGS.split(), " i", " 1", " 2", " 3", " 4"], implementation=Implementation.DFA
)
"""Beginnings of all words that name a level: most titles need no expression."""
_YEAR_WORDS = Signs(("year", "yr"))
_ROMAN = {"i": "entry", "1": "entry", "ii": "mid", "2": "mid", "iii": "senior", "3": "senior", "iv": "senior"}
_HEAD_BEFORE = re.compile(
    r"(?:engineer|developer|scientist|analyst|designer|programmer|administrator)s?$", re.I
)
_NUMBERED = frozenset(_ROMAN) | {"4"}

YEARS_MID, YEARS_SENIOR = 2, 5
"""Fewest years at which a job is no beginner's, and at which it is a senior's: the medians that 42,000 forum
adverts ask for where the title says mid-level (2, of 18 that state both), senior (5, of 629), junior (2, of 36)."""

MOST_YEARS = 20
"""More than this is the age of the firm, or of the team taken together."""

_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBER_WORDS)}"
_YEARS = re.compile(r"(?i:years?|yrs?)\b(?P<rest>[^\n.;]{0,70})")
_AMOUNT = re.compile(
    rf"(?:\b(?P<between>between) )?(?<![\w.$€£-])(?P<low>{_NUMBER})\s?(?:\(\d+\)\s?)?(?P<more>\+|-?plus|or more)?"
    rf"(?:\s?(?:-|–|—|to|or|(?(between)and|to))\s?(?P<high>{_NUMBER})\s?\+?)?\s?-?$",
    re.IGNORECASE,
)
_WINDOW = 24
"""Characters before "years" within which its number stands ("between five (5) and seven")."""
_EXPERIENCE = re.compile(
    r"\b(?:experience|exp\b|experienced|background|professional(?:ly)?|in the (?:industry|field)|hands[- ]on|"
    r"track record|working (?:with|on|in|as)|building|developing|coding|programming|shipping|writing)",
    re.IGNORECASE,
)
_AS_REQUIRED = re.compile(
    r"(?:minimum|at least|min\.?|experience|experience:|require[sd]?|must have|>=?|≥)"
    r"\W{0,3}(?:of |a )?(?:minimum |min )?(?:of )?\W{0,3}$",
    re.IGNORECASE,
)
_NOT_ASKED = re.compile(
    r"\b(?:our|we have|we had|we've|we’ve|founders?|team (?:has|with|of)|combined|ago|old|last|past|previous|next|"
    r"first|every|each|for the|been|spen[td]\w*|founder|grown|growing|profitable|since|company|"
    r"celebrat\w+|(?<!you )bring|raised|after)\W+(?:\w+\W+){0,2}$|\bin $",
    re.IGNORECASE,
)
_NOT_AFTER = re.compile(
    r"^\W*(?:ago|old|in business|in a row|running|of (?:runway|funding|growth|combined|operation|history)|warranty|"
    r"contract|commitment|now)\b",
    re.IGNORECASE,
)


_NO_SIGNS = Signs(
    ("no experience", "no prior", "no previous", "no work", "experience is not", "experience not")
)
_NO_NEED = re.compile(
    r"\b[Nn]o (?:(?:prior|previous|work|working) ){0,2}experience(?: or qualifications?)?(?: is)? "
    r"(?:needed|required|necessary)|"
    r"(?:^|[.!?\n] ?)(?:(?:Prior|Previous|Work) )?[Ee]xperience (?:is )?not (?:needed|required|necessary)"
)


class Level(NamedTuple):
    """Level (vocabulary.SENIORITIES), what it is told from, and the fewest years asked for."""

    seniority: str
    basis: str
    years_min: int | None


def level_of(titles: Sequence[str], text: str) -> Level:
    """Returns the level the titles name, else the one the years of experience asked for stand for.

    Levels apart ("Junior to Senior") leave it unknown, and then years do not decide either.
    """
    years = years_asked(text)
    named: set[str] = set()
    for title in titles:
        named |= levels_named(title)
    if len(named) > 1:
        return Level("unknown", "several", years)
    if named:
        return Level(named.pop(), "title", years)
    if years is None and needs_none(text):
        return Level("entry", "years", None)
    if years is None:
        return Level("unknown", "none", None)
    level = "entry" if years < YEARS_MID else "mid" if years < YEARS_SENIOR else "senior"
    return Level(level, "years", years)


@lru_cache(maxsize=1 << 15)
def levels_named(title: str) -> frozenset[str]:
    """Returns the levels a title names; words side by side are one level, the highest ("Senior Staff")."""
    found: list[tuple[str, int]] = []
    if not _LEVEL_STEMS.find_matches_as_indexes(title.lower()):
        return frozenset()
    for match in _LEVEL_WORD.finditer(title):
        level = match.lastgroup or ""
        if level == "roman":
            if not _HEAD_BEFORE.search(title, 0, match.start()):
                continue
            level = _ROMAN.get(match["roman"].lower(), "senior")
        if found and not title[found[-1][1] : match.start()].strip(" ."):
            if LADDER_LEVELS.index(level) < LADDER_LEVELS.index(found[-1][0]):
                level = found[-1][0]
            found[-1] = (level, match.end())
        else:
            found.append((level, match.end()))
    return frozenset(level for level, _ in found)


def needs_none(text: str) -> bool:
    """Whether a text says that no experience at all is needed; "no Java experience needed" does not."""
    return _NO_SIGNS.are_in(text) and _NO_NEED.search(text) is not None


def years_asked(text: str) -> int | None:
    """Returns the fewest years of experience a text asks for, None where it asks for none.

    Of alternatives in one sentence ("a master's and 3 years or 5 years") the lowest; of several
    sentences the highest, since all of them have to be met.
    """
    sentences: dict[int, int] = {}
    for start in _YEAR_WORDS.starts(text):
        match = _YEARS.match(text, start)
        if match is None:
            continue
        amount = _AMOUNT.search(text[max(0, match.start() - _WINDOW) : match.start()])
        if amount is None:
            continue
        low = _value(amount["low"])
        number_at = match.start() - len(amount.string) + amount.start()
        before = text[max(0, number_at - 40) : number_at]
        if low > MOST_YEARS or not _is_asked(before, bool(amount["more"] or amount["high"]), match["rest"]):
            continue
        sentence = max(text.rfind(mark, 0, match.start()) for mark in ("\n", ". ", ";"))
        sentences[sentence] = min(low, sentences.get(sentence, low))
    return max(sentences.values(), default=None)


def _is_asked(before: str, is_range: bool, rest: str) -> bool:
    before = before[max(before.rfind("\n"), before.rfind(". ")) + 1 :]
    if _NOT_AFTER.match(rest) or _NOT_ASKED.search(before):
        return False
    return bool(is_range or _EXPERIENCE.search(rest) or _AS_REQUIRED.search(before))


def _value(number: str) -> int:
    return _NUMBER_WORDS.get(number.lower()) or int(number)
