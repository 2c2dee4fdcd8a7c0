"""How to reach a person: e-mail addresses, telephone numbers and names of contacts, found so as to be taken out."""

import re
from collections.abc import Iterator, Sequence

from transforms.sign import Stems, plain
from transforms.text import wide

_AT_HOST = r"@[\w-]+(?:\.[\w-]+)+"
_DOT = r"(?:\(dot\)|\[dot\]|\{dot\}|\[\.\]|\sdot\s|\sDOT\s|\.)"
_SAID_AT_HOST = (
    r"(?:\(at\)|\[at\]|\{at\}|<at>|\[@\]|\(@\)|\sat\s|\sAT\s)\s?[\w-]+"
    rf"(?:\s?{_DOT}\s?[\w-]+)*\s?{_DOT}\s?"
    r"(?:com|org|net|io|co|ai|dev|app|edu|de|uk|eu|fr|nl|ch|tech|[a-z]{2,3})\b"
)
_EMAIL = re.compile(rf"[\w.+%'-]+{_AT_HOST}|\b[\w.+-]+\s?{_SAID_AT_HOST}")
_HOST = re.compile(rf"{_AT_HOST}|{_SAID_AT_HOST}")
"""The end of an address, from its sign on."""
_AT_SIGNS = ("@", "(at)", "[at]", "{at}", "<at>", "[@]", "(@)", " at ")
"""One of them stands in every address, blanks for any white space."""
_ODD_SPACES = tuple(char for char in map(chr, range(1 << 16)) if char.isspace() and char not in " \n")
_PHONE = re.compile(
    r"(?<![\w.,$€£/=-])(?:\+\d{1,3}[ .-]?)?(?:\(\d{1,5}\)[ .-]?)?\d{2,7}(?:[ .-]\d{2,7}){1,4}(?![\w%])"
)
_PHONE_DIGITS = range(8, 16)
"""ITU-T E.164: a number has at most 15 digits with its country code; below 8 it is a year range or a price."""
_NOT_A_PHONE = re.compile(r"(?:19|20)\d\d[ .-](?:19|20)\d\d|\d{4}-\d\d-\d{1,6}|\d{1,3}(?:[ .]\d{3})+")
_CALL_WORD = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|cell|whatsapp|text|ring|fax|reach|contact)\b", re.IGNORECASE
)
_RUN = re.compile(
    r"(?<![\w+])\+\d{9,14}(?!\d)|\b(?:call|phone|tel|telefon|telephone|mobile|cell|whatsapp|text|ring|fax)\b\W{0,3}"
    r"(?:(?:me|us|on|at|is|number|no)\b\W{1,2}){0,3}(?P<run>\d{9,13})(?!\d)",
    re.IGNORECASE,
)
"""A number in one run: with its plus sign, or after a word for calling; any other may be an id."""
_LONG_RUN = b"0" * 9
_DIGITS = bytes(
    ord("0") if chr(code).isdigit() else ord("-") if chr(code) in " .-" else ord("x") for code in range(128)
) + bytes(128)
_TWO_GROUPS = b"00-00"
"""What every number holds, in a text whose digits are "0" and whose signs between digits are "-"."""
_BEFORE_GROUPS = 20
_LONGEST_PHONE = 60
"""Characters of a number before its first two groups, and from there on: at most 17 and 35, and one that follows."""
_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|van|von|de|der|da|la|Mc|O'))?(?: [A-Z][\w'’-]+){1,2}"
_NAMED = re.compile(
    r"\b(?:[Cc]ontact(?: person)?|[Kk]ontakt(?:person)?|[Aa]nsprechpartner(?:in)?|"
    r"[Yy]our contact|[Aa]sk(?: for)?|[Cc]all|[Ww]rite to|[Ee]-?mail|[Rr]each out to|"
    r"[Ss]peak to|[Tt]alk to|[Aa]pply to|[Aa]ttention|[Rr]ecruiter|[Hh]iring [Mm]anager|[Ss]end (?:it|them|your CV) to|"
    rf"[Mm]y name is|I am|I'm|I’m|[Mm]essage)(?: is|:| -| –)?\s"
    rf"(?:Mr\.? |Ms\.? |Mrs\.? |Herr |Frau |Dr\.? )?(?P<name>{_NAME})"
)
_CALLS = (
    "contact", "kontakt", "ansprechpartner", "your contact", "ask", "call", "write to", "email", "e-mail",
    "reach out to", "speak to", "talk to", "apply to", "attention", "recruiter", "hiring manager", "send it to",
    "send them to", "send your cv to", "my name is", "i am", "i'm", "message",
)  # fmt: skip
"""With one of them, in any case, begins all that _NAMED matches."""
_SIGNS = Stems((*_AT_SIGNS, *_CALLS))
_NOT_A_NAME = frozenset(
    ("Engineering", "Team", "Support", "Sales", "Recruiting", "Human", "Resources", "Talent", "People", "Us", "Hiring",
     "Manager", "Director", "Head", "The", "Our", "This", "Senior", "Software", "Customer", "HR", "LinkedIn",
     "Engineer", "Developer", "Founder", "Co", "CTO", "CEO")
)  # fmt: skip
REMOVED = "[removed]"

