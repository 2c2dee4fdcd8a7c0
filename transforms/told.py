"""What an advert tells of the firm, its product and its people, and not of what the job asks for or works with.

A sentence's stance (see transforms.section) says whether it asks. Where it doesn't, evidence beside the words decides:
a list, "written in", a verb of duties at its beginning.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from transforms.job_name import is_field
from transforms.lexicon import Entry
from transforms.mention_evidence import Match, is_list_gap, is_said
from transforms.product import (
    KINDS,
    OURS,
    OURS_WITHIN,
    is_connected_to,
    is_of_users,
    is_own_kind,
    is_with_ours,
)
from transforms.sign import Signs

TOLD = frozenset(("told", "aside"))
UNASKED = TOLD | {"plain"}
"""Stances that don't count by themselves. Plain words do under a title, which says that a job is meant: of such on
boards two of three ask; on Hacker News, where an advert tells of its employer first, one of three."""
_FEW_WORDS = 40
_KIND_WITHIN = 80
_LISTED_WITHIN = 35
SEEKS_WORK = re.compile(r"\bwilling to relocate ?:.*?\b(?:r[eé]sum[eé]|cv)\b", re.IGNORECASE | re.DOTALL)
"""The form in which people offer their own work among the adverts of Hacker News."""
_LIST_SIGNS = " ,/;|&+()[]"
_SERVED = re.compile(
    r"\b(?:for|like|such as|including|from|at|behind|than|author|ex|think|(?:client|customer|"
    r"compan)\w+|founders? of)[ -]$",
    re.IGNORECASE,
)
_TOOL_AFTER = re.compile(
    r"[ -](?:powered|driven|backed|centric|shop|environment|heavy|cloud|stacks?|infrastructure|runtime|"
    r"toolkit|api|sdk|platform|"
    r"focused|based|monolith|"
    r"cluster|project|team|ops)\b",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r" (?:compan(?:y|ies)|start-?ups?|firms?|providers?|vendors?|industry|leaders?|departments?|"
    r"consultanc(?:y|ies)|"
    r"agenc(?:y|ies)|marketplace|meetups?|conferences?|investors?)\b"
)
_TRADE_BEGINS = frozenset("csfpvildamMCA")
"""First letters of _TRADE and _GATHERING: they spare six of ten skills the expression."""
_GATHERING = re.compile(r" (?:[Mm]eet-?ups?|[Cc]onferences?|[Mm]arketplace|[Aa]lternatives?)\b")
_MADE_BY = re.compile(
    r"\b(?:(?:co-?)?(?:creators?|makers?|founders?|inventors?|authors?) of|(?:team|people|folks|company|minds) "
    r"(?:behind|that made|who made|that built|who built))"
    r"(?: the(?: [\w-]+){0,4} (?:projects?|tools?|librar(?:y|ies)|frameworks?)(?: -| –|:|,)?)?"
    r"(?: \w+,| [\w.]+ and)*(?: the)? $",
    re.IGNORECASE,
)
"""Before the name of what somebody made: "the creators of Terraform, Consul"."""
_WARDS = re.compile(
    r"\b(?:(?:specialit(?:y|ies)|specialt(?:y|ies)|wards|clinics)\b(?:,| such as| like| includ\w+)|departments of )"
    r"[^.!?\n]{0,110}$",
    re.IGNORECASE,
)
"""A list of what a hospital offers."""
_MAKERS = Signs(("creator", "maker", "founder", "inventor", "author", "behind", " made", " built"))
_OFFERED = Signs(("specialit", "specialt", "wards", "clinics", "departments of"))
"""What _MADE_BY and _WARDS match holds one of these."""
_REPORTS_TO = re.compile(
    r"\breport\w*\b[^.\n]{0,40}\b(?:[Dd]irector|VP|[Hh]ead|[Mm]anager|Chief|President) of $"
)
_WORKED_AT = re.compile(
    r"\b(?:jobs?|work\w*|engineers?|teams?|been|here|people|roles?|career|life|founded|built) at $"
)
_TOOL_BEFORE = re.compile(
    r"\b(?:we (?:like|love|speak|chose|prefer)|wrote \w+ in|runs?|calls? the|(?:mov|switch|migrat|"
    r"transition|convert|port)\w*(?: \w+)? to|"
    r"adopt\w*|(?:deploy|host)\w* (?:to|in|on)|(?:manag|back|power)\w+ (?:by|with)|buil[dt]\w* (?:on|"
    r"in|with)|bet\w* on|"
    r"exploring|mostly|mainly|primarily|predominantly|everything (?:in|on)|with some|nothing better than|"
    r"love for|fans of) $",
    re.IGNORECASE,
)
_STOPS = (". ", ": ", "; ")
_WORD_OF_NAME = re.compile(r"\w+")
_FIRST_WORD = re.compile(r"\s*([-–—*•●▪·+>◾]*)\s*([A-Za-z]+)")
_COLLEAGUES = re.compile(
    r"\b(?:with|alongside|(?:products?|tools?|platforms?) (?:built )?for|team of|teams of|our|of|"
    r"between|among|and other|supervis\w+|manag(?:e|ing)|support(?:s|ing)?|"
    r"compris\w+|consist\w*|by)\b[^.!?\n|:]{0,60}$",
    re.IGNORECASE,
)
_PLATFORMS = frozenset(("ios", "android", "windows", "mac os", "macos"))
"""What a product runs on: "our app for iOS and Android" says where, not with what one works."""
_ITS_USERS = re.compile(
    r"(?: or \w+| and \w+|/\w+)? (?:apps?|applications?|devices|phones?|users|threats)\b", re.IGNORECASE
)
_RUNS_ON = re.compile(
    r"\b(?:apps?|available|live|both|launch\w*|products?|platforms?|users) (?:on|for|across|in)(?: both)?"
    r"(?: iOS and| Android and)? $",
    re.IGNORECASE,
)
_FIRM_DOES = re.compile(
    r"\s*(?:(?:At|The|Our) )?(?:[A-Z][\w&'’.]*(?<!er)(?<!or)(?<!st)(?<!te)(?<!on) ){1,3}"
    r"(?:\([^)\n]{1,20}\) )?(?:platform |technology |software )?"
    r"(?:uses|leverages|combines|brings|applies|employs|harnesses|automates|utili[sz]es|makes|offers|powers|"
    r"transforms|delivers|provides|develops|builds|creates|enables|helps|is (?:a|an|the)|was founded|"
    r"speciali[sz]es)\b"
)
"""What a firm does; words in -er, -or, -st, -te and -on are of persons and their jobs ("The Analyst uses ...")."""
_DUTIES = (
    "design develop build create implement maintain perform conduct lead manage analyze analyse "
    "provide support work "
    "write define drive deliver apply use utilize utilise leverage research prepare produce "
    "collaborate partner plan "
    "execute optimize optimise improve automate test deploy monitor own assist ensure identify "
    "evaluate review "
    "train teach mentor coach guide participate contribute coordinate document present report "
    "translate transform "
    "proceed become enable transition liaise define document integrate architect engineer extract "
    "mine explore investigate assess establish set run operate administer "
    "configure install troubleshoot debug extend scale refactor port migrate model code program "
    "prototype draw handle "
    "process track oversee direct advise consult facilitate organize organise communicate interpret "
    "validate verify "
    "formulate generate advance employ follow learn master demonstrate understand know serve act "
    "make take keep "
    "responsible experience experienced proficient skilled able strong solid good excellent deep "
    "advanced basic working "
    "hands knowledge familiarity understanding ability expertise background must"
)
_DUTY_VERBS = frozenset(_DUTIES.split())
_NO_DUTY = frozenset(("using", "leveraging"))


_HEADS_SEEKER = re.compile(r"\W*(?:\w+ \| )?SEEKING (?:FREELANCE |REMOTE |FULL-?TIME )?(?:WORK|JOB)\b")


def seeks(text: str) -> bool:
    """Whether somebody offers their own work here, among the adverts."""
    if "SEEKING " in text[:120] and _HEADS_SEEKER.match(text):
        return True
    return "elocate" in text[:1000] and SEEKS_WORK.search(text[:1000]) is not None


def is_general(entry: Entry, form: str) -> bool:
    """A field, a method, a thing: whatever is no product's name, which even an aside says is in use."""
    # "python" is a name however it is written; of several words without a capital few are.
    return (
        not entry.is_name
        or is_field(entry.surface)
        or (form.islower() and (entry.has_space or entry.evidence != "none"))
    )


