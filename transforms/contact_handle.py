"""Names of people on networks, and a single name beside the address it goes with."""

import re
from collections.abc import Iterator, Sequence

from transforms.contact_name import NOT_A_NAME, WORD

PROFILES = ("t.me/", "wa.me/", "linkedin.com/in/", "calendly.com/")
"""Pages of one person each begin so."""
_PROFILE = re.compile(r"(?:t\.me|wa\.me|linkedin\.com/in|calendly\.com)/[\w./%-]*\w/?", re.IGNORECASE)
_NETWORK = (
    r"(?:twitter|telegram|instagram|skype|discord|whatsapp|wechat|signal|mastodon|bluesky|threads|linkedin)"
)
_HANDLE = re.compile(r"@[A-Za-z][\w.]{2,40}(?<!\.)(?!\w|@)")
_ON_NETWORK_BEFORE = re.compile(rf"\b{_NETWORK}(?: id| handle)?[ :(-]{{1,4}}\Z", re.IGNORECASE)
_ON_NETWORK_AFTER = re.compile(rf" ?\(?(?:on |via |\()?{_NETWORK}\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:[Rr]each(?: out)? to|[Cc]ontact|[Aa]sk for|[Cc]all|[Tt]ext|[Ee]-?mail|[Mm]essage|[Pp]ing|"
    r"[Ss]peak (?:to|with))"
    rf" (?P<name>{WORD})(?: (?:at|on|via|by|under))?[ :,(–-]{{1,3}}\Z"
)
_LONGEST_CALL = 60


def handles(text: str, ats: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the stretches of "@name" beside a network's name; ``ats`` are the places where addresses may stand."""
    for at in ats:
        handle = _HANDLE.match(text, at)
        if handle and (
            _ON_NETWORK_BEFORE.search(text, max(0, at - 24), at)
            or _ON_NETWORK_AFTER.match(text, handle.end())
        ):
            yield handle.span()


def profiles(text: str, places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the stretches of addresses of one person's page; ``places`` are those of PROFILES."""
    for place in places:
        found = _PROFILE.match(text, place)
        if found:
            yield found.span()


def single_names(text: str, addressed: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yields the stretches of one name before an address or number: "Ask for Maren at ..."."""
    for start, _ in addressed:
        found = _CALLED.search(text, max(0, start - _LONGEST_CALL), start)
        if found and found["name"].lower() not in NOT_A_NAME:
            yield found.span("name")
