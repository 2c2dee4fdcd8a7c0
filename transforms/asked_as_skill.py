"""Whether a sentence asks for what these words name: "a degree in economics", "fluent English", "strong communication".

For words that adverts use of the firm, its market or its people as often as of what a job asks for: fields of study,
tongues, general qualities. Without such words beside it the form says nothing.
"""

import re

from transforms.duty import sentence_start
from transforms.text import fold

_LONGEST = 160
"""Characters looked at before the form: a degree's list of subjects is seldom longer."""
_FIELD = (
    r"experience|background|knowledge|expertise|skills|understanding|familiarity|proficien\w+|degree|diploma|certificate|"
    r"qualifications?|bachelor\S*|ba|bsc|mba|master\S*|graduate|fields?"
)
_ITEMS = r"(?:[\w-]+(?: (?!and\b|or\b)[\w-]+){0,3}(?:,? and |,? or |, ?| & |/))*"
_KNOWN = re.compile(
    rf"\b(?:{_FIELD})(?: working)? (?:in|of|with|such as|like|including) (?:an? |the )?{_ITEMS}$"
)
_KNOWN_AFTER = re.compile(
    r"(?:(?:,? (?:or|and) |, )[\w-]+(?: [\w-]+)?){0,3} (?:experience|expertise|background|skills?)\b"
    r"| (?:systems?|software|standards|principles|practices|techniques|records|duties|mindset)\b"
)
"""Beside accounting, sales, marketing and customer service 31 of 32 such in hospital and Ethiopian adverts ask for
them; beside teaching and nursing half speak of what one will learn."""
_ASKED_NOUNS = (
    r"experience[sd]?|background|knowledge|expertise|skills?|skilled|understand\w*|familiar\w*|proficien\w+|degrees?|"
    r"diploma|certificat\w+|qualifications?|bachelor\S*|ba|bsc?|b\.?s\.?c?\.?|mba|msc?|m\.?s\.?c?\.?|masters?\S*|"
    r"ph\.?d\.?|doctorate|graduated?s?|major|fields?|subjects?|disciplines?|areas?|competen\w+|command|mastery|grasp|"
    r"fluen\w+|versed|trained|training|comfortable|capable|adept|strengths?|exposure|interest|courses?|coursework|"
    r"literacy|basics|fundamentals|concepts|principles|theory|level|languages?|good at|excel|work\w*|know|us(?:e|ing)|"
    r"strong|solid|bilingual|(?:speak|read)(?:s|ing)?(?: (?:and|or|&) writ(?:e|es|ing))?|(?:spoken|written) and \w+"
)
_LINK = (
    r"(?:(?: \w+)? (?:in|of|with|on|at|to|such as|like|including|e\.g\.|as|is)[,:]?"
    r"(?: (?:an?|the|one of|these|some|any|both|either|basic|applied|advanced|relevant|various|different|multiple|"
    r"modern|relational|other|at least (?:one|two) of|at least (?:one|two)|or \w+))* |: | \(| )"
)
_SUBJECTS = (
    r"(?:[\w.'’+#-]+(?: (?!and\b|or\b)[\w.'’+#()-]+){0,3}(?:,? and/or |,? and |,? or |, ?| & |/ ?|; ))*"
    r"(?:(?:other|related|applied|relational|modern|spoken|written|business) )?$"
)
_ASKED = re.compile(rf"\b(?:{_ASKED_NOUNS}){_LINK}{_SUBJECTS}")
_PRAISED = re.compile(
    r"\b(?:strong|excellent|good|great|solid|outstanding|exceptional|superior|effective|proven|high(?:ly)?|keen|"
    r"meticulous|fluent|advanced|deep|native|professional|written|spoken|verbal|oral|interpersonal|clear|superb|extreme|"
    r"demonstrated|business|(?:ability|able|capacity|willing(?:ness)?|desire|required) to|you can|must|"
    r"(?:aptitude|knack|eye) for|track record (?:of|in)|proficient|working)"
    r"(?:[ ,/&]+(?!(?:of|the|for|our|your|with|in)\b)[\w-]+){0,4}[ ,/&]+$"
)
_ASKED_AFTER = re.compile(
    r"(?:(?:,? (?:or|and|&) |, |/)[\w-]+(?: [\w-]+)?){0,3} (?:experience|expertise|background|skill ?s?\w*|"
    r"degrees?|proficiency|fluen(?:cy|t)|abilit(?:y|ies)|knowledge|familiarity)\b"
    r"|(?:,? (?:or|and) |, |/)?[\w ,]{0,40} \(?(?:or|and) (?:a )?(?:related|similar|equivalent|relevant|another|"
    r"other)\b"
    r"| (?:is|are)(?: \w+)? (?:required|preferred|essential|needed|mandatory|necessary|a plus|an advantage|a must|"
    r"desirable|desired)\b"
    r"|:? ?\(?(?:native|fluent(?:ly)?|required|preferred|[bc][12]|mother|basic|intermediate|advanced|essential|"
    r"mandatory|a plus)\b"
)
"""Of 60 forms that 64,720 real texts show beside the words above in sentences that ask, 55 ask for what they name; of
those without such words some 15."""
_BEFORE_KNOWN = (
    "in ", "of ", "with ", "as ", "like ", "including ", "a ", "an ", "the ", "and ", "or ", ", ", ",", "& ", "/",
)  # fmt: skip
"""One of them ends what _KNOWN matches."""
_AFTER_ASKED = frozenset(" ,/:(")
"""With one of them begins what _KNOWN_AFTER and _ASKED_AFTER match: no form ends before a letter."""
_BEFORE_PRAISED = frozenset(" ,/&")
_UNPRAISED = (" the ", " our ", " your ", " with ")
"""What _PRAISED matches ends with one of the former and with none of the latter."""
_ITEM = re.compile(r"(?:\n|[•●▪*] ?|\n[-–—+>] ?)$")
_ITEM_END = re.compile(r"[.;,]?(?:\n|$)")


def is_asked_as_skill(text: str, start: int, end: int, *, asks: bool) -> bool:
    """Whether words beside text[start:end] say that it is known or to be known.

    ``asks``: the sentence asks for something, so that praise ("strong communication"), a level ("English: C1") or a
    line of its own will do.
    """
    folded = fold(text)
    begin = max(sentence_start(text, start), start - _LONGEST)
    goes_on = folded[end : end + 1] in _AFTER_ASKED
    if goes_on and _KNOWN_AFTER.match(folded, end):
        return True
    if folded.endswith(_BEFORE_KNOWN, begin, start) and _KNOWN.search(folded, begin, start):
        return True
    return asks and bool(
        (goes_on and _ASKED_AFTER.match(folded, end))
        or (_ITEM.search(text, max(0, start - 3), start) and _ITEM_END.match(text, end))
        or (may_be_praised(folded, begin, start) and _PRAISED.search(folded, begin, start))
        or _ASKED.search(folded, begin, start)
    )


def may_be_praised(folded: str, begin: int, start: int) -> bool:
    """Whether _PRAISED can match between these places: told by the last word."""
    return folded[start - 1 : start] in _BEFORE_PRAISED and not folded.endswith(_UNPRAISED, begin, start)