_THING_WORDS = (
    "algorithms models observability virtualization virtualisation containerization containerisation spreadsheets etl "
    "elt iiot nft nfts dapps defi web3 contracts integration quality governance modeling modelling forecasting crm erp "
    "cms gis ehr saas paas iaas chatbot computing driving vehicles simulation visualization visualisation search "
    "streaming scraping editing recognition fpga fpgas cad pcb pcbs prototyping"
)
_THINGS = frozenset(_THING_WORDS.split())
"""Last words of what firms make and sell as well as work with; in a job's name they say what the job is about."""


class FirmSigns(NamedTuple):
    """Where words stand that the slower looks at what stands before a match need, in order."""

    made_by: list[int]
    wards: list[int]
    kinds: list[int]
    ours: list[int]


def _is_near(places: list[int], start: int, reach: int) -> bool:
    """Whether one of the places stands at most ``reach`` characters before."""
    before = bisect_left(places, start) - 1
    return before >= 0 and places[before] >= start - reach


def signs_of_firm(text: str) -> FirmSigns:
    """Returns what the text holds: asked once a text, since each look costs as much for every match."""
    return FirmSigns(
        *([start for _, start, _ in signs.places(text)] for signs in (_MAKERS, _OFFERED, KINDS, OURS))
    )


def is_of_firm(text: str, start: int, end: int, entry: Entry, signs: FirmSigns) -> bool:
    """Whether the words beside it make it a firm or its trade: "a blockchain startup", "worked at Stripe"."""
    if text[start - 4 : start] == " at " and _WORKED_AT.search(text, max(0, start - 16), start):
        return True
    if text[start - 4 : start] == " of " and _REPORTS_TO.search(text, max(0, start - 60), start):
        return True
    made_by = signs.made_by and text[start - 1 : start] == " " and _is_near(signs.made_by, start, 80)
    if made_by and _MADE_BY.search(text, max(0, start - 80), start):
        return True
    wards = signs.wards and not entry.is_name and _is_near(signs.wards, start, 150)
    if wards and _WARDS.search(text, max(0, start - 150), start):
        return True
    if text[end : end + 1] != " " or text[end + 1 : end + 2] not in _TRADE_BEGINS:
        return False
    trade = _TRADE if is_general(entry, text[start:end]) or text[start:end].isupper() else _GATHERING
    return trade.match(text, end) is not None


