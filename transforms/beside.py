"""Whom one works beside, and whom a firm names: departments, former employers, clients. Their names ask for nothing."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter

from transforms.pattern_words import words_of
from transforms.sign import Signs, Stems
from transforms.text import fold

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
_SOURCES = Stems(
    ["engineer", "people", "folk", "veteran", "alumni", "leader", "talent", "founder", "member", "execut", "execs",
     "operator", "entrepreneur", "cto", "ceo", "cxo", "vp", "background", "team", "investor", "angel", "hacker",
     "employee", "join", "former", "previous", "came", "come", "coming", "hail", "work", "led", "spent", "ex ", "ex-",
     "companies", "customer", "client", "brand", "firm", "startup", "business", "organi", "logos", "names", "by",
     "helped"]
)  # fmt: skip
"""One of them stands in all that _CAME_FROM and _SERVES match."""
_LAST_BEFORE_FIRMS = frozenset(
    ("from", "at", "of", "and", "ex", "former", "formerly", "previously", "companies", "firms", "places", "startups",
     "as", "like", "including", "include", "includes", "are", "by", "helped")
)  # fmt: skip
"""Words without a capital that may end what _CAME_FROM and _SERVES match."""
_GOOD_AT = re.compile(
    r"\b(?:good|great|skilled|proficient|experts?|look\w*|adept|better|pro|run\w*|host\w*|deploy\w*|stor\w*) at $"
)
"""At anything else than a tool one is good at stands a firm: "the platform group at Oracle"."""
_TEAMS = (
    r"(?:teams?|departments?|functions|groups|organi[sz]ations?|orgs|colleagues|partners|leaders|"
    r"counterparts|peers|divisions|units|stakeholders|staff)\b"
)
_THEIR_TEAM = re.compile(
    r"(?:(?:,? (?:and|or) |, ?|/| ?& ?| )"
    r"(?!(?:to|for|who|with|in|on|using|by|that|from|of|is|are|our|we|you|will|across|as|at|into)\b)[\w&-]+){0,6}?"
    rf"(?:,? and|,)? (?:{_TEAMS})"
)
_TEAM_STEMS = Stems(words_of(_THEIR_TEAM))
"""One of them stands in all that _THEIR_TEAM matches."""
_WORKS_WITH = re.compile(
    r"\b(?:work|collaborat|partner|liais|interact|communicat|coordinat|interfac|align|engag|cooperat|relationship|"
    r"conjunction|consult|bridge|point of contact|cross[ -]functional)\w*(?: [\w-]+){0,4}?"
    r" (?:with|across|between|among|alongside)\b(?:(?! within | in (?:a|our|the) | as (?:a|the) )[^.;:!?\n()]){0,70}$"
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
    r"(?:[\w-]+(?: (?!and\b|or\b)[\w-]+){0,2}(?:,? and |,? or |, ?| ?/ ?| ?& ?))*$"
)
_LISTED = (
    r"(?:(?!(?:you|we|that|to|who|is|are|using)\b)[\w'’-]+(?: (?!and\b|or\b|to\b|who\b)[\w'’-]+){0,2}"
    r"(?:,? and |, ?| & | ?/ ?))"
)
_WITH_LIST = re.compile(
    r"\b(?<!experience )(?:work|collaborat|partner|liais|interact|communicat|coordinat|interfac|align|engag|discuss|"
    r"agree|conjunction|meet)"
    r"\w*(?: [\w-]+){0,3}? (?:with|between|across|alongside) (?:the |our |other |both )?"
    rf"({_LISTED}*)$"
)
_GROUPS = Stems(words_of(_TEAMS_SUCH_AS))
"""One of them stands in all that _TEAMS_SUCH_AS matches."""
_BEFORE_LISTED = (
    "with ", "between ", "across ", "alongside ", "the ", "our ", "other ", "both ", "and ", ", ", ",", "& ", "/",
    "/ ",
)  # fmt: skip
"""One of them ends what _WITH_LIST matches."""
_DEPARTMENT = (
    r"(?:marketing|sales|engineering|legal|finance|operations|hr|human resources|customer success|customer support|"
    r"product|design|business development|business|support|procurement|compliance|it)"
)
_JOBS = (
    r"(?:[\w'’-]+ ){0,3}(?:engineers|analysts|developers|managers|scientists|designers|owners|researchers|leaders|"
    r"executives|architects|clinicians)"
)
_LISTS_DEPARTMENT = re.compile(rf"(?:^|, | and | & |/ ?)(?:{_DEPARTMENT}|{_JOBS})(?:,| and| &|/)")
_THEN_DEPARTMENT = re.compile(rf"(?:,? and |, ?| & | ?/ ?){_DEPARTMENT}\b(?! \w)")
_CLOSELY_WITH = re.compile(
    r"\b(?:work|collaborat|partner|liais)\w* (?:very )?(?:closely|directly|hand[ -]in[ -]hand) with (?:the |our )?$"
)
_THEN_PURPOSE = re.compile(r" to [a-z]|[,.;]? ?(?:\n|$)")
"""After a department alone: "work closely with data engineering to ..."."""
_END = itemgetter(2)
_REACH = 110
"""Characters before a match within which its list begins."""


def is_a_firm(text: str, start: int, end: int) -> bool:
    """Whether a product's name is its maker's: "engineers from Google, AWS", "customers like Stripe"."""
    low = max(0, start - _REACH)
    if text[start - 4 : start] == " at " and not _GOOD_AT.search(fold(text), max(0, start - 16), start):
        return True
    if firms_are_told(text[low:start]) and (
        _CAME_FROM.search(text, low, start) or _SERVES.search(text, low, start)
    ):
        return True
    return _AFTER_PEOPLE.match(text, end) is not None


def firms_are_told(before: str) -> bool:
    """Whether a list of firms may end here, and words of people who were there or of whom it serves stand before."""
    return may_list_firms(before) and _SOURCES.stand_in(before.lower())


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


def places_of_with(text: str) -> list[int]:
    """Returns where words stand after which the people one works beside are named, in order."""
    return _WITH.starts(text)


def is_after_with(start: int, withs: Sequence[int]) -> bool:
    """Whether one of these words stands near enough before a form that it may name such people."""
    last = bisect_left(withs, start) - 1
    return last >= 0 and withs[last] >= start - 2 * _REACH


def says_with(text: str, low: int, start: int) -> bool:
    """Whether the words from ``low`` up to a form can be of those one works with at all: told by plain words."""
    places = _WITH.places(text)
    last = bisect_right(places, start, key=_END) - 1
    return last >= 0 and places[last][1] >= low and _WORK.stand_in(fold(text)[low:start])


def is_of_team(folded: str, end: int) -> bool:
    """Whether words of a team follow here: told by the words of the line."""
    line_end = folded.find("\n", end)
    rest = folded[end : line_end if line_end >= 0 else len(folded)]
    return _TEAM_STEMS.stand_in(rest) and _THEIR_TEAM.match(folded, end) is not None


def is_their_department(text: str, start: int, end: int) -> bool:
    """Whether a field is that of people one works with: "work with product management and data science teams"."""
    # No expression here goes over the end of a line, and most forms stand in short lines of lists.
    line = text.rfind("\n", max(0, start - 2 * _REACH), start) + 1 or max(0, start - 2 * _REACH)
    if not says_with(text, line, start):
        return False
    low, folded = max(line, start - _REACH), fold(text)
    if is_of_team(folded, end) and _WORKS_WITH.search(folded, low, start):
        return True
    if _THEN_PURPOSE.match(text, end) and _CLOSELY_WITH.search(folded, low, start):
        return True
    beside = folded.endswith(_BEFORE_LISTED, low, start) and _WITH_LIST.search(folded, low, start)
    if beside and (_LISTS_DEPARTMENT.search(beside[1]) or _THEN_DEPARTMENT.match(folded, end)):
        return True
    listed = _TEAMS_SUCH_AS.search(folded, low, start) if _GROUPS.stand_in(folded[low:start]) else None
    return (
        listed is not None and _WORKS_WITH.search(folded, max(line, low - _REACH), listed.start()) is not None
    )
