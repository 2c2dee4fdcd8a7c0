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

_TAILS = (
    "engineering development design science sciences management security experience learning assurance "
    "testing test administration analytics analysis marketing research operations reliability intelligence "
    "vision processing infrastructure services ownership networking cybersecurity bioinformatics robotics "
    "automation software support sales finance accounting data qa ux ui devops ml ai nlp sre hr "
    "blockchain rfid iot chatbots agile native apps app platform platforms cloud firmware ar vr reality "
    "ecommerce commerce cryptography"
)
_FIELD_TAILS = frozenset(_TAILS.split())


def in_job_name(text: str, end: int) -> bool:
    """Whether what ends here is followed by the rest of a job's name."""
    return _REST_OF_NAME.match(text, end) is not None


def is_field(surface: str) -> bool:
    """Whether the form names a field of work, which in a job's name or in talk of the company is no skill asked for."""
    return surface.rpartition(" ")[2] in _FIELD_TAILS