def is_own(text: str, start: int, end: int, signs: FirmSigns) -> bool:
    """Whether it stands in what the firm says its product is: "Northwind is a collaborative SQL editor"."""
    if signs.ours and _is_near(signs.ours, start, OURS_WITHIN) and is_with_ours(text, start):
        return True
    after = bisect_left(signs.kinds, end)
    return (
        after < len(signs.kinds) and signs.kinds[after] < end + _KIND_WITHIN and is_own_kind(text, start, end)
    )


def is_told(text: str, matches: Sequence[Match], number: int, stance: str, *, is_titled: bool = True) -> bool:
    """Whether a sentence that asks for nothing names this without showing that the job works with it.

    A product's name counts in passing, and in talk of the company beside others or after words such as
    "written in". A field or method must stand beside a product's name where a company is told of, and
    anywhere else beside any skill, unless a firm is what the sentence speaks of ("Northwind uses ..."), or in a
    sentence that begins as duties do ("Design data pipelines for ...").
    """
    start, end, entry = matches[number]
    if stance == "told" and entry.surface in _PLATFORMS:
        of_product = (
            text[start - 1 : start] == "("
            or _ITS_USERS.match(text, end) is not None
            or _RUNS_ON.search(text, max(0, start - 40), start) is not None
        )
        shown = is_said(text, start, end) and not of_product
    elif is_general(entry, text[start:end]) or (
        stance == "told" and entry.surface.rpartition(" ")[2] in _THINGS
    ):
        # A list of a taxonomy's fields tells a hospital's wards as often as what a post asks for.
        shown = entry.is_name and _beside(
            text, matches, number, names_only=stance != "plain" or _firm_does(text, start)
        )
    else:
        shown = (
            _listed_in_use(text, matches, number, stance)
            or is_said(text, start, end)
            or _TOOL_AFTER.match(text, end) is not None
            or _TOOL_BEFORE.search(text, max(0, start - 40), start) is not None
        )
    if begins_as_duty(text, start, item=stance == "plain"):
        return False
    return not shown or is_of_users(text, _sentence_start(text, start), start)


def _beside(text: str, matches: Sequence[Match], number: int, *, names_only: bool) -> bool:
    """Whether a list joins the match to another skill, or only to a product's name."""
    start, end, _ = matches[number]
    for step in (-1, 1):
        other = number + step
        if 0 <= other < len(matches) and _abbreviate(text, matches[number], matches[other]):
            start, end = min(start, matches[other][0]), max(end, matches[other][1])
            other += step
        if not 0 <= other < len(matches) or matches[other][2].skill_id is None:
            continue
        low, high, entry = matches[other]
        if entry.evidence == "never":
            continue
        if names_only and is_general(entry, text[low:high]):
            continue
        if is_list_gap(text[high:start] if step < 0 else text[end:low].lstrip(")")):
            return True
    return False


