"""How to reach a person: e-mail addresses, telephone numbers and names of contacts, found so as to be taken out."""

import re
from collections.abc import Sequence

_EMAIL = re.compile(
    r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w.+-]+\s?(?:\(at\)|\[at\]|\{at\}|<at>|\[@\]|\(@\)|\sat\s|\sAT\s)\s?[\w-]+"
    r"(?:\s?(?:\(dot\)|\[dot\]|\{dot\}|\[\.\]|\sdot\s|\sDOT\s|\.)\s?[\w-]+)*"
    r"\s?(?:\(dot\)|\[dot\]|\{dot\}|\[\.\]|\sdot\s|\sDOT\s|\.)\s?(?:com|org|net|io|co|ai|dev|app|edu|de|uk|eu|fr|nl|ch|tech|"
    r"[a-z]{2,3})\b"
)
_PHONE = re.compile(
    r"(?<![\w.,$€£/=-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?\d{2,6}(?:[ .-]\d{2,6}){1,4}(?![\w%])"
)
_PHONE_DIGITS = range(8, 16)
"""ITU-T E.164: a number has at most 15 digits with its country code; below 8 it is a year range or a price."""
_NOT_A_PHONE = re.compile(r"(?:19|20)\d\d[ .-](?:19|20)\d\d|\d{4}-\d\d-\d{1,6}|\d{1,3}(?:[ .]\d{3})+")
_CALL_WORD = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|cell|whatsapp|text|ring|fax|reach|contact)\b", re.IGNORECASE
)
_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|van|von|de|der|da|la|Mc|O'))?(?: [A-Z][\w'’-]+){1,2}"
_NAMED = re.compile(
    r"\b(?:[Cc]ontact(?: person)?|[Yy]our contact|[Aa]sk(?: for)?|[Cc]all|[Ww]rite to|[Ee]-?mail|[Rr]each out to|"
    r"[Ss]peak to|[Tt]alk to|[Aa]pply to|[Aa]ttention|[Rr]ecruiter|[Hh]iring [Mm]anager|[Ss]end (?:it|them|your CV) to|"
    rf"[Mm]y name is|I am|I'm|I’m|[Mm]essage)(?: is|:| -| –)?\s(?:Mr\.? |Ms\.? |Mrs\.? |Dr\.? )?(?P<name>{_NAME})"
)
_NOT_A_NAME = frozenset(
    ("Engineering", "Team", "Support", "Sales", "Recruiting", "Human", "Resources", "Talent", "People", "Us", "Hiring",
     "Manager", "Director", "Head", "The", "Our", "This", "Senior", "Software", "Customer", "HR", "LinkedIn",
     "Engineer", "Developer", "Founder", "Co", "CTO", "CEO")
)  # fmt: skip
REMOVED = "[removed]"

Stretch = tuple[int, int]


def contacts(text: str) -> list[Stretch]:
    """Returns the stretches of a text that say how to reach a person, in order, apart from each other."""
    found: list[Stretch] = []
    if "@" in text or " at " in text or "at)" in text or "at]" in text or " AT " in text or "at}" in text:
        found += [match.span() for match in _EMAIL.finditer(text)]
    found += [match.span() for match in _PHONE.finditer(text) if _is_phone(text, match)]
    found += [
        match.span("name")
        for match in _NAMED.finditer(text)
        if _NOT_A_NAME.isdisjoint(match["name"].replace("-", " ").split())
    ]
    return _apart(sorted(found))


def scrub(text: str) -> str:
    """Returns the text with every contact replaced."""
    for start, end in reversed(contacts(text)):
        text = text[:start] + REMOVED + text[end:]
    return text


def _is_phone(text: str, match: re.Match[str]) -> bool:
    written = match[0]
    digits = sum(char.isdigit() for char in written)
    if digits not in _PHONE_DIGITS or _NOT_A_PHONE.fullmatch(written):
        return False
    return (
        written[0] in "+("
        or digits >= 10
        or bool(_CALL_WORD.search(text, max(0, match.start() - 25), match.start()))
    )


def _apart(stretches: Sequence[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in stretches:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
