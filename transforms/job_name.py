"""Skills that stand in the name of a job: "Machine Learning Engineer" names a job, "Python Engineer" also a skill."""

import re

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
    rf"(?:(?:[ /-]{{1,3}}| (?:and|or|&) |, ?){_NO_NAME}[\w+#.]+){{0,2}}?[ /-]{{1,3}}{_HEAD}", re.IGNORECASE
)
"""At most two further words ("Java Backend Engineer", "React and Node developers"), then the head noun."""
_BEFORE_REST = " /-,"
"""Its first signs: after every third skill stands another, which costs the expression's call."""

_TAILS = (
    "engineering development design science sciences management security experience learning assurance "
    "testing test administration analytics analysis marketing research operations reliability intelligence "
    "vision processing infrastructure services ownership networking cybersecurity bioinformatics robotics "
    "automation software support sales finance accounting data qa ux ui devops ml ai nlp sre hr "
    "blockchain rfid iot chatbots agile native apps app platform platforms cloud firmware ar vr reality "
    "ecommerce commerce cryptography"
)
_FIELD_TAILS = frozenset(_TAILS.split())


_SHORTEST_TITLE = 3
_LONGEST_NAME = 60
_SENTENCE = re.compile(
    r"[.!?;]|\b(?:you|we|who|with|is|are|to|for|in|of|must|experience|knowledge|skills|will|as|our|your)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(rf"\b{_HEAD}", re.IGNORECASE)


def after_job_name(text: str, start: int) -> bool:
    """Whether the line up to here is a job's name and no sentence: "Backend Engineer - Python, Go"."""
    line = text.rfind("\n", max(0, start - _LONGEST_NAME - 1), start) + 1
    if not line and start > _LONGEST_NAME:
        return False
    before = text[line:start]
    if len(before) < _SHORTEST_TITLE:
        return False
    return _TITLE.search(before) is not None and not _SENTENCE.search(before)


def in_job_name(text: str, end: int) -> bool:
    """Whether what ends here is followed by the rest of a job's name."""
    return text[end : end + 1] in _BEFORE_REST and _REST_OF_NAME.match(text, end) is not None


def is_field(surface: str) -> bool:
    """Whether the form names a field of work, which in a job's name or in talk of the company is no skill asked for."""
    return surface.rpartition(" ")[2] in _FIELD_TAILS
