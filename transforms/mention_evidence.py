"""Whether an ambiguous form shows that it is meant as the skill.

Evidence rules of config/ambiguous_terms.csv:

* ``never``: the form never counts (ordinary English, or words of benefits and law).
* ``exact_case``: the text must show one of ``case_forms``. An acronym in a line of capitals, or a form
  that differs from lower case in its first letter only and begins a sentence, says nothing by its case:
  it takes the evidence of ``exact_case_and_list_or_near``. With ``neighbours``, another case counts where
  one of them vouches.
* ``in_list``: only separators or "and" / "or" lie between the form and a match that vouches for it.
* ``near_skill``: a match that vouches for it lies within NEAR characters in the same line; for a form that
  begins a list item, in any line.
* ``exact_case_and_list_or_near``: case as in ``case_forms``, and ``in_list`` or ``near_skill``, or words
  beside it that say it is a skill ("written in Go", "Go developer"); the latter not if ``neighbours``
  are given.

* ``asked_as_skill``: words beside the form say that it is known or to be known ("experience in sales", "a degree in
  economics", "fluent English": see transforms.asked_as_skill). The trade's name alone says what the firm does.

A match vouches for another if it is unambiguous and a name (see lexicon.Entry), or one of the row's
``neighbours``; if ``neighbours`` are given only those vouch. In a list, ambiguous forms with the right
case vouch for each other ("Go, Rust, C").
"""

import re
from collections.abc import Sequence

from transforms.asked_as_skill import is_asked_as_skill
from transforms.lexicon import Entry
from transforms.sign import Stems
from transforms.text import fold

Match = tuple[int, int, Entry]
_GAP = re.compile(r"[\s,/;|&+()\[\]•●▪·*\-–—:]*(?:\b(?:and|or|and/or|with)\b)?[\s,/;|&+()\[\]•●▪·*\-–—]*")
_LONGEST_GAP = 12
_BARE_GAP = re.compile(r" *")
_SAID_AFTER = re.compile(
    r"[ -]?\)?(?: (?:back-?end|front-?end|web|software|application|full-?stack|"
    r"or similar))?[ /](?:developers?|"
    r"programmers?|engineers?|devs?|experience|expertise|skills|programming|code\b|codebase|coding|"
    r"framework|"
    r"library|microservices|back-?end|front-?end|applications?|apps?|services?|stack|compiler)\b"
    r"|\)? (?:(?:is|are|would be) )?(?:an? )?"
    r"(?:(?:big|huge|strong|definite|real|great|major|nice|clear|distinct|added) )?"
    r"(?:plus|bonus|advantage|asset)(?=[ .;,)\n]|$)"
    r"|\)? (?:is|are) (?:a must|mandatory|required|essential|needed|"
    r"(?:strongly |highly )?(?:preferred|desirable|desired))\b"
    r"|\)? (?:required|preferred|desirable|a must)(?=[.;,\n]|$)"
    r"|(?::| [-–—]) (?:nice to have|required|preferred|an? (?:plus|must|bonus))(?=[.;,\n]|$)"
    r"|: \d+\+? years\b| \d{1,2}(?:\.\d+)*\+?(?=[\s,.;)/])(?! (?:am|pm|years|days|hours|"
    r"people))"
)
_SAID_BEFORE = re.compile(
    r"(?:(?:written|buil[dt]\w*|made|styled|trained|deployed|tested|runs?|running|coded?|coding|"
    r"program\w*|develop\w*|rewrit\w+|services?|software|backend|api|"
    r"proficien\w+|front|apps?|servers?|code|"
    r"fluent|expertise|skilled|experienced?|background|knowledge|comfortable|familiar\w*|versed|work\w*|"
    r"developers?|"
    r"engineers?|programmers?|stack|code ?base|languages?|tech)(?: is| are)?(?: ?(?:in|with|of|using|"
    r"on|our|\(|:|-|is|mostly|"
    r"primarily|modern))+"
    r"|(?:frameworks?|languages?|tools?|technologies|librar(?:y|ies))(?: \(?like| such as|:)?"
    r"|\b(?:using|used?|need|needs|requires?|bring|know(?:s|ing)?|learn|teach you|writ(?:e|es|ten|ing)|"
    r"speak|strong|solid|"
    r"professional|years of|"
    r"(?:plus|bonus|points) for|(?:away from|migrat\w+ (?:off|from)|replac\w+) [\w.+#]+ (?:to|with|by))) ?$"
)
_SAID_LAST = (
    "in with of using on our ( : - is mostly primarily modern framework frameworks language languages tool tools "
    "technologies library libraries like as use used need needs require requires bring know knows "
    "knowing learn you write writes written writing "
    "speak strong solid professional for to by"
)
_ENDS_SAID = tuple(_SAID_LAST.split())
"""One of these stands at the end of all that _SAID_BEFORE matches."""
NEAR = 60
"""Characters within which a neighbour vouches for an ambiguous form."""
_ITEM = re.compile(r"\n(?:[-–—*•+>] ?)?$|: $")
_ITEM_END = re.compile(r"[.;]?(?:\n|$)")
_OTHER_THINGS = re.compile(
    r"\b(?:cit(?:y|ies)|towns?|countries|states|streets|offices|branches|"
    r"(?:first |last |given )?names|children|horses|vitamins?|grades?|blood)\b"
    r"[^.!?\n]{0,80}$",
    re.IGNORECASE,
)
"""A list of such things is none of skills, however many of its words could be one."""
_THINGS = Stems(
    ["city", "cities", "town", "countr", "states", "street", "office", "branch", "names", "children", "horse",
     "vitamin", "grade", "blood"]
)  # fmt: skip
"""One of them stands in all that _OTHER_THINGS matches."""
_BEGINS_ITEM = re.compile(r"\n[-–—*•+>] ?$")
_ARTICLE = re.compile(r"(?:\b[Aa]n?|\bso) $")
_AMOUNT_AFTER = re.compile(r"\s?\$?\d[\d,.]")
_AMOUNT_BEFORE = re.compile(r"\d\s?[kK]?\s?\$?$")
"""A currency's code that is a skill's name too: "CAD 95,000", "95k CAD"."""
_AFTER_STOP = re.compile(r"[.!?] $")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:\n•●▪*>]|\n\s*[-–—])[\s\"'(\[#*_-]*$")


