"""Level of a job: from the words of its title, else from the years of experience asked for."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from schemas.vocabulary import LADDER_LEVELS
from transforms.sign import Signs

_AFTER_MID = (
    r"\W*$|\s?[/,;&)\]|+]|\s?[–-]\s?(?:to\b|senior|sr\b|junior|jr\b)|\s?[–-]\s|"
    r" (?:to|or|and|through|senior|sr|junior|jr)\b|"
    r" (?!market|cap|size|range|office|term|year)(?:[\w.+#/-]+ ){0,3}"
    r"(?:engineer|develop|scientist|designer|programmer|administrator|analyst|architect|devops|sre\b|tester|qa\b|"
    r"(?:full|front|back)[ -]?(?:stack|end))"
)
"""What stands after "mid" where it is a level: not the Atlantic, and no market."""
_EMPLOYED = (
    "nurs|midwi|account|assist|attorney|counsel|physician|pharmac|therap|radiograph|officer|writer|reporter|editor|"
    "photograph|journalist|correspondent|psych|dentist|veterinar|chaplain|sergeant|member|training|"
    "development|wellbeing|relations"
)
"""Trades in which "staff" is whoever is employed, not above seniors as a staff engineer is."""
_LEVEL_WORD = re.compile(
    r"\b(?:(?P<entry>interns?|internships?|trainees?|apprentices?|apprenticeships?|working students?|"
    r"(?:new |recent )?(?:grads?|graduates?)|juniors?|jr|jnr|entry[ -]?level|"
    r"(?:(?<![a-z] )|(?<=\bto )|(?<=\bor ))entry(?=\W*$|\s?[/,)|-]| to\b| or\b)|early[ -]career)"
    rf"|(?P<mid>mid(?:[ -]?level|[ -]?weight|[ -]?career|(?={_AFTER_MID}))|intermediate|medior)"
    r"|(?P<senior>seniors?(?! (?:living|citizens?|housing))|sr|snr)"
    r"|(?P<lead>"
    rf"staff(?! (?:{_EMPLOYED}))|"
    r"principals?|leads?(?! gen)|leaders?|heads? of|head|directors?|chief|c[te]o|vps?|vice president|"
    r"distinguished|founding engineers?|engineering managers?|managers? of engineering|"
    r"(?:(?<![a-z] )|(?<=senior )|(?<=sr )|(?<=sr\. )|(?<=group ))managers?(?:,| -| of) (?:\w+ ){0,2}engineering|"
    r"(?:software|development|dev|it) managers?))\b"
    r"|(?<=[a-zA-Z]) (?P<roman>i{1,3}|I{1,3}|IV|[1-4])(?=$|[\s,)/-](?!\s*(?:x|positions?|openings?|years?)))",
    re.IGNORECASE,
)
_PEOPLE_BEFORE = re.compile(r"[a-z&'’]+ $", re.IGNORECASE)
_PEOPLE_AFTER = re.compile(
    r"\s*(?:$|[,/()\[\]|:;–—-]|(?:for|in|at|with|needed|wanted|required)\b)", re.IGNORECASE
)
"""Around "staff" as the word for people: "Bar Staff", "Member of Technical Staff"."""
_TO_SOMEBODY = re.compile(
    r"\b(?:assistants?|secretar(?:y|ies)|aides?|advis[eo]rs?|pa|ea|support|reports?|reporting)"
    r"(?: \w+)? to\b[^,|/()]{0,40}$|"
    r"\boffice of (?:the |our )?$",
    re.IGNORECASE,
)
"""Before the level of somebody else: "Assistant to the CEO"."""
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
_TO_REACH = 70
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
_PREFERRED_BEFORE = re.compile(
    r"\b(?:ideally|preferably|(?:preferred|desired)(?: (?:qualifications?|skills|experience|requirements?)|:){1,2})"
    r"\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)
_PREFERRED_AFTER = re.compile(
    r"[^,;.()\d]{0,60}?\b(?:preferred|desired|desirable|ideal|a plus|a bonus)\b"
    r"(?! (?:skills|qualif|requirem|experience))",
    re.IGNORECASE,
)
_DEGREES = (
    r"(?:bachelor|master|ph\.?d|doctora|diploma|degree|[bm]\.?sc?\b|[bm]\.?a\b|m\.?b\.?a\b|high school|ged\b|"
    r"associate)"
)
_DEGREE = re.compile(rf"\b{_DEGREES}", re.IGNORECASE)
_OR_BEFORE = re.compile(r"\bor\b(?:(?!\b(?:and|plus|with|including)\b|[,(]).){0,40}$", re.IGNORECASE)
_OR_DEGREE = re.compile(rf"\b(?:or|if)\W+(?:with\W+)?(?:an?\W+)?{_DEGREES}", re.IGNORECASE)
_WITH_DEGREE = re.compile(
    rf"\w+\W+(?:of \w+ )?(?:experience )?(?:with|if|for)\W+(?:an?\W+)?{_DEGREES}", re.IGNORECASE
)
_PART_OF = re.compile(r"\b(?:includ(?:ing|es?)|of (?:which|them|those|that)|thereof)\b", re.IGNORECASE)
_LONGEST_BETWEEN = 300
"""Characters between two amounts that may be alternatives: a degree with its subjects."""


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


class _Amount(NamedTuple):
    """Years asked for and the most of a range, where their number and the word after it begin, and whether they
    are only preferred."""

    years: int
    most: int | None
    start: int
    end: int
    preferred: bool


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
        elif level == "lead" and not _is_own(title, match, found):
            continue
        if found and not title[found[-1][1] : match.start()].strip(" ."):
            if LADDER_LEVELS.index(level) < LADDER_LEVELS.index(found[-1][0]):
                level = found[-1][0]
            found[-1] = (level, match.end())
        else:
            found.append((level, match.end()))
    return frozenset(level for level, _ in found)


def _is_own(title: str, match: re.Match[str], found: list[tuple[str, int]]) -> bool:
    """Whether a word for a lead speaks of the one who is sought, not of people or of whom they work for."""
    start, end = match.span()
    if match[0].lower() == "staff":
        after_level = found and not title[found[-1][1] : start].strip(" .")
        return bool(
            after_level
            or not _PEOPLE_AFTER.match(title, end)
            or not _PEOPLE_BEFORE.search(title, 0, start)
            or _HEAD_BEFORE.search(title[:start].rstrip())
        )
    return not _TO_SOMEBODY.search(title, max(0, start - _TO_REACH), start)


def needs_none(text: str) -> bool:
    """Whether a text says that no experience at all is needed; "no Java experience needed" does not."""
    return _NO_SIGNS.are_in(text) and _NO_NEED.search(text) is not None


def years_asked(text: str) -> int | None:
    """Returns the fewest years of experience a text asks for, None where it asks for none.

    Of alternatives in one sentence ("a master's and 3 years or 5 years") the lowest; of all else the
    highest, since all of it has to be met and part of it is part of the whole ("8 years including 2 as
    lead"). Years that are only preferred count where no others are asked for.
    """
    chains: list[_Amount] = []
    sentence, done = -1, 0
    for start in _YEAR_WORDS.starts(text):
        match = _YEARS.match(text, start)
        if match is None:
            continue
        sentence = max(sentence, *(text.rfind(mark, done, start) for mark in ("\n", ". ", ";")))
        done = start
        amount = _amount(text, match)
        if amount is None:
            continue
        if chains and chains[-1].start > sentence and _are_alternatives(text, chains[-1], amount):
            amount = amount._replace(years=min(chains.pop().years, amount.years))
        chains.append(amount)
    required = [amount.years for amount in chains if not amount.preferred]
    return max(required or [amount.years for amount in chains], default=None)


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    """The years before a word for years, if a text asks for them."""
    window = text[max(0, match.start() - _WINDOW) : match.start()]
    amount = _AMOUNT.search(window)
    if amount is None:
        return None
    start = match.start() - len(window) + amount.start()
    before = text[max(0, start - 40) : start]
    before = before[max(before.rfind("\n"), before.rfind(". ")) + 1 :]
    low = _value(amount["low"])
    if low > MOST_YEARS or not _is_asked(before, bool(amount["more"] or amount["high"]), match["rest"]):
        return None
    preferred = _PREFERRED_BEFORE.search(before) or _PREFERRED_AFTER.match(match["rest"])
    high = _value(amount["high"]) if amount["high"] else None
    return _Amount(low, high, start, match.start(), preferred is not None)


def _are_alternatives(text: str, one: _Amount, other: _Amount) -> bool:
    """Whether one of two amounts of a sentence is enough: "or" joins them, or each has its own degree."""
    between = text[one.end : other.start]
    if not (one.years and other.years):
        return True  # "3 with 3 years, 5 with 0 years of experience": who has none may apply
    if one.most is not None and other.years >= one.most:
        return True  # "1-3 years, 3-5 years": levels, not one after the other
    if len(between) > _LONGEST_BETWEEN:
        return False
    if _OR_BEFORE.search(between) or _OR_DEGREE.search(between) or _WITH_DEGREE.match(text, other.end):
        return True
    if _PART_OF.search(between) or not _DEGREE.search(between):
        return False
    before = text[max(0, one.start - _LONGEST_BETWEEN) : one.start]
    around = before[before.rfind("\n") + 1 :], text[other.end : other.end + 40]
    return any(map(_DEGREE.search, around))


def _is_asked(before: str, is_range: bool, rest: str) -> bool:
    if _NOT_AFTER.match(rest) or _NOT_ASKED.search(before):
        return False
    return bool(is_range or _EXPERIENCE.search(rest) or _AS_REQUIRED.search(before))


def _value(number: str) -> int:
    return _NUMBER_WORDS.get(number.lower()) or int(number)
