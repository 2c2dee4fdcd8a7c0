"""Sentences that begin as duties do: "Design pipelines", "Responsible for ..."."""

import re

_STOPS = (". ", ": ", "; ")
_FIRST_WORD = re.compile(r"\s*([-–—*•●▪·+>◾]*)\s*([A-Za-z]+)")
_DUTIES = (
    "design develop build create implement maintain perform conduct lead manage analyze analyse "
    "provide support work "
    "write define drive deliver apply use utilize utilise leverage research prepare produce "
    "collaborate partner plan "
    "execute optimize optimise improve automate test deploy monitor own assist ensure identify "
    "evaluate review "
    "train teach mentor coach guide participate contribute coordinate document present report "
    "translate transform "
    "proceed become enable transition liaise define document integrate architect engineer extract "
    "mine explore investigate assess establish set run operate administer "
    "configure install troubleshoot debug extend scale refactor port migrate model code program "
    "prototype draw handle "
    "process track oversee direct advise consult facilitate organize organise communicate interpret "
    "validate verify "
    "formulate generate advance employ follow learn master demonstrate understand know serve act "
    "make take keep "
    "responsible experience experienced proficient skilled able strong solid good excellent deep "
    "advanced basic working "
    "hands knowledge familiarity understanding ability expertise background must"
)
_DUTY_VERBS = frozenset(_DUTIES.split())
_NO_DUTY = frozenset(("using", "leveraging"))


def sentence_start(text: str, start: int) -> int:
    """Where the sentence or line begins in which this stands."""
    lowest = max(0, start - 400)
    begin = text.rfind("\n", lowest, start) + 1
    for stop in _STOPS:
        # No stop before the line's beginning counts, or before the last of another kind.
        first = begin or lowest
        at = text.rfind(stop, first, start)
        while at > begin and text[at - 3 : at] in ("e.g", "i.e"):
            at = text.rfind(stop, first, at)
        begin = max(begin, at + 1)
    return begin


def begins_as_duty(text: str, start: int, *, item: bool) -> bool:
    """Whether the sentence or line begins with a verb of duties ("Design", "Designs", "Designing").

    With ``item`` an item of a list will do, whatever it begins with.
    """
    begin = sentence_start(text, start)
    first = _FIRST_WORD.match(text, begin)
    if first is None:
        return False
    word = first[2].lower()
    return (item and bool(first[1])) or (word not in _NO_DUTY and not _DUTY_VERBS.isdisjoint(_stems(word)))


def _stems(word: str) -> tuple[str, ...]:
    """What a verb may be without its ending: "designs", "designing", "writing", "planning"."""
    if word.endswith("ing"):
        return word[:-3], word[:-3] + "e", word[:-4]
    return (word, word[:-1], word[:-2]) if word.endswith("s") else (word,)
