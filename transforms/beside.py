"""Whom one works beside, and whom a firm names: departments, former employers, clients. Their names ask for nothing."""

import re

from transforms.sign import Signs, Stems

_MAKERS = (
    "airbnb asana atlassian aws box cloudera cloudflare databricks datadog digitalocean dropbox elastic figma github "
    "gitlab hashicorp heroku hubspot intercom mapbox mongodb mulesoft netflix notion nvidia okta oracle pagerduty "
    "quickbooks salesforce sap segment servicenow shopify slack snowflake splunk square stripe tableau twilio unity "
    "vmware workday zendesk zoom"
)
NAMES_OF_FIRMS = frozenset((*_MAKERS.split(), "new relic", "red hat"))
"""Forms that name a product and the firm that makes it: in a list of firms the latter."""
_LIST = r"(?:[A-Z][\w.+'’-]*(?:, and |, ?| and | & |/ ?| ))*"
"""Names with a capital each. No two of its parts can match the same sign, else time doubles with every word."""
_PEOPLE = (
    r"(?i:engineers?|people|folks|veterans|alumni|leaders?|talent|founders?|members?|executives?|execs|"
    r"operators|entrepreneurs|CTOs?|CEOs?|VPs?|backgrounds?|team|investors?|angels?|hackers|employees|"
    r"joined us|formerly|previously|come|came|coming|hail|hails|hailing|worked|led|spent)"
)
_CAME_FROM = re.compile(
    rf"(?:\b{_PEOPLE}\b(?: [\w'’-]+){{0,4}}? (?:from|at)|\b(?:C[TEx]Os?|VPs?|founders?|members|execs) of|"
    r"\b(?:[Ee]x|[Ff]ormer|[Ff]ormerly|[Pp]reviously)[ -](?:of )?)"
    r"(?: (?:\w+ ){0,4}(?:companies|firms|places|startups)(?: such as| like| including| \()?| the likes of)?"
    rf" ?\(?{_LIST}$"
)
_SERVES = re.compile(
    r"(?:\b(?i:companies|customers|clients|investors?|brands|firms|startups|businesses|organi[sz]ations|logos|names)"
    r"(?: [\w'’-]+){0,4}?(?:,? (?:such as|like|including|include|includes|are|from|at)|:|(?= \())"
    rf"|\b(?i:backed|trusted|funded|used|acquired) by|\b(?i:helped)) \(?{_LIST}$"
)
_AFTER_PEOPLE = re.compile(
    rf"(?:, (?:and )?|/| and | & ){_LIST}(?:veterans|alumni|alums|alum|engineers who|founders)\b"
)
_LAST_BEFORE_FIRMS = frozenset(
    ("from", "at", "of", "and", "ex", "former", "formerly", "previously", "companies", "firms", "places", "startups",
     "as", "like", "including", "include", "includes", "are", "by", "helped")
)  # fmt: skip
"""Words without a capital that may end what _CAME_FROM and _SERVES match."""
_GOOD_AT = re.compile(
    r"\b(?:good|great|skilled|proficient|experts?|look\w*|adept|better|pro|run\w*|host\w*|deploy\w*|stor\w*) at $",
    re.IGNORECASE,
)
"""At anything else than a tool one is good at stands a firm: "the platform group at Oracle"."""
_TEAMS = (
    r"(?:teams?|departments?|functions|groups|organi[sz]ations?|orgs|colleagues|partners|leaders|"
    r"counterparts|peers|divisions|units|stakeholders|staff)\b"
)
_THEIR_TEAM = re.compile(
    r"(?:(?:,? (?:and|or) |, ?|/| ?& ?| )"
    r"(?!(?:to|for|who|with|in|on|using|by|that|from|of|is|are|our|we|you|will|across|as|at|into)\b)[\w&-]+){0,6}?"
    rf"(?:,? and|,)? (?:{_TEAMS})",
    re.IGNORECASE,
)
_WORKS_WITH = re.compile(
    r"\b(?:work|collaborat|partner|liais|interact|communicat|coordinat|interfac|align|engag|cooperat|relationship|"
    r"conjunction|consult|bridge|point of contact|cross[ -]functional)\w*(?: [\w-]+){0,4}?"
    r" (?:with|across|between|among|alongside)\b(?:(?! within | in (?:a|our|the) | as (?:a|the) )[^.;:!?\n()]){0,70}$",
    re.IGNORECASE,
)
_WITH = Signs(["with", "across", "between", "among", "alongside"])
"""What _WORKS_WITH and _WITH_LIST match holds one of these."""
_WORK_STEMS = (
    "work collab partner liais interac communicat coord interfac align engag cooperat relation conjunc consult bridge "
    "contact cross discuss agree meet"
)
_WORK = Stems(_WORK_STEMS.split())
"""And one of these."""
_TEAMS_SUCH_AS = re.compile(
    r"\b(?:teams|departments|functions|stakeholders|colleagues|partners|disciplines|counterparts|groups|members)"
    r"(?:,? (?:such as|like|including|across|from|e\.g\.,?|i\.e\.,?)|:|(?= \()) \(?(?:e\.g\.,? |including |i\.e\.,? )?"
    r"(?:[\w-]+(?: (?!and\b|or\b)[\w-]+){0,2}(?:,? and |,? or |, ?| ?/ ?| ?& ?))*$",
    re.IGNORECASE,
)
_LISTED = (
    r"(?:(?!(?:you|we|that|to|who|is|are|using)\b)[\w'’-]+(?: (?!and\b|or\b|to\b|who\b)[\w'’-]+){0,2}"
    r"(?:,? and |, ?| & | ?/ ?))"
)
_WITH_LIST = re.compile(
    r"\b(?<!experience )(?:work|collaborat|partner|liais|interact|communicat|coordinat|interfac|align|engag|discuss|"
    r"agree|conjunction|meet)"
    r"\w*(?: [\w-]+){0,3}? (?:with|between|across|alongside) (?:the |our |other |both )?"
    rf"({_LISTED}*)$",
    re.IGNORECASE,
)
_DEPARTMENT = (
    r"(?:Marketing|Sales|Engineering|Legal|Finance|Operations|HR|Human Resources|Customer Success|Customer Support|"
    r"Product|Design|Business Development|Business|Support|Procurement|Compliance|IT)"
)
_JOBS = (
    r"(?:[\w'’-]+ ){0,3}(?:Engineers|Analysts|Developers|Managers|Scientists|Designers|Owners|Researchers|Leaders|"
    r"Executives|Architects|Clinicians)"
)
_LISTS_DEPARTMENT = re.compile(
    rf"(?:^|, | and | & |/ ?)(?:{_DEPARTMENT}|{_JOBS})(?:,| and| &|/)", re.IGNORECASE
)
_THEN_DEPARTMENT = re.compile(rf"(?:,? and |, ?| & | ?/ ?){_DEPARTMENT}\b(?! \w)", re.IGNORECASE)
_CLOSELY_WITH = re.compile(
    r"\b(?:work|collaborat|partner|liais)\w* (?:very )?(?:closely|directly|hand[ -]in[ -]hand) with (?:the |our )?$",
    re.IGNORECASE,
)
_THEN_PURPOSE = re.compile(r" to [a-z]|[,.;]? ?(?:\n|$)")
"""After a department alone: "work closely with data engineering to ..."."""
_REACH = 110
"""Characters before a match within which its list begins."""