def is_general(entry: Entry, form: str) -> bool:
    """A field, a method, a thing: whatever is no product's name, which even an aside says is in use."""
    # "python" is a name however it is written; of several words without a capital few are.
    return entry.is_broad or ((entry.has_space or entry.evidence != "none") and form.islower())


def is_item(text: str, match: Match) -> bool:
    """A line of nothing but this form, in its right case: only a skill stands so in a list of demands."""
    start, end, _ = match
    return bool(
        _ITEM.search(text, max(0, start - 4), start)
        and _ITEM_END.match(text, end)
        and case_holds(text, match)
    )


def has_evidence(text: str, matches: Sequence[Match], number: int, *, asks: bool) -> bool:
    """Whether the match shows what its row of config/ambiguous_terms.csv asks for; ValueError for an unknown rule.

    ``asks``: its sentence asks for something.
    """
    start, end, entry = matches[number]
    match entry.evidence:
        case "exact_case":
            if _is_currency(text, start, end):
                return False
            if not case_holds(text, matches[number]):
                # Case and vouching both come from the row: "DBT" is a therapy, "Snowflake and DBT" the tool.
                return bool(entry.neighbours) and _supported(text, matches, number)
            before = matches[number - 1] if number else None
            listed = before and before[1] >= start - 6 and before[2].evidence.startswith("exact_case")
            if listed and _lists_other_things(text, start):
                return False
            return not _may_be_capitalised(text, start, end) or _supported(text, matches, number)
        case "in_list":
            return _in_list(text, matches, number)
        case "near_skill":
            return _near(text, matches, number)
        case "exact_case_and_list_or_near":
            return case_holds(text, matches[number]) and _supported(text, matches, number)
        case "asked_as_skill":
            return is_asked_as_skill(text, start, end, asks=asks)
        case _:
            raise ValueError(
                f"evidence {entry.evidence!r} of {entry.surface!r} has no rule in transforms/mention_evidence.py"
            )


