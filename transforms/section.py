"""Parts of an advert, by headings and by what single sentences say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from transforms.text import fold


@dataclass(frozen=True)
class Section:
    """A stretch of the cleaned text: offsets, one of vocabulary.SECTIONS and one of vocabulary.REQUIREMENTS."""

    start: int
    end: int
    section: str
    requirement: str


HEADINGS: dict[str, str] = {
    "company": r"about (?:us|the company|our company|company|the (?:organi[sz]ation|trust|employer|business|firm))"
    r"|who we are|company(?: (?:description|overview|profile|background|info|information))?|our (?:story|mission|values|"
    r"culture|vision)|what we do|our company|the company|about|intro|introduction|mission|company culture|background",
    "duties": r"(?:key |main |primary |your |core |job |the |essential )?(?:duties|responsibilities|accountabilities|"
    r"tasks)(?: (?:and|&) (?:duties|responsibilities|tasks|accountabilities|requirements))?|what you(?:'ll| will|'d) "
    r"(?:do|be doing|work on)|what you(?:'ll| will) be (?:doing|working on|responsible for)|your (?:role|job|mission|day)|"
    r"the (?:role|job|position|opportunity|work)|(?:job|role|position) (?:description|summary|overview|purpose|duties)|"
    r"about (?:the|this) (?:role|job|position|opportunity)|you will|you'll|day to day|in this role(?:,? you will)?|"
    r"responsibilities include|what we (?:need you to do|want you to do)|overview",
    "requirements": r"(?:minimum |basic |key |job |essential |required |technical |our |the |core |position )?"
    r"(?:requirements?|qualifications?|skills?|skill ?set|experience|must[ -]haves?|criteria|competenc(?:ies|es)|"
    r"knowledge)(?: (?:and|&|/) (?:experience|skills?|qualifications?|requirements?|abilities|knowledge|education|"
    r"competencies))*(?: required| needed)?|what (?:you(?:'ll)? (?:need|bring|have|should have|'ve got)|we(?:'re| are)? "
    r"(?:look(?:ing)? for|need|require|expect|want)|(?:we|you)(?:'d| would) (?:like|need).{0,20})|who you are|"
    r"about you|you have|you (?:are|bring|must have|should have)|your (?:profile|skills|experience|background)|"
    r"we(?:'re| are) looking for|looking for|ideal candidate|the ideal candidate|must have|required|person specification|"
    r"(?:our )?(?:tech(?:nology|nical|nologies)?|full|current|dev(?:elopment)?|software)?[ -]?stack(?: includes?)?|"
    r"technolog(?:y|ies)(?: we use)?|tech|tools|(?:skills|technologies|languages) (?:we use|used)|programming languages?|"
    r"you(?:'ve| have) got|you might be a (?:good )?fit if|essential(?: criteria| skills)?|you should apply if",
    "nice_to_have": r"(?:nice|good|great)[ -]to[ -]haves?s?|bonus(?: points?| skills?)?(?: (?:if|for|if you have))?|"
    r"preferred(?: (?:qualifications?|skills?|experience|requirements?))?(?: (?:and|&) (?:experience|skills))?|"
    r"desir(?:able|ed)(?: (?:criteria|skills?|qualifications?|experience|requirements?))?|plus(?:es)?|a plus|"
    r"pluses include|(?:it's )?(?:a )?(?:big |huge )?(?:plus|bonus)(?: if.{0,20})?|extra (?:points|credit)|"
    r"optional|additional (?:skills|qualifications)|brownie points.{0,12}|nice[ -]to[ -]have skills|ideally",
    "benefits": r"(?:the |our |key |company |employee |some |job )?(?:benefits?|perks?|compensation|rewards?|remuneration|"
    r"salary|pay|package|salary range)(?: (?:and|&|/|\+) (?:benefits?|perks?|compensation|salary|rewards?|more))*"
    r"(?: package| include| offered)?|what we(?:'ll| can)? (?:offer|provide|give)(?: you)?|"
    r"we offer|why (?:join )?(?:us|work (?:here|with us|for us)|join(?: us)?)|why you(?:'ll|'d| will) (?:love|like|want).{0,30}|"
    r"what(?:'s| is) in it for you|what you(?:'ll)? get|in return.{0,20}|working (?:for|with) us|employee benefits",
    "equal_opportunity": r"(?:equal (?:employment )?opportunit(?:y|ies)|eeo|diversity|diversity(?:, equity)?,? (?:and|&) "
    r"inclusion|inclusion|our commitment to.{0,30}|accessibility|accommodations?)(?: (?:statement|employer|policy))*",
    "legal": r"legal|disclaimer|privacy(?: (?:policy|notice|statement))?|notice.{0,20}|additional information|"
    r"disclosure and barring.{0,30}|certificate of sponsorship|security clearance|important information|gdpr",
    "address": r"(?:job |office |our |work )?(?:locations?|address|offices?)|contact(?: (?:us|info|information|details))?|"
    r"where|how to apply|to apply|apply|application process|interview process|hiring process|our hiring process|"
    r"the process|links?|more info(?:rmation)?|website|interested",
}
"""Heading by section, as it stands alone on a line or before a colon (folded, without bullets and marks)."""

CUES: dict[str, tuple[str, ...]] = {
    "equal_opportunity": (
        "equal opportunit",
        "equal employment",
        "equal access employer",
        "affirmative action",
        "without regard to",
        "regardless of race",
        "regardless of gender",
        "regardless of age",
        "sexual orientation",
        "gender identity",
        "protected veteran",
        "veteran status",
        "national origin",
        "marital status",
        "protected characteristic",
        "protected by law",
        "on the basis of race",
        "people of color",
        "underrepresented",
        "under-represented",
        "gender expression",
        "all qualified applicants",
        "we do not discriminate",
        "we don't discriminate",
        "celebrate diversity",
        "we value diversity",
        "inclusive environment",
        "reasonable accommodation",
        "disability status",
        "applicants with disabilities",
        "people with disabilities",
        "diverse backgrounds",
    ),
    "legal": (
        "privacy policy",
        "privacy notice",
        "data protection",
        "background check",
        "criminal record",
        "criminal histor",
        "e-verify",
        "by applying",
        "by submitting",
        "drug test",
        "drug screen",
        "disclosure and barring",
        "dbs check",
        "rehabilitation of offenders",
        "agencies please",
        "no agencies",
        "no recruiters",
        "unsolicited resumes",
        "work authorization",
        "authorized to work",
        "right to work",
        "certificate of sponsorship",
    ),
    "address": (
        "headquartered in",
        "headquartered at",
        "our office is",
        "our offices are",
        "our office in",
        "offices in",
        "based out of",
    ),
    "benefit": (
        "health insurance",
        "dental",
        "vision insurance",
        " vision,",
        "medical,",
        "401k",
        "401(k)",
        "paid time off",
        " pto",
        "paid vacation",
        "parental leave",
        "maternity",
        "paternity",
        "life insurance",
        "health care",
        "healthcare coverage",
        "healthcare benefits",
        "free lunch",
        "lunches",
        "snacks",
        "catered",
        "gym ",
        "wellness",
        "stock options",
        "equity",
        "competitive salary",
        "unlimited vacation",
        "flexible hours",
        "flexible working",
        "commuter",
        "relocation",
        "pension",
        "annual leave",
        "days holiday",
        "days off",
        "sick leave",
        "childcare",
        "retirement plan",
        "bonus scheme",
        "learning budget",
        "training budget",
        "conference budget",
        "company retreats",
        "macbook",
        "standing desk",
        "visa sponsorship",
        "happy hour",
        "cycle to work",
        "health benefits",
        "days of vacation",
    ),
    "preferred": (
        "nice to have",
        "nice-to-have",
        "nice to haves",
        "a plus",
        "big plus",
        "huge plus",
        "are plus",
        " bonus if",
        "bonus points",
        "is a bonus",
        "a bonus",
        "bonus:",
        "preferred",
        "preferably",
        "ideally",
        "desirable",
        "desired",
        "would be great",
        "would be nice",
        "not required but",
        "but not required",
        "not a must",
        "advantageous",
        "an advantage",
        "good to have",
        "brownie points",
        "extra points",
        "pluses",
        "is beneficial",
        "a bonus.",
        "optionally",
        "not mandatory",
        "bonuses:",
    ),
    "required": (
        "must have",
        "must-have",
        "you must",
        "required",
        "requires",
        "is a must",
        "are a must",
        "requirement",
        "essential",
        "mandatory",
        "you have experience",
        "you should have",
        "you'll need",
        "you will need",
        "need to have",
        "should be proficient",
        "must be",
        "years of experience",
        "years experience",
        "years' experience",
        "strong experience",
        "proficiency in",
        "proficient in",
        "you need to know",
    ),
    "work": (
        "you will",
        "you'll",
        "we are looking for",
        "we're looking for",
        "we are hiring",
        "we're hiring",
        "our stack",
        "tech stack",
        "the stack",
        "technology stack",
        "experience with",
        "experience in",
        "responsible for",
        "we are seeking",
        "looking to hire",
        "we're seeking",
        "seeking a",
        "technologies:",
        "technologies we use",
        "our backend",
        "our back-end",
        "our frontend",
        "our front-end",
        "built with",
        "written in",
        "our tools",
    ),
}
"""Plain phrases by what they say of the sentence that holds them."""

_CUE_KINDS = [kind for kind, phrases in CUES.items() for _ in phrases]
_CUE_AUTOMATON = AhoCorasick([phrase for phrases in CUES.values() for phrase in phrases])
_HEADING = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in HEADINGS.items()))
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[^\sa-z])|\n|\s+(?=[•●▪]\s)")
_MARKS = ' \t#*_=~-–—•●▪·>:|.!?[](){}"“”+✅🔹👉0123456789'
_BULLET = re.compile(r"\s*(?:[-*•●▪·–—+>]|\d{1,2}[.)])\s")
_LONGEST_HEADING = 48
_LONGEST_UNKNOWN_HEADING = 40
_REQUIREMENT_OF = {"requirements": "required", "nice_to_have": "preferred"}
_REJECTING = ("company", "benefits", "equal_opportunity", "legal", "address")
_MIN_BENEFITS = 2
"""One benefit word may be the company's trade ("health insurance"); two make a list of benefits."""