def is_a_firm(text: str, start: int, end: int) -> bool:
    """Whether a product's name is its maker's: "engineers from Google, AWS", "customers like Stripe"."""
    low = max(0, start - _REACH)
    if text[start - 4 : start] == " at " and not _GOOD_AT.search(text, max(0, start - 16), start):
        return True
    if may_list_firms(text[low:start]) and (
        _CAME_FROM.search(text, low, start) or _SERVES.search(text, low, start)
    ):
        return True
    return _AFTER_PEOPLE.match(text, end) is not None


def may_list_firms(before: str) -> bool:
    """Whether a list of firms may end here, with a name or the word or sign before it: nine of ten need no search."""
    stripped = before.rstrip(" ,/&\n")
    begin = len(stripped)
    while begin and stripped[begin - 1].isalnum():
        begin -= 1
    word = stripped[begin:]
    # A sign that ends a name or stands within one ("Inc.", "Coca-cola"), or a colon or bracket before the list.
    if not word or (begin and stripped[begin - 1] in ".+'’-_"):
        return bool(stripped)
    return not word.islower() or word in _LAST_BEFORE_FIRMS


def says_with(text: str, low: int, start: int) -> bool:
    """Whether the words from ``low`` up to a form can be of those one works with at all: told by plain words."""
    for _, begins, ends in _WITH.places(text):
        if ends > start:
            return False
        if begins >= low:
            return _WORK.stand_in(text[low:start].lower())
    return False


def is_their_department(text: str, start: int, end: int) -> bool:
    """Whether a field is that of people one works with: "work with product management and data science teams"."""
    if not _WITH.places(text):
        return False
    # No expression here goes over the end of a line, and most forms stand in short lines of lists.
    line = text.rfind("\n", max(0, start - 2 * _REACH), start) + 1 or max(0, start - 2 * _REACH)
    if not says_with(text, line, start):
        return False
    low = max(line, start - _REACH)
    if _THEIR_TEAM.match(text, end) and _WORKS_WITH.search(text, low, start):
        return True
    if _THEN_PURPOSE.match(text, end) and _CLOSELY_WITH.search(text, low, start):
        return True
    beside = _WITH_LIST.search(text, low, start)
    if beside and (_LISTS_DEPARTMENT.search(beside[1]) or _THEN_DEPARTMENT.match(text, end)):
        return True
    listed = _TEAMS_SUCH_AS.search(text, low, start)
    return (
        listed is not None and _WORKS_WITH.search(text, max(line, low - _REACH), listed.start()) is not None
    )
