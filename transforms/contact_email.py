"""E-mail addresses, with their signs or in words for them ("jane [at] acme [dot] com")."""

import re
from collections.abc import Iterator, Sequence

_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"))
_IN_BRACKETS = tuple(
    f"{opening}{gap}at{closing_gap}{closing}"
    for opening, closing in _BRACKETS
    for gap in ("", " ")
    for closing_gap in ("", " ")
)
AT_SIGNS = ("@", " at ", "%40", "(a)", "_at_", "-at-", *_IN_BRACKETS)
"""One of them stands in every address, in any case."""

_DOT = r"(?:\.| ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot )"
_SPACED_DOT = r"(?:\.| ?[(\[{<] ?(?:dot|\.) ?[)\]}>] ?| dot | \. )"
_LABEL = r"[\w-]{1,63}+"
_TOP = r"[^\W\d_][\w-]{1,24}+"
"""The last label of a host begins with a letter: "8 cores@2.5GHz" is no address."""
_HOST = rf"(?:{_LABEL}{_DOT}){{1,8}}{_TOP}"
_SURE = re.compile(
    rf"(?:@|%40|\(a\)| ?[(\[{{<] ?(?:at|@) ?[)\]}}>] ?){_HOST}"
    r"| ?([_-])at\1 ?[a-z\d]{1,63}(?: ?\1dot\1 ?[a-z\d]{1,63}){1,8}",
    re.IGNORECASE,
)
"""From the sign on. In brackets or glued to both its sides the sign can mean nothing else."""
_SAID = re.compile(
    rf"(?: at | @ ?|@ )(?:{_LABEL}{_SPACED_DOT}){{1,8}}{_TOP}"
    r"(?!\w|/\w|\.\w| dot |(?: ?[(\[{<])? ?@| ?[(\[{<]? ?at[ )\]}>])",
    re.IGNORECASE,
)
"""A bare word or a sign between blanks: needs a look at what stands before."""
_SPELT = re.compile(r"\bdot\b|[(\[{<] ?\. ?[)\]}>]", re.IGNORECASE)
_LOCAL = re.compile(r"[\w.+%'!#&~-]")
_MAX_LOCAL = 128
_DOT_BEFORE = re.compile(r"[\w.+-]{1,64} ?(?:[(\[{<] ?dot ?[)\]}>]|\bdot) ?\Z", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"\n@]{1,60}"\Z')
_CUE = re.compile(
    r"(?:\b(?:e-?mail|mail|write|address|contact|cv|resume|résumé|reach(?: out)?(?: me)?(?: at)?|to|via|at|apply)"
    r"(?: (?:me|us|is|at|it))?|[:(<\[=])[^\w\n]{0,3}\Z",
    re.IGNORECASE,
)
"""What stands right before an address that is told in words."""
_NEVER_LOCAL = frozenset(
    ("i", "we", "us", "me", "you", "they", "them", "him", "her", "it", "is", "are", "am", "be", "been", "was", "were",
     "that", "this", "and", "or", "as", "not", "but", "also")
)  # fmt: skip
_SELDOM_LOCAL = frozenset(
    ("work", "working", "works", "worked", "position", "positions", "role",
     "roles", "opening", "openings", "opportunities", "opportunity", "here", "there", "more",
     "online", "directly", "now", "applying", "applications", "look", "looking", "available", "website",
     "site", "web", "page", "blog", "joining", "meet", "visit", "find", "out", "live", "living", "based",
     "hosted", "hosting", "engineer", "engineers", "engineering", "developer", "developers", "manager", "managers",
     "scientist", "scientists", "designer", "designers", "life", "culture", "listed", "posted", "details",
     "description", "descriptions", "everyone", "information", "read", "see", "check", "demo", "app",
     "product", "products", "platform", "service", "services", "docs", "learn", "listings", "listing", "code",
     "stack", "internship", "interns", "internships", "founder", "cofounder", "founders", "lead", "up", "started",
     "seen", "used", "built", "running", "start", "point", "points", "pointed", "aimed", "self-serve", "sign", "signup")
)  # fmt: skip
"""Before a web site rather than in an address: counted only after a word for writing."""
_LIKE_A_BOX = frozenset(
    ("job", "jobs", "career", "careers", "team", "people", "apply", "join", "hiring", "info")
)
"""Before a web site and in addresses alike: counted too where the dot is spelt out."""


def emails(text: str, ats: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the stretches of addresses; ``ats`` are the places of AT_SIGNS. Elsewhere nothing is looked at: tried at
    every letter the expressions took half a millisecond."""
    done = 0
    for at in sorted(ats):
        if at < done:
            continue
        found = _address(text, at, done)
        if found:
            yield found
            done = found[1]


def _address(text: str, at: int, done: int) -> tuple[int, int] | None:
    begin = at
    while begin > done and at - begin < 3 and text[begin - 1] in " ([{<":
        begin -= 1
    for sign in range(begin, at + 1):
        sure = _SURE.match(text, sign)
        if sure:
            start = _local_start(text, sign, done)
            return (start, sure.end()) if start < sign else None
    for sign in range(begin, at + 1):
        said = _SAID.match(text, sign)
        if said:
            start = _local_start(text, sign, done)
            return (start, said.end()) if _is_meant(text, start, sign, said) else None
    return None


def _local_start(text: str, end: int, done: int) -> int:
    """Where the part before the sign begins; its end where there is none."""
    quoted = _QUOTED.search(text, max(done, end - 64), end) if text[end - 1 : end] == '"' else None
    if quoted:
        return quoted.start()
    start = end
    while start > max(done, end - _MAX_LOCAL) and _LOCAL.match(text[start - 1]):
        start -= 1
    while start < end and text[start] in "'!#&.":
        start += 1
    if start < end:
        for _ in range(3):
            before = _DOT_BEFORE.search(text, max(done, start - 80), start)
            if not before:
                break
            start = before.start()
    return start


def _is_meant(text: str, start: int, end: int, said: re.Match[str]) -> bool:
    """Whether "<local> at <host>" is an address rather than "meet us at booking.com"."""
    local = text[start:end]
    if not local or local.lower() in _NEVER_LOCAL:
        return False
    if _CUE.search(text, max(0, start - 25), start):
        return True
    if local.lower() in _SELDOM_LOCAL:
        return False
    if " AT " in said[0] and not local.isupper():
        return True
    spelt = bool(_SPELT.search(said[0]))
    if local.lower() in _LIKE_A_BOX:
        return spelt
    if spelt or any(char in "._+" or char.isdigit() for char in local):
        return True
    is_line = text[start - 1 : start] in ("", "\n") and text[said.end() : said.end() + 1] in ("", "\n")
    return is_line or ("@" not in said[0] and local.islower())
