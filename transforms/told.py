"""What an advert tells of the firm, its product and its people, and not of what the job asks for or works with.

A sentence's stance (see transforms.section) says whether it asks. Where it doesn't, evidence beside the words decides:
a list, "written in", a verb of duties at its beginning.
"""

import re
from collections.abc import Sequence

from transforms.duty import begins_as_duty, sentence_start
from transforms.mention_evidence import Match, is_general, is_list_gap, is_said
from transforms.product import is_connected_to, is_of_users
from transforms.text import fold

TOLD = frozenset(("told", "aside"))
UNASKED = TOLD | {"plain"}
"""Stances that don't count by themselves. Plain words do under a title, which says that a job is meant: of such on
boards two of three ask; on Hacker News, where an advert tells of its employer first, one of three."""
_FEW_WORDS = 40
_LIST_SIGNS = " ,/;|&+()[]"
_SERVED = re.compile(
    r"\b(?:for|like|such as|including|from|at|behind|than|author|ex|think|(?:client|customer|"
    r"compan)\w+|founders? of)[ -]$"
)
_TOOL_AFTER = re.compile(
    r"[ -](?:powered|driven|backed|centric|shop|environment|heavy|cloud|stacks?|infrastructure|runtime|"
    r"toolkit|api|sdk|platform|"
    r"focused|based|monolith|"
    r"cluster|project|team|ops)\b"
)
_TOOL_BEFORE = re.compile(
    r"\b(?:we (?:like|love|speak|chose|prefer)|wrote \w+ in|runs?|calls? the|(?:mov|switch|migrat|"
    r"transition|convert|port)\w*(?: \w+)? to|"
    r"adopt\w*|(?:deploy|host)\w* (?:to|in|on)|(?:manag|back|power)\w+ (?:by|with)|buil[dt]\w* (?:on|"
    r"in|with)|bet\w* on|"
    r"exploring|mostly|mainly|primarily|predominantly|everything (?:in|on)|with some|nothing better than|"
    r"love for|fans of) $"
)
_WORD_OF_NAME = re.compile(r"\w+")
_PLATFORMS = frozenset(("ios", "android", "windows", "mac os", "macos"))
"""What a product runs on: "our app for iOS and Android" says where, not with what one works."""
_ITS_USERS = re.compile(r"(?: or \w+| and \w+|/\w+)? (?:apps?|applications?|devices|phones?|users|threats)\b")
_RUNS_ON = re.compile(
    r"\b(?:apps?|available|live|both|launch\w*|products?|platforms?|users) (?:on|for|across|in)(?: both)?"
    r"(?: ios and| android and)? $"
)
_FIRM_DOES = re.compile(
    r"\s*(?:(?:At|The|Our) )?(?:[A-Z][\w&'’.]*(?<!er)(?<!or)(?<!st)(?<!te)(?<!on) ){1,3}"
    r"(?:\([^)\n]{1,20}\) )?(?:platform |technology |software )?"
    r"(?:uses|leverages|combines|brings|applies|employs|harnesses|automates|utili[sz]es|makes|offers|powers|"
    r"transforms|delivers|provides|develops|builds|creates|enables|helps|is (?:a|an|the)|was founded|"
    r"speciali[sz]es)\b"
)
"""What a firm does; words in -er, -or, -st, -te and -on are of persons and their jobs ("The Analyst uses ...")."""
_THING_WORDS = (
    "algorithms models observability virtualization virtualisation containerization containerisation spreadsheets etl "
    "elt iiot nft nfts dapps defi web3 contracts integration quality governance modeling modelling forecasting crm erp "
    "cms gis ehr saas paas iaas chatbot computing driving vehicles simulation visualization visualisation search "
    "streaming scraping editing recognition fpga fpgas cad pcb pcbs prototyping"
)
_THINGS = frozenset(_THING_WORDS.split())
"""Last words of what firms make and sell as well as work with; in a job's name they say what the job is about."""


def is_told(text: str, matches: Sequence[Match], number: int, stance: str) -> bool:
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
            or _ITS_USERS.match(fold(text), end) is not None
            or _RUNS_ON.search(fold(text), max(0, start - 40), start) is not None
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
            or _TOOL_AFTER.match(fold(text), end) is not None
            or _TOOL_BEFORE.search(fold(text), max(0, start - 40), start) is not None
        )
    if begins_as_duty(text, start, item=stance == "plain"):
        return False
    return not shown or is_of_users(text, sentence_start(text, start), start)


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
    return stance != "told" or _SERVED.search(fold(text), max(0, begin - 25), begin) is None


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


def _firm_does(text: str, start: int) -> bool:
    """Whether a name in capitals does something in this sentence: "Northwind leverages machine learning"."""
    return _FIRM_DOES.match(text, sentence_start(text, start), start) is not None
