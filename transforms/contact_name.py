"""Names of people to turn to: two words with capitals behind a word that introduces a person."""

import re
from collections.abc import Iterator, Sequence

_UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
"""Capitals of Latin, Greek and Cyrillic letters."""
WORD = rf"[{_UPPER}][\w'-]{{1,30}}"
_PARTICLE = r"(?:van|von|zu|de|der|den|del|da|dos|di|du|la|le|ter|ten|bin|al|el)"
_NAME = (
    rf"(?:{WORD}|[{_UPPER}]\.(?: ?[{_UPPER}]\.)?)"
    rf"(?: (?:[{_UPPER}]\.?(?= )|{_PARTICLE}|Mc|O')){{0,3}}(?: {WORD}){{1,2}}"
)
_LABEL = (
    r"[Cc]ontact(?: [Pp]erson| [Nn]ame)?|CONTACT(?: PERSON| NAME)?|[Kk]ontakt(?:a|person(?:en)?)?|KONTAKT|"
    r"[Aa]nsprech(?:partner(?:in)?|person)|ANSPRECHPARTNER|[Pp]oint of [Cc]ontact|[Yy]our contact|"
    r"[Aa]ttention|[Rr]ecruiter|[Hh]iring [Mm]anager"
)
_CALL = (
    r"[Aa]sk(?: for)?|[Cc]all|[Ww]rite to|[Ee]-?mail|[Rr]each out to|[Ss]peak (?:to|with)|[Tt]alk (?:to|with)|"
    r"[Aa]pply to|[Ss]end (?:it|them|your CV|your resume) to|[Mm]y name is|I am|I'm|[Mm]essage|[Rr]egards"
)
_TITLE = r"(?:(?:Mr|Ms|Mrs|Mx|Dr|Prof)\.? |Herrn? |Frau |Fru |Professor )"
_NAMED = re.compile(
    rf"\b(?:(?P<label>{_LABEL})(?: is| ist)?(?P<colon> ?[:,])?|(?:{_CALL})(?: is|:|,)?)(?: -)?\s{{1,2}}"
    rf"{_TITLE}{{0,2}}(?P<name>{_NAME})"
)
CALLS = (
    "contact", "kontakt", "ansprechp", "point of contact", "your contact", "ask", "call", "write to", "email", "e-mail",
    "reach out to", "speak ", "talk ", "apply to", "attention", "recruiter", "hiring manager", "send it to",
    "send them to", "send your", "my name is", "i am", "i'm", "message", "regards",
)  # fmt: skip
"""With one of them, in any case, begins all that _NAMED matches."""

NOT_A_NAME = frozenset(
    ("engineering", "team", "support", "sales", "recruiting", "human", "resources", "talent", "people", "us", "hiring",
     "manager", "director", "head", "the", "our", "this", "senior", "software", "customer", "hr", "linkedin",
     "engineer", "developer", "founder", "co", "cto", "ceo", "solutions", "systems", "group", "technologies",
     "technology", "consulting", "services", "service", "labs", "inc", "llc", "ltd", "gmbh", "ag", "corp",
     "corporation", "company", "partners", "studios", "studio", "media", "digital", "health", "bank", "university",
     "office", "department", "center", "centre", "institute", "college", "hospital", "school", "agency", "council",
     "foundation", "staffing", "recruitment", "careers", "jobs", "job", "information", "details", "form", "page",
     "person", "name", "number", "email", "e-mail", "mail", "phone", "mobile", "telephone", "tel", "fax", "web",
     "website", "address", "data", "cloud", "product", "project", "program", "account", "client", "business",
     "management", "marketing", "finance", "operations", "security", "network", "lead", "please", "apply", "title",
     "hacker", "news", "hn", "ask", "via", "specialist", "analyst", "coordinator", "representative", "associate",
     "officer", "application", "applications", "full", "stack", "remote", "new", "com")
)  # fmt: skip
_AFTER_NAME = frozenset(
    ("today", "now", "for", "at", "or", "via", "if", "to", "with", "by", "on", "and", "email", "e-mail", "mail",
     "phone", "tel", "telephone", "mobile", "call", "hr", "recruiter", "ceo", "cto", "founder", "head", "director",
     "manager", "engineering", "talent", "senior", "lead", "is", "will", "please")
)  # fmt: skip
"""What may stand with a capital behind a name of two words."""


def names(text: str, calls: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields the stretches of names; ``calls`` are the places of CALLS, in order."""
    done = 0
    for call in calls:
        found = _NAMED.match(text, call) if call >= done else None
        if found:
            stretch = _name(found)
            if stretch:
                done = stretch[1]
                yield stretch


def _name(found: re.Match[str]) -> tuple[int, int] | None:
    words = found["name"].split(" ")
    start, end = found.span("name")
    if len(words) > 2 and words[-1].strip("'").lower() in _AFTER_NAME:
        end -= len(words.pop()) + 1
    parts = [part for word in words for part in word.lower().strip("'").split("-")]
    if not NOT_A_NAME.isdisjoint(parts):
        return None
    shouted = all(word.isupper() for word in words if len(word) > 2)
    if shouted and not (found["label"] and found["colon"]):
        return None  # "CALL CENTRE NORTH" is a heading; after a label with its colon it is a name
    return start, end
