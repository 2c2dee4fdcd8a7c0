"""How to reach a person: addresses, telephone numbers, handles and names of contacts, found so as to be taken out."""

import unicodedata
from collections.abc import Sequence

from transforms.contact_email import AT_SIGNS, emails
from transforms.contact_handle import PROFILES, handles, profiles, single_names
from transforms.contact_name import CALLS, names
from transforms.contact_phone import phones
from transforms.sign import Stems, plain
from transforms.text import wide

REMOVED = "[removed]"

Stretch = tuple[int, int]

_SIGNS = Stems((*AT_SIGNS, *PROFILES, *CALLS))
_FIRST_CALL = len(AT_SIGNS) + len(PROFILES)
_ASCII_SPACES = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SIGN_OF = dict.fromkeys(_DASHES, "-") | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'") | {"\u3002": "."}


def contacts(text: str) -> list[Stretch]:
    """Returns the stretches of a text that say how to reach a person, in order, apart from each other."""
    level = _levelled(text)
    places = _SIGNS.all_in(plain(level))
    ats = [start for number, start, _ in places if number < len(AT_SIGNS)]
    pages = [start for number, start, _ in places if len(AT_SIGNS) <= number < _FIRST_CALL]
    calls = sorted(start for number, start, _ in places if number >= _FIRST_CALL)
    addressed = [*emails(level, ats), *phones(level), *handles(level, ats), *profiles(level, pages)]
    return _apart(sorted([*addressed, *single_names(level, addressed), *names(level, calls)]))


def scrub(text: str) -> str:
    """Returns the text with every contact replaced."""
    pieces: list[str] = []
    done = 0
    for start, end in contacts(text):
        pieces += text[done:start], REMOVED
        done = end
    return "".join([*pieces, text[done:]])


def _levelled(text: str) -> str:
    """The text, its length kept, with one sign for each kind: white space but line ends as blanks, dashes as hyphens,
    digits and full-width signs as those of ASCII."""
    for space in _ASCII_SPACES:
        text = text.replace(space, " ")
    if not text.isascii():
        for char in set(wide(text)):
            level = _level(char)
            if level != char:
                text = text.replace(char, level)
    return text


def _level(char: str) -> str:
    if char.isspace():
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if "\uff01" <= char <= "\uff5e" and char not in _SIGN_OF:
        return chr(ord(char) - 0xFEE0)
    return _SIGN_OF.get(char, char)


def _apart(stretches: Sequence[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for start, end in stretches:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