Stretch = tuple[int, int]


def contacts(text: str) -> list[Stretch]:
    """Returns the stretches of a text that say how to reach a person, in order, apart from each other."""
    places = _SIGNS.all_in(_spaced(text))
    ats = [start for number, start, _ in places if number < len(_AT_SIGNS)]
    calls = sorted(start for number, start, _ in places if number >= len(_AT_SIGNS))
    return _apart(sorted([*_emails(text, ats), *_phones(text), *_names(text, calls)]))


def _spaced(text: str) -> str:
    """The text in lower case and ASCII, its length kept, every white space a blank."""
    for space in _ODD_SPACES:
        text = text.replace(space, " ")
    return plain(text).replace("\n", " ")


def _emails(text: str, ats: Sequence[int]) -> Iterator[Stretch]:
    """What _EMAIL finds in the text. Looked for beside its signs: tried at every letter it took half a millisecond."""
    done = 0
    for at in ats:
        if at < done or not _HOST.match(text, at):
            continue
        begin = at
        while begin > done and text[begin - 1].isspace():
            begin -= 1
        while begin > done and (text[begin - 1].isalnum() or text[begin - 1] in "_.+%'-"):
            begin -= 1
        found = _EMAIL.search(text, begin)
        if found:
            yield found.span()
            done = found.end()


def _phones(text: str) -> Iterator[Stretch]:
    """What _PHONE finds in the text, looked for beside two groups of digits."""
    if not text.isascii() and any(map(str.isdecimal, wide(text))):
        yield from (match.span() for match in _PHONE.finditer(text) if _is_phone(text, match))
        return
    digits = text.encode("ascii", "replace").translate(_DIGITS)
    if _LONG_RUN in digits:
        yield from (match.span("run" if match["run"] else 0) for match in _RUN.finditer(text))
    done = 0
    at = digits.find(_TWO_GROUPS)
    while at >= 0:
        begin = max(done, at - _BEFORE_GROUPS)
        found = _PHONE.search(text, begin, at + _LONGEST_PHONE)
        if found and found.start() <= at:
            done = found.end()
            if _is_phone(text, found):
                yield found.span()
        at = digits.find(_TWO_GROUPS, max(at + 1, done))


def _names(text: str, calls: Sequence[int]) -> Iterator[Stretch]:
    """What _NAMED finds in the text whose names are no words for teams and the like."""
    done = 0
    for call in calls:
        found = _NAMED.match(text, call) if call >= done else None
        if found:
            done = found.end()
            if _NOT_A_NAME.isdisjoint(found["name"].replace("-", " ").split()):
                yield found.span("name")


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