def sections(text: str) -> list[Section]:
    """Returns stretches that cover the cleaned text from first to last character, in order, `body` by default."""
    folded = fold(text).replace("’", "'")
    units = _units(folded)
    cues = _cues(folded, units)
    found: list[Section] = []
    current, after_line = "body", "body"
    for number, (start, end) in enumerate(units):
        starts_line = start == 0 or folded[start - 1] == "\n"
        if starts_line:
            current = _carried(after_line, cues.get(number, frozenset()))
            after_line = current
        heading = _heading(folded, start, end)
        if heading:
            current, alone = heading
            after_line = current if alone or not starts_line else _after_inline(folded, end, current)
        elif starts_line and _is_unknown_heading(folded, start, end):
            current = after_line = "body"
        _add(found, start, end, *_verdict(current, cues.get(number, frozenset())))
    return _closed(found, len(text))


def _units(folded: str) -> list[tuple[int, int]]:
    units, start = [], 0
    for gap in _SENTENCE_END.finditer(folded):
        if gap.start() > start:
            units.append((start, gap.start()))
        start = gap.end()
    if start < len(folded):
        units.append((start, len(folded)))
    return units


def _cues(folded: str, units: list[tuple[int, int]]) -> dict[int, frozenset[str]]:
    """Cue kinds by unit number; `benefits` only where a unit names several."""
    by_unit: dict[int, list[str]] = {}
    number = 0
    for index, start, _ in _CUE_AUTOMATON.find_matches_as_indexes(folded):
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
    match = _HEADING.fullmatch(head) if head else None
    if match is None or match.lastgroup is None:
        return None
    if colon < 0 and folded[end - 1 : end] in ".;,":
        return None
    return match.lastgroup, colon < 0 or not folded[colon + 1 : end].strip(_MARKS)