def _supported(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, entry = matches[number]
    if _in_list(text, matches, number):
        return True
    # Beside a skill stands many an adjective ("a swift answer") and many a sentence ("Word on the street").
    plain = _ARTICLE.search(text, max(0, start - 4), start) if text[start].islower() else None
    begins = entry.neighbours and _AFTER_STOP.search(text, max(0, start - 3), start)
    if not plain and not begins and _near(text, matches, number):
        return True
    if entry.neighbours:
        return False
    return is_said(text, start, end)


def case_holds(text: str, match: Match) -> bool:
    """Whether the text writes the form in one of the cases its row gives."""
    start, end, entry = match
    return text[start:end] in entry.case_forms


def _is_currency(text: str, start: int, end: int) -> bool:
    """Whether "CAD" stands beside an amount; of the codes of currencies no other is a skill's name too."""
    if text[start:end] != "CAD":
        return False
    return bool(_AMOUNT_AFTER.match(text, end) or _AMOUNT_BEFORE.search(text, max(0, start - 4), start))


def _may_be_capitalised(text: str, start: int, end: int) -> bool:
    """Capitals that the place explains: a first letter where a sentence begins, or a line in capitals."""
    form = text[start:end]
    if form.isupper() and len(form) > 1:
        around = text[max(0, start - 15) : start] + text[end : end + 15]
        return around.isupper()
    if form[1:] != form[1:].lower() or not form[:1].isupper():
        return False
    return _SENTENCE_BEFORE.search(text, max(0, start - 8), start) is not None


def _vouches(text: str, match: Match, other: Match, *, in_list: bool) -> bool:
    entry, (_, _, witness) = match[2], other
    if entry.neighbours:
        if in_list and witness.evidence == "none" and witness.is_name and _is_named(text, match):
            return True
        return witness.surface in entry.neighbours
    if witness.evidence == "none":
        return witness.is_name
    if not (in_list and witness.evidence.startswith("exact_case") and case_holds(text, other)):
        return False
    return not _lists_other_things(text, match[0])


def _lists_other_things(text: str, start: int) -> bool:
    low = max(0, start - 120)
    return _THINGS.stand_in(text[low:start].lower()) and _OTHER_THINGS.search(text, low, start) is not None


def _is_named(text: str, match: Match) -> bool:
    """A word with a capital that its place does not explain, and no acronym: "Make and shell scripts"."""
    start, end, _ = match
    form = text[start:end]
    return form[:1].isupper() and not form.isupper() and not _may_be_capitalised(text, start, end)


def _in_list(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, _ = matches[number]
    for other, low, high in ((number - 1, None, start), (number + 1, end, None)):
        if not 0 <= other < len(matches):
            continue
        gap = text[matches[other][1] if low is None else low : matches[other][0] if high is None else high]
        if is_list_gap(gap) and _vouches(text, matches[number], matches[other], in_list=True):
            return True
    return False


def _near(text: str, matches: Sequence[Match], number: int) -> bool:
    start, end, _ = matches[number]
    own_item = _BEGINS_ITEM.search(text, max(0, start - 4), start) is not None
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(matches):
            low, high = sorted((matches[other][:2], (start, end)))
            if high[0] - low[1] > NEAR or (not own_item and "\n" in text[low[1] : high[0]]):
                break
            if _vouches(text, matches[number], matches[other], in_list=False):
                return True
            other += step
    return False


def is_said(text: str, start: int, end: int) -> bool:
    """Whether words beside it say that it is a skill: "written in Go", "Go developer"."""
    folded = fold(text)
    if _SAID_AFTER.match(folded, end):
        return True
    low = max(0, start - 40)
    return may_be_said(folded[low:start]) and _SAID_BEFORE.search(folded, low, start) is not None


def may_be_said(before: str) -> bool:
    """Whether _SAID_BEFORE can match these last characters before a form: told by the last word."""
    return before.rstrip(" \n").lower().endswith(_ENDS_SAID)


def is_list_gap(gap: str) -> bool:
    """Whether only signs of a list, or one "and", "or", "with", lie between two matches."""
    return len(gap) <= _LONGEST_GAP and not _BARE_GAP.fullmatch(gap) and bool(_GAP.fullmatch(gap))
