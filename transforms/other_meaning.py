"""A town, an abbreviation, a degree: what the signs beside a form make of it, whatever the form may mean elsewhere."""

import re
from collections.abc import Sequence

from transforms.mention_evidence import Match

_STATE_CODES = (
    "AL AK AZ AR CA CO CT DC DE FL GA IA ID IL KS KY LA MA MD MI MN MO MT NC ND NE NH NJ NM NV NY OH PA RI SC SD TN TX "
    "UT VA VT WA WI WV WY"
)
_STATES = frozenset(_STATE_CODES.split())
_TOWN = re.compile(r"[A-Z][a-z]{3,}, [A-Z]{2}\b")
"""A town with its state ("Phoenix, AZ"); OR, IN and ME are words, and MS stands before products."""
_FOUNDERS = frozenset(("apache",))
"""Begin the names of much else: "Apache HAWQ" is no web server."""
_LONGER_NAME = re.compile(
    r" (?!(?:HTTPD?|Web|Servers?|Tomcat|Administ\w*|Modules?|Linux|MySQL|PHP|Nginx|And|Or|With)\b)[A-Z][A-Za-z]+"
)
_ONE_OF_MANY = re.compile(
    r"\b(?:an?|the|each|per|every|this|one|single|multi|full|light|lightning|leaf|worker|master|compute|sensor|edge|"
    r"validator|bitcoin|blockchain|cluster)[ -]$",
    re.IGNORECASE,
)
"""Before "node", which is a machine or a point then and no runtime."""
_SEASON = re.compile(
    r"(?: of)? (?:(?:19|20)\d\d|semester|term|start|intern(?:ship)?s?|cohort|break|season|cleaning)\b",
    re.IGNORECASE,
)
"""After "spring": a part of the year."""
_TEMPLATES = re.compile(r"\b(?:Terraform|Azure|Bicep|Ansible|CloudFormation|[Tt]emplates?)\b")
"""Beside ARM, which are the templates of Azure's resource manager then and no processor."""
_WORD = re.compile(r"[A-Za-z]+")


def other_meaning(text: str, matches: Sequence[Match], number: int) -> str:
    """Returns the rule by which an ambiguous form means something else here; empty where none does."""
    start, end, entry = matches[number]
    after = text[end : end + 2]
    if after == ", " and text[end + 2 : end + 4] in _STATES and _TOWN.match(text, start):
        return "place"
    if entry.surface in _FOUNDERS and _LONGER_NAME.match(text, end):
        return "longer_name"
    if (
        entry.surface == "node"
        and text[start] == "n"
        and _ONE_OF_MANY.search(text, max(0, start - 14), start)
    ):
        return "other_word"
    if entry.surface == "spring" and _SEASON.match(text, end):
        return "other_word"
    if entry.surface == "arm" and _TEMPLATES.search(text, max(0, start - 60), end + 60):
        return "other_word"
    if end == start + 1 and text[start - 4 : start] == "Ph. ":
        return "abbreviation"
    if after[:1] == ")" and text[start - 1 : start] == "(" and _shortens_others(text, matches, number):
        return "abbreviation"
    return ""


def _shortens_others(text: str, matches: Sequence[Match], number: int) -> bool:
    """Whether the form abbreviates words that are no name of the same skill: "Statistical Analysis Plan (SAP)"."""
    start, end, entry = matches[number]
    form = text[start:end]
    words = _WORD.findall(text[max(0, start - 90) : start - 1])[-len(form) :]
    if not form.isupper() or len(words) < len(form) or "".join(word[0] for word in words) != form:
        return False
    before = matches[number - 1] if number else None
    return before is None or before[1] < start - 3 or before[2].skill_id != entry.skill_id