def _is_unknown_heading(folded: str, start: int, end: int) -> bool:
    return (
        end - start <= _LONGEST_UNKNOWN_HEADING
        and folded[end - 1] == ":"
        and not _BULLET.match(folded, start)
    )


def _after_inline(folded: str, end: int, section: str) -> str:
    """What follows "Benefits: lunch": the same section only if the next line is a list item."""
    line_end = folded.find("\n", end)
    return section if line_end >= 0 and _BULLET.match(folded, line_end + 1) else "body"


def _carried(section: str, cues: frozenset[str]) -> str:
    """A company paragraph ends where a line speaks of the work: adverts seldom say so with a heading."""
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


def _add(found: list[Section], start: int, end: int, section: str, requirement: str) -> None:
    if found and (found[-1].section, found[-1].requirement) == (section, requirement):
        start = found.pop().start
    found.append(Section(start, end, section, requirement))


def _closed(found: list[Section], length: int) -> list[Section]:
    """The gaps between units go to the unit before them."""
    return list(_with_ends(found, length)) or [Section(0, length, "body", "mentioned")]


def _with_ends(found: list[Section], length: int) -> Iterator[Section]:
    for number, item in enumerate(found):
        end = found[number + 1].start if number + 1 < len(found) else length
        yield Section(0 if number == 0 else item.start, end, item.section, item.requirement)
