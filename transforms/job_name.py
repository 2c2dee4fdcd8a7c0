"""Skills that stand in the name of a job: "Machine Learning Engineer" names a job, "Python Engineer" also a skill."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from transforms.header import STEMS
from transforms.sign import Signs
from transforms.text import fold

_NO_NAME = (
    r"(?!(?:to|for|with|by|in|of|the|a|an|our|your|as|that|from|on|at|is|are|while|who|where|experience)\b)"
)
_HEAD = (
    r"(?:engineers?|developers?|devs?|programmers?|scientists?|designers?|managers?|architects?|analysts?|"
    r"administrators?|admins?|specialists?|consultants?|directors?|testers?|(?:team )?leads?|researchers?|"
    r"officers?|masters?|technicians?|coach(?:es)?|owners?|professionals?|experts?|interns?|assistants?|"
    r"associates?|practitioners?|ninjas?|gurus?|hackers?|sdes?|swes?)\b"
)
_REST_OF_NAME = re.compile(
    rf"(?:(?:[ /-]{{1,3}}| (?:and|or|&) |, ?){_NO_NAME}[\w+#.]{{1,30}}){{0,2}}?[ /-]{{1,3}}{_HEAD}"
)
"""At most two further words of at most 30 letters ("Java Backend Engineer", "React and Node developers"), then the
head noun."""
_BEFORE_REST = frozenset(" /-,")
"""Its first signs: after every third skill stands another, which costs the expression's call."""
_OTHER_HEADS = Signs(
    ["master", "coach", "owner", "professional", "expert", "practitioner", "ninja", "guru", "sde"]
)
"""With header.STEMS the beginnings of all head nouns."""
_FURTHEST_HEAD = 80
"""Characters up to the head noun: two words of 30 letters and what stands between."""

_MOST_SPACES = 7
"""Before the head noun: two around each "and", three before the noun."""

_TAILS = (
    "engineering development design science sciences management security experience learning assurance "
    "testing test administration analytics analysis marketing research operations reliability intelligence "
    "vision processing infrastructure services ownership networking cybersecurity bioinformatics robotics "
    "automation software support sales finance accounting data qa ux ui devops ml ai nlp sre hr "
    "blockchain rfid iot chatbots agile native apps app platform platforms cloud firmware ar vr reality "
    "ecommerce commerce cryptography"
)
_FIELD_TAILS = frozenset(_TAILS.split())


_LONGEST_NAME = 60
_SENTENCE = re.compile(
    r"[.!?;]|\b(?:you|we|who|with|is|are|to|for|in|of|must|experience|knowledge|skills|will|as|our|your)\b"
)
_TITLE = re.compile(rf"\b{_HEAD}")


def places_of_heads(text: str) -> list[int]:
    """Returns where words begin that may be the head of a job's name, in order: one look for all skills of a text."""
    return sorted(STEMS.starts(text) + _OTHER_HEADS.starts(text))


def after_job_name(text: str, start: int, heads: Sequence[int]) -> bool:
    """Whether the line up to here is a job's name and no sentence: "Backend Engineer - Python, Go"."""
    before = bisect_left(heads, start) - 1
    if before < 0 or heads[before] < start - _LONGEST_NAME:
        return False
    line = text.rfind("\n", max(0, start - _LONGEST_NAME - 1), start) + 1
    if not line and start > _LONGEST_NAME:
        return False
    if heads[before] < line:
        return False
    name = fold(text)[line:start]
    return _TITLE.search(name) is not None and not _SENTENCE.search(name)


def in_job_name(text: str, end: int, heads: Sequence[int]) -> bool:
    """Whether what ends here is followed by the rest of a job's name."""
    if text[end : end + 1] not in _BEFORE_REST:
        return False
    after = bisect_left(heads, end)
    if after == len(heads) or heads[after] > end + _FURTHEST_HEAD:
        return False
    if text.count(" ", end, heads[after]) > _MOST_SPACES:
        return False
    return _REST_OF_NAME.match(fold(text), end) is not None


@lru_cache(maxsize=1 << 14)
def is_field(surface: str) -> bool:
    """Whether the form names a field of work, which in a job's name or in talk of the company is no skill asked for."""
    return surface.rpartition(" ")[2] in _FIELD_TAILS
