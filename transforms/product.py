"""What a firm sells: "Northwind, a collaborative SQL editor", "syncs your data to tools like Salesforce"."""

import re

from transforms.sign import Signs, Stems
from transforms.text import fold

_KINDS = (
    r"(?:platforms?|compan(?:y|ies)|start-?ups?|products?|tools?|editors?|solutions?|providers?|agency|"
    r"consultancy|marketplace|services?|software|powerhouse|suites?|layer|protocol|exchange|firm|vendor|search engine|"
    r"experts|specialists)\b(?![ -](?:engineer|developer|team|experience|stack|role|position|lead|manager|architect))"
)
_THEN_KIND = re.compile(rf"\)?(?:[ -](?!and\b|or\b|in\b|with\b|for\b|to\b|of\b)[\w/&+]+){{0,4}}?[ -]{_KINDS}")
"""After the match: the words of one name, and what it is a name of."""
_NAMES_ITSELF = re.compile(
    r"(?:^|[\n.!?] ?|: )\W{0,3}(?!(?:This|It|The|Our|That|You|We|Role|Stack|Work|Product|Job|There|Here|Each|All)\b)"
    r"[A-Z][\w.&'’-]*(?: [A-Z][\w.&'’-]*){0,2}(?<!er)(?<!or)(?<!st)(?<!ns)(?: \([^()\n]{1,30}\))?"
    r"(?:,| is| -| –| —|:) (?:an?|the) "
    r"(?:[\w'’/&+-]+,? (?:and )?){0,6}\(?$"
)
"""Before it: a name that says what it is."""
_REACH = 120
_CONNECTS = re.compile(
    r"\b(?:integrat(?:es?|ions) (?:with|into)|syncs?\b|connects? (?:to|with) (?:your|any|all|popular|third)|"
    r"works? with (?:your|any|all|most|popular)|plugs? into|partners? with|data from|imports? from|compatible with|"
    r"alternatives? to|compet\w+ (?:with|to))\b[^.!?\n]{0,60}$"
)
"""Before a list of names: what the product goes with."""


_OURS_BEFORE = re.compile(
    r"(?:(?:\bis|['’]s) integrated with|(?:^|[\n.!?] ?)with (?:our|its)\b(?![^.!?\n]*,)|"
    r"\b(?:integrates|syncs) with|\b(?:customers|clients|companies|users) use|"
    r"\b(?:lets?|allows|enables) developers)\b[^.!?\n]{0,90}$"
)
KINDS = Signs(
    (
        "platform",
        "compan",
        "startup",
        "start-up",
        "product",
        "tool",
        "editor",
        "solution",
        "provider",
        "agency",
        "vendor",
        "consultancy",
        "marketplace",
        "service",
        "software",
        "powerhouse",
        "suite",
        "layer",
        "protocol",
        "exchange",
        "firm",
        "search engine",
        "expert",
        "specialist",
    )
)
OURS = Signs(
    (
        "integrated with",
        "with our",
        "with its",
        "integrates with",
        "syncs with",
        "customers use",
        "clients use",
        "companies use",
        "users use",
        "let developers",
        "lets developers",
        "allows developers",
        "enables developers",
    )
)
"""What _THEN_KIND, and what _OURS_BEFORE match holds one of these."""
OURS_WITHIN = 110
"""Characters before a match in which such talk begins."""


_GOES_WITH = Stems(
    ["integrat", "sync", "connect", "work", "plug", "partner", "data from", "import", "compatible", "alternative",
     "compet"]
)  # fmt: skip
"""One of them stands in all that _CONNECTS matches."""


def is_with_ours(text: str, start: int) -> bool:
    """Whether the sentence is by then about the firm's own: "With our REST API, ...", "it integrates with Jira"."""
    return _OURS_BEFORE.search(fold(text), max(0, start - OURS_WITHIN), start) is not None


def is_own_kind(text: str, start: int, end: int) -> bool:
    """Whether a name says of itself what it is, in words that hold the match: "Acme is a SQL editor"."""
    if text[end : end + 1] not in " -)" or not _THEN_KIND.match(fold(text), end):
        return False
    return _NAMES_ITSELF.search(text, max(0, start - _REACH), start) is not None


def is_connected_to(text: str, first: int) -> bool:
    """Whether the list that begins at ``first`` names what the product goes with: "integrates with Jira, Slack"."""
    low, folded = max(0, first - 80), fold(text)
    return _GOES_WITH.stand_in(folded[low:first]) and _CONNECTS.search(folded, low, first) is not None


_USERS_DO = re.compile(
    r"(?:(?<!our )\b(?:customers|clients|users|compan(?:y|ies)|startups|businesses|enterprises|organi[sz]ations|brands|"
    r"retailers|merchants|publishers|advertisers|people|everyone|anyone|(?:data |product |support |sales )?teams)"
    r"(?: (?!(?:we|our|us|and)\b)[\w’'-]+){0,4}? "
    r"(?:to|can|could|deploy|build|use|adopt|run|manage|create|write|automate)|"
    r"(?<!our )\bdevelopers (?:can|could)|\bwould you like|"
    r"\b(?:lets?|allows?|enabl(?:es?|ing)|help(?:s|ing)) (?:you|developers))\b"
    r"(?![^.!?\n]*\b(?:we|our|us)\b)[^.!?\n]*$"
)
"""Before the match in its sentence: what others do with the product."""
_USERS = Stems(
    ["customers", "clients", "users", "compan", "startups", "businesses", "enterprises", "organi", "brands",
     "retailers", "merchants", "publishers", "advertisers", "people", "everyone", "anyone", "teams", "developers",
     "would you like", "let", "allow", "enabl", "help"]
)  # fmt: skip
"""One of them stands in all that _USERS_DO matches."""


def is_of_users(text: str, sentence_start: int, start: int) -> bool:
    """Whether the sentence has said by then what the product's users do: "enables teams to deploy Python apps"."""
    low, folded = max(sentence_start, start - 160), fold(text)
    return _USERS.stand_in(folded[low:start]) and _USERS_DO.search(folded, low, start) is not None


_WE_USE = re.compile(
    r"\bwe(?:['’]re| are)? (?:\w+ )?(?:us(?:e|ing)|leverag(?:e|ing)|apply(?:ing)?|utili[sz](?:e|ing)|combin(?:e|ing))\b"
    r"[^.!?\n:]{0,80}$"
)
_TO_END = re.compile(
    r"(?: (?:models|techniques|algorithms|methods|technolog(?:y|ies)))?(?:,? (?:and|or) (?:[\w-]+ ){0,3}[\w-]+| and)?"
    r"(?:, [^.,!?\n:]{1,40}){0,2} to [a-z]",
)


def is_for_product(text: str, start: int, end: int) -> bool:
    """Whether the firm says what for it uses a field: "We use machine learning to analyse cash flow"."""
    if " to " not in text[end : end + 90]:
        return False
    return (
        _TO_END.match(text, end) is not None
        and _WE_USE.search(fold(text), max(0, start - 110), start) is not None
    )
