"""Whether a match is, or is a part of, the name of the employer or of another organisation."""

import re
from collections.abc import Sequence

from transforms.lexicon import Entry
from transforms.mention_evidence import Match
from transforms.text import fold

_LOWER = "abcdefghijklmnopqrstuvwxyz"
_NAME_TAIL = re.compile(
    r" (?:(?:[A-Z]\w+ )?(?:Labs?|Inc|LLC|Ltd|GmbH|Group|Bank|Partners|Capital|Ventures|Holdings|Studios?|"
    r"Foundation|Institute|University|School|Hospital|Trust|Council|Sons|Brothers|Couriers|Hotels?|"
    r"Airlines?|Foods?)\b)"
)
"""What follows a word in the name of an organisation ("Swift Couriers")."""
_INSTITUTION = re.compile(
    r" (?:[A-Z]\w+ ){0,2}(?:Institutes?|University|Foundation|School|Society|Association|Trust|College|Academy|"
    r"England|Wales|Scotland|(?:Research )?Cent(?:er|re))\b"
    r"(?! of Excellence)"
)
"""Of these only the names, whatever stands before: "Robotics Institute"."""
_NAME_DOES = re.compile(
    r" & [A-Z]\w+|(?: [A-Z]\w+){1,2} (?:is|was|has|makes?|sells?|runs?|builds?|provides?|offers?|"
    r"helps?|hires?|"
    r"seeks?|wants?|moves?)\b"
)
_IN_NAME = re.compile(r"(?:\b(?:at|join|joining|by)|(?:^|[.!?\n])) ?$", re.IGNORECASE)
_GENERIC = frozenset(
    (
        "labs",
        "lab",
        "technologies",
        "technology",
        "software",
        "systems",
        "data",
        "health",
        "ai",
        "io",
        "hq",
        "app",
        "group",
    )
)


def places_of(employer_key: str, text: str) -> list[int]:
    """Where the employer's whole name stands, if it has several words: "Example Juniper Labs" is no Juniper."""
    places: list[int] = []
    folded = fold(text) if " " in employer_key else ""
    at = folded.find(employer_key) if folded else -1
    while at >= 0:
        places.append(at)
        at = folded.find(employer_key, at + len(employer_key))
    return places


def names_institution(text: str, start: int, end: int) -> bool:
    """ "Robotics Institute": all capitals, told before the expression is tried."""
    after = text[end : end + 2]
    # Of a space and a letter the letter decides.
    return (
        after.isupper()
        and after[0] == " "
        and text[start].isupper()
        and _INSTITUTION.match(text, end) is not None
    )


def is_called(entry: Entry, employer_key: str) -> bool:
    """Whether nothing but words such as "labs" follows in the key, which begins with the form."""
    rest = employer_key[len(entry.surface) :]
    return not rest or (rest[0] == " " and all(word in _GENERIC for word in rest.split()))


def in_organisation(text: str, matches: Sequence[Match], number: int) -> bool:
    """Whether the form stands in an organisation's name: by what follows, and by a verb that such names have."""
    start, end, _ = matches[number]
    if not text[start].isupper() or text[end : end + 1] != " " or not text[end + 1 : end + 2].strip(_LOWER):
        return False
    if number + 1 < len(matches) and matches[number + 1][0] <= end + 3 and matches[number + 1][2].skill_id:
        return False
    if _NAME_TAIL.match(text, end):
        return True
    return bool(_NAME_DOES.match(text, end) and _IN_NAME.search(text, max(0, start - 9), start))
