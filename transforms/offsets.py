"""Where a character of the cleaned text stands in the text as it came."""

import html
import re

_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>|&lt;/?[a-zA-Z](?:(?!&[lg]t;)[^<>]){0,300}&gt;", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_MARKUP = re.compile(
    r"(?:<|&lt;)/?(?:p|br|li|ul|ol|div|span|strong|b|em|h[1-6]|td|tr|table)\b[^<>&]*(?:>|&gt;)", re.IGNORECASE
)
_UNSEEN = re.compile(r"<(?:script|style)\b[^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
"""Markup however few its tags: what stands within is no part of the advert."""


def looks_like_markup(text: str) -> bool:
    """Whether the text holds at least two tags of adverts, plain or escaped, or one whose content nobody sees.

    "vector<T>" is no tag.
    """
    return len(_MARKUP.findall(text)) >= 2 or _UNSEEN.search(text) is not None


def original_offsets(original: str, cleaned: str, *, markup: bool) -> list[int] | None:
    """Returns for each character of ``cleaned`` its offset in ``original``; None where the two can't be aligned.

    ``cleaned`` is what transforms.text.clean made of it: tags gone, entities read, spaces and unseen
    characters dropped. Composed accents don't align.
    """
    source = _TAG.sub(lambda tag: " " * len(tag[0]), original) if markup else original
    found: list[int] = []
    at = 0
    for char in cleaned:
        if char.isspace():
            found.append(at)
            continue
        while at < len(source) and source[at] != char and not _read_as(source, at, char):
            if not (source[at].isspace() or not source[at].isprintable()):
                return None
            at += 1
        if at >= len(source):
            return None
        found.append(at)
        entity = _ENTITY.match(source, at) if source[at] == "&" else None
        at = entity.end() if entity else at + 1
    return found


def _read_as(source: str, at: int, char: str) -> bool:
    """Whether an entity that stands for the character begins there."""
    entity = _ENTITY.match(source, at) if source[at] == "&" else None
    return bool(entity and html.unescape(entity[0]) == char)