def _abbreviate(text: str, one: Match, other: Match) -> bool:
    """Whether one is short for the other, beside it in brackets: "Internet of Things (IoT)" is no list."""
    if one[2].skill_id != other[2].skill_id:
        return False
    first, second = (one, other) if one[0] < other[0] else (other, one)
    if text[first[1] : second[0]] != " (":
        return False
    words = (text[first[0] : first[1]], text[second[0] : second[1]])
    short, long = sorted(words, key=len)
    initials = "".join(word[0] for word in _WORD_OF_NAME.findall(long)).lower()
    return len(initials) > 1 and short.lower().rstrip("s").endswith(initials)


def _listed_in_use(text: str, matches: Sequence[Match], number: int, stance: str) -> bool:
    """Whether other names stand near, and not as what the product goes with ("integrates with Jira and Slack").

    In talk of the company neither as what it serves ("for MySQL") nor whom ("clients like Stripe").
    """
    if not _near_name(text, matches, number):
        return False
    first = number
    while first and text[matches[first - 1][1] : matches[first][0]].strip(_LIST_SIGNS) in ("", "and", "or"):
        first -= 1
    begin = matches[first][0]
    if is_connected_to(text, begin):
        return False
    return stance != "told" or _SERVED.search(text, max(0, begin - 25), begin) is None


def _near_name(text: str, matches: Sequence[Match], number: int) -> bool:
    """Whether a list joins the match to another skill, or a product's name stands a few words away."""
    if _beside(text, matches, number, names_only=False):
        return True
    start, end, _ = matches[number]
    for step in (-1, 1):
        other = number + step
        while 0 <= other < len(matches):
            low, high, entry = matches[other]
            gap = text[high:start] if step < 0 else text[end:low]
            if len(gap) > _FEW_WORDS or "\n" in gap or ". " in gap:
                break
            if (
                entry.skill_id
                and entry.skill_id != matches[number][2].skill_id
                and not is_general(entry, text[low:high])
            ):
                return True
            other += step
    return False


def _sentence_start(text: str, start: int) -> int:
    """Where the sentence or line begins in which this stands."""
    lowest = max(0, start - 400)
    begin = text.rfind("\n", lowest, start) + 1
    for stop in _STOPS:
        at = text.rfind(stop, lowest, start)
        while at > begin and text[at - 3 : at] in ("e.g", "i.e"):
            at = text.rfind(stop, lowest, at)
        begin = max(begin, at + 1)
    return begin


def _firm_does(text: str, start: int) -> bool:
    """Whether a name in capitals does something in this sentence: "Northwind leverages machine learning"."""
    return _FIRM_DOES.match(text, _sentence_start(text, start), start) is not None


def begins_as_duty(text: str, start: int, *, item: bool) -> bool:
    """Whether the sentence or line begins with a verb of duties ("Design", "Designs", "Designing").

    With ``item`` an item of a list will do, whatever it begins with.
    """
    begin = _sentence_start(text, start)
    first = _FIRST_WORD.match(text, begin)
    if first is None:
        return False
    word = first[2].lower()
    return (item and bool(first[1])) or (word not in _NO_DUTY and not _DUTY_VERBS.isdisjoint(_stems(word)))


def _stems(word: str) -> tuple[str, ...]:
    """What a verb may be without its ending: "designs", "designing", "writing", "planning"."""
    if word.endswith("ing"):
        return word[:-3], word[:-3] + "e", word[:-4]
    return (word, word[:-1], word[:-2]) if word.endswith("s") else (word,)


_HIRED_BEFORE = re.compile(
    r"\b(?:seeking|looking (?:for|at|to (?:hire|bring|add))|hir(?:e|ing)|recruit\w*|openings? for|bring on|in need of|"
    r"role as|join\w* (?:us )?as)\b[^.!?\n:|]{0,60}$",
    re.IGNORECASE,
)
_HIRED_AFTER = re.compile(
    r" (?:\w+ ){1,3}?(?:will|opportunity|position|role|opening|to join|is responsible)\b", re.IGNORECASE
)


def of_colleagues(text: str, start: int, end: int, stance: str) -> bool:
    """Whether a job's name is that of people one works with: "alongside data scientists and ML engineers"."""
    if begins_line(text, start) or _HIRED_BEFORE.search(text, max(0, start - 80), start):
        return False
    if _HIRED_AFTER.match(text, end):
        return False
    return stance in TOLD or _COLLEAGUES.search(text, max(0, start - 80), start) is not None


def begins_line(text: str, start: int) -> bool:
    """Whether at most a few words stand before it in its line, as in a list of openings."""
    return "\n" in text[max(0, start - _LISTED_WITHIN) : start] or start < _LISTED_WITHIN
