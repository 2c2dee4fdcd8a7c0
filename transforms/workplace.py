"""Where the work is done and under what kind of employment.

`remote`: the job may be done wholly from elsewhere, also where an office stands open ("onsite or remote").
`hybrid`: some of the time in a given place. `onsite`: there alone. Kinds of employment named side by side
("full-time or contract") leave it unknown, as levels side by side do.
"""

import re
from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.sign import Place, Signs
from transforms.text import fold

_NOT_REMOTE = re.compile(
    r"\b(?:no|not|non|never|isn't|without)[ -](?:fully |full |currently |yet |available )?remote\b|"
    r"\bremote\W{0,3}(?:no\b|not (?:possible|available|ok|an option)|isn't|after|post|temporarily|until|during|for now|"
    r"due to|while|through covid|in covid)|\b(?:temporarily|currently|initially) remote\b|"
    r"\bon-?site (?:only|required)\b|\bno (?:wfh|telecommut\w+)\b",
)
_HYBRID = re.compile(
    r"\bhybrid\b(?! (?:cloud|app|mobile|and native|intelligence))|\b(?:partial(?:ly)?|part(?:ly)?|some|semi|"
    r"occasional(?:ly)?|flexible)[ -](?:time )?(?:remote|wfh)\b|\bremote[ -](?:part of|some|\d|one|two|three|partial)|"
    r"\b\d[ -]days? (?:remote|wfh|on-?site|in (?:the )?office)\b",
)
_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|wfh|work(?:ing)? from home|telecommut\w+|distributed team|work from anywhere)\b"
    r"(?!\.\w|[ -](?:sens|control|monitor|desktop|patient|access|care|work tool|support|team (?:tool|platform)))",
)
_REMOTE_SIGNS = ("remote", "wfh", "work", "telecommut", "distributed team")
_ONSITE_SIGNS = ("site", "office", "person", "on location")
"""What _REMOTE and _ONSITE match holds one."""
_ONSITE = re.compile(r"\b(?:on-?site|in[ -]office|in[ -]person|on location)\b")

_SAID = {
    "remote": (
        "fully remote, 100% remote, remote position, remote role, remote job, remote-first, remote first, remote only, "
        "remote-only, is a remote, are remote, completely remote, all-remote, work from anywhere, work remotely, "
        "working remotely, remote ok, remote is ok, remote friendly, remote-friendly, open to remote, "
        "remote candidates, remote possible, remote work is possible, remote welcome, entirely remote, "
        "home-based role, home-based position, home-based job, home based role, home based position, "
        "fully distributed, everybody works from home, everyone works from home, all work from home, "
        "telecommuting job, telecommuting position, telecommuting role, telecommute position, telecommute job, "
        "telecommute ok, telecommuting ok, is a telecommut, 100% telecommut, full-time telework, is a telework"
    ),
    "hybrid": (
        "hybrid work, hybrid role, hybrid position, hybrid schedule, hybrid model, hybrid remote, "
        "day of remote work, days of remote work, remote hybrid, "
        "partially remote, days from home, days remote, hybrid (1, hybrid (2, hybrid (3, hybrid (4, hybrid (one, "
        "hybrid (two, hybrid (three, hybrid (four"
    ),
    "onsite": (
        "no remote, not remote, on-site only, onsite only, on-site position, onsite position, on-site role, "
        "onsite role, is on-site, is onsite, requires on-site, requires onsite, on-site presence, "
        "onsite presence, not a remote, remote not, not offer remote, must work on-site, not eligible for remote, "
        "not eligible to work remotely"
    ),
    "full_time": (
        "full-time position, full time position, full-time role, full time role, full-time job, is a full-time, "
        "is a full time, full-time employee, full-time permanent, permanent full-time, employment type: full-time, "
        "employment type: full time, job type: full-time, job type: full time"
    ),
    "part_time": (
        "part-time position, part time position, part-time role, part time role, is a part-time, is a part time, "
        "employment type: part-time, job type: part-time"
    ),
    "contract": (
        "contract position, contract role, is a contract, contract to hire, contract-to-hire, month contract, "
        "independent contractor, freelance position, freelance role, job type: contract, employment type: contract, "
        "job type: freelance, b2b contract"
    ),
    "temporary": (
        "temporary position, temporary role, fixed-term, fixed term contract, is a temporary, maternity cover, "
        "maternity leave cover, parental leave cover, seasonal position, seasonal role, month ftc, "
        "months ftc, month fixed term, months fixed term, fixed term until, fixed term for, fixed term to, "
        "per diem position, per diem role, is a per diem, "
        "job type: per diem, job type: temporary"
    ),
    "internship": "internship position, this internship, summer internship, is an internship, paid internship",
}
_MAY_SAY = {
    "a place": (
        "remote, hybrid, on-site, onsite, on site, in person, in-person, office-based, office based, the office, "
        "in the office, home, wfh"
    ),
    "days": (
        "days a week, days per week, days each week, days every week, days/week, days in the office, days in office, "
        "days in our, days at our, days from our"
    ),
    "a kind": (
        "full-time, full time, part-time, part time, permanent, freelance, contract, internship, temporary, "
        "fixed-term, fixed term, temp-to-, temp to , seasonal"
    ),
}
"""Words without which none of the slower expressions below can match."""
_PLACE_WORDS = frozenset(
    (
        "remote",
        "hybrid",
        "on-site",
        "onsite",
        "on site",
        "in person",
        "in-person",
        "office-based",
        "office based",
        "in the office",
        "home",
        "wfh",
    )
)
"""Words of _MAY_SAY with which the expressions on a place begin: they are tried there and nowhere else."""
_PHRASES = [
    (phrase, kind, phrase in _PLACE_WORDS)
    for kind, phrases in (_SAID | _MAY_SAY).items()
    for phrase in phrases.split(", ")
]
_KIND_OF = [kind for _, kind, _ in _PHRASES]
_IN_TEXT = Signs(phrase for phrase, *_ in _PHRASES)
WORKPLACES_SAID = ("hybrid", "onsite", "remote")
"""In the order in which they win where a text says several: what limits the choice is said on purpose."""
_OPENING_SIGN = r"[\n.!?:;(•*–—-]"
_ADVERB = r"\s*(?:(?:fully|100%|entirely|completely|partly|all)[ -])?"
_OPENING = rf"(?:^|{_OPENING_SIGN}){_ADVERB}"
_CLOSING = (
    r"(?!\.\w)(?=\s*(?:$|[,.;:!)(\n/–—-])| (?:in|at|from|within|only|or|and|with|anywhere|worldwide)\b)"
)
_PLACE_LINE = re.compile(
    rf"(?:(?P<remote>remote(?: (?:work(?:ing(?!:))?|job|position|role))?(?: (?:is )?(?:available|offered|an option))?|"
    rf"home[- ]based(?: (?:job|position|role))?(?! (?:and|or)\b)|"
    rf"home[- ]working(?!:)(?: (?:is )?(?:available|offered))?)|"
    rf"(?P<hybrid>hybrid)|"
    rf"(?P<onsite>on[ -]?site|in[ -]person|office[ -]based))"
    rf"(?:{_CLOSING}|(?<=hybrid)(?= [1-4]\b))(?! (?:procedure|sens))"
)
"""A sentence, line or bracket that begins with the word: it says where this job is, not what else is remote.
Tried at the words alone: an opening stands at every fifth word of a text."""
_OPENED = re.compile(rf"{_OPENING}$")
_LONGEST_OPENING = 24
_SAID_OF_JOB = re.compile(
    r"\b(?:role|position|job|post|vacancy|opportunity)s? (?:is|will be|are)(?: (?:currently|primarily|strictly))?"
    rf"{_ADVERB}$"
)
"""Before a word for a place: "The role is remote."."""
_TERM = (
    r"(?:(?:full|part)[- ]?time|permanent|contract|freelance|temporary|internship|"
    r"(?:per |/ ?|\ban? )(?:day|hour|year|annum)|\d months?(?: contract)?)"
)
_AFTER_TERM = re.compile(rf"{_TERM} ?[,|/·] ?$")
_BEFORE_TERM = re.compile(rf"[\w -]+[,|/·] ?{_TERM}\b")
_OR_REMOTE = re.compile(r"(?: or | ?/ ?)remote\b")
_LISTED = re.compile(r"[,|/·] ?$")
"""Beside the term of a contract in a list: "Full-time, remote.", "a designer, remote, full-time"."""
_OFFERED = re.compile(rf"\bwe offer{_ADVERB}$")
_WORK_OFFERED = re.compile(rf"(?:remote|home)[- ]working{_CLOSING}")
_FROM_HOME = re.compile(rf"{_OPENING}(?:you (?:can|may|will) )?work(?:ing)? from $")
_WORD_ENDS = re.compile(r"(?:home|wfh)(?! ?[(:/–—-])(?=\s*(?:$|[.;!)\n]))")
_NUMBERS = r"(?:one|two|three|four|five|[1-5])"
_DAYS_AT_HOME = re.compile(
    r"wfh\W{0,3}(?:for )?(?:up to )?(?:one|two|three|four|[1-4])(?:\s?(?:-|–|to|or)\s?\w+)? days?\b"
)
_THEN_OFFICE = re.compile(
    r"days(?:/week| (?:a|per|each|every) week)?,? (?:working )?(?:(?:in|at) (?P<bare>(?:the )?office\b)|"
    r"(?:in|at|from) (?:our|the) (?:[\w'’-]+ ){0,3}office\b)"
)
_OFFICE_BEFORE = re.compile(
    r"\b(?:in|at|from) (?:our|the) (?:[\w'’-]+ ){0,3}offices? (?:for )?(?:at least |a minimum of |up to )?"
    rf"(?P<days>{_NUMBERS})(?:\s?(?:-|–|to|or)\s?(?P<most>{_NUMBERS}))? $"
)
_DAYS_BEFORE = re.compile(rf"\b(?P<days>{_NUMBERS})(?:\s?(?:-|–|to|or)\s?(?P<most>{_NUMBERS}))?[ -]$")
_PART_TIME = re.compile(r"\bpart[- ]time\b")
_DAYS_REACH = 70
"""Characters before "days a week" in which the office is named."""
_BOTH_PLACES = re.compile(
    r"\bdays?\b[^.\n]{0,25}\b(?:at|from) home\b[^.\n]{0,40}\b(?:office|days?)\b|"
    r"\boffice\b[^.\n]{0,40}\bdays?\b[^.\n]{0,25}\b(?:at|from) home\b|"
    r"\b(?:two|three|four|\d) days? [^.\n]{0,25}\b(?:at|from) home\b|"
    r"\bwork(?:ing)? from home (?:up to )?(?:one|two|three|four|\d) days?\b"
)
_OFFICE_DAILY = re.compile(
    r"\bin the office (?:every|five|5|full|each)\b|\bon[ -]?site (?:in|at|every|daily) |(?<=, )in the office\b|"
    r"\bremote(?: work)? (?:is|work is)? ?(?:not|n't) (?:possible|available|an option|offered|allowed)|"
    r"\bremote work is not\b|\bremote is not\b"
)
_LABEL = r":\s?(?!\d|[£$€]|contract|freelanc|long|short|inside|outside|w2|c2c)\w"
"""After "contract" in a form: what stands after it is the kind."""
_KINDS_NAMED = re.compile(
    rf"(?:(?:full|part)[ -]time|permanent|freelance\w*|contract(?:or)?(?!{_LABEL})|internship|"
    r"temporary|fixed[ -]term|temp[ -]to[ -](?:hire|perm(?:anent)?)|seasonal|(?:,? (?:or|and) |, | / |/))+"
    rf"(?:(?! or\b){_CLOSING}|(?=\s*\|)|(?= (?:(?:nights|days|evenings|weekends|mornings|afternoons|"
    r"(?:night |day )?shifts?|(?:hours|hrs)(?!\s\w))\b|\d+(?:\.\d+)?\s?(?:h|hrs?|hours)\b)))"
)
"""Kinds of employment side by side."""
_KIND_OPENED = re.compile(rf"(?:^|[\n.!?:;(•*|–—-]){_ADVERB}(?:(?:long|short)[ -]term )?$")
_KIND = re.compile(
    r"\b(?:(?P<full_time>full[ -]?time|ft)|(?P<part_time>part[ -]?time)|(?P<permanent>permanent)|"
    r"(?P<temporary>temporary|temp[ -]to[ -](?:hire|perm)|fixed[ -]term|seasonal|months? ftc)|"
    r"(?P<internship>interns?|internships?|co-?op|working student)|"
    r"(?P<contract>(?<!smart )contract(?:ors?|ing)?(?! ?(?:type)?:\s?(?:perm|full|part|fixed|temp))|"
    r"freelanc\w+|c2c|corp[ -]to[ -]corp))\b"
)


_KINDS = frozenset(_KIND.groupindex)


_REMOTE_COUNTS = [f"remote{gap}{number}" for gap in " -" for number in (*range(10), "one", "two", "three")]
_HYBRID_WORDS = "hybrid part some semi occasional flexible day"
_NOT_REMOTE_WORDS = (
    "no,isn't,never,without,after,post,temporarily,until,during,due to,while,covid,currently,initially,site only,"
    "site required,for now"
)
_KIND_WORDS = (
    "full,perm,ft,part,temp,month,fixed,season,intern,co-op,coop,working student,contract,freelanc,c2c,corp"
)
_HYBRID_SIGNS = AhoCorasick([*_HYBRID_WORDS.split(), *_REMOTE_COUNTS], implementation=Implementation.DFA)
_NOT_REMOTE_SIGNS = AhoCorasick(_NOT_REMOTE_WORDS.split(","), implementation=Implementation.DFA)
_KIND_SIGNS = AhoCorasick(_KIND_WORDS.split(","), implementation=Implementation.DFA)
"""Of what _HYBRID and _NOT_REMOTE match, one stands in each match; what _KIND matches begins with one."""


def work_of(text: str, titles: Sequence[str], header_end: int) -> tuple[str, str]:
    """Returns workplace and kind of employment (vocabulary.WORKPLACES, vocabulary.EMPLOYMENT_TYPES).

    The header and titles decide; where they say nothing, phrases of the text that speak of the job do.
    """
    head = (text[:header_end] or "\n".join(titles)).lower()
    workplace = _workplace(head)
    signs = _KIND_SIGNS.find_matches_as_indexes(head)
    kinds = {kind.lastgroup or "" for _, start, _ in signs if (kind := _KIND.match(head, start))}
    if workplace == "unknown" or not kinds:
        body = fold(text)
        hits = _IN_TEXT.places(text)
        if workplace == "unknown":
            workplace = _said_workplace(body, hits)
        kinds = kinds or _said_kinds(body, hits)
    return workplace, _one_kind(kinds)


def _one_kind(kinds: set[str]) -> str:
    """The only kind; "permanent" says nothing on hours where hours are named, and is full time where none are."""
    if "permanent" in kinds:
        kinds = (
            (kinds - {"permanent"})
            if kinds & {"full_time", "part_time"}
            else kinds - {"permanent"} | {"full_time"}
        )
    return next(iter(kinds)) if len(kinds) == 1 else "unknown"


def _said_workplace(body: str, hits: Sequence[Place]) -> str:
    """``hits`` are the places of _PHRASES in the text."""
    found = {_KIND_OF[number] for number, _, _ in hits}
    if found.isdisjoint(("a place", "days", *WORKPLACES_SAID)):
        return "unknown"
    if ("at home" in body or "from home" in body) and "day" in body and _BOTH_PLACES.search(body):
        return "hybrid"
    for number, start, _ in hits:
        if _PHRASES[number][2]:
            found.add(_place_at(body, start))
        elif _KIND_OF[number] == "days":
            found.add(_office_days(body, start))
    return next((place for place in WORKPLACES_SAID if place in found), "unknown")


def _place_at(body: str, start: int) -> str:
    """The workplace that one of _PLACE_WORDS says of the job, empty if none."""
    before = body[max(0, start - _DAYS_REACH) : start]
    if body.startswith(("home", "wfh"), start):
        if _DAYS_AT_HOME.match(body, start):
            return "hybrid"
        opened = _OPENED if body[start] == "w" else _FROM_HOME
        if _WORD_ENDS.match(body, start) and opened.search(before[-_LONGEST_OPENING:]):
            return "remote"
    if _OFFICE_DAILY.match(body, start):
        return "onsite"
    line = _PLACE_LINE.match(body, start)
    if line and (_OPENED.search(before[-_LONGEST_OPENING:]) or _SAID_OF_JOB.search(before)):
        return "hybrid" if before.endswith("partly ") else line.lastgroup or ""
    if line and _LISTED.search(before) and (_AFTER_TERM.search(before) or _BEFORE_TERM.match(body, start)):
        return "remote" if _OR_REMOTE.match(body, line.end()) else line.lastgroup or ""
    if _WORK_OFFERED.match(body, start) and _OFFERED.search(before):
        return "remote"
    return ""


def _office_days(body: str, start: int) -> str:
    """What days of the week in an office make of the workplace; a part-timer may have no other days."""
    before = body[max(0, start - _DAYS_REACH) : start]
    before = before[before.rfind("\n") + 1 :]
    then = _THEN_OFFICE.match(body, start)
    said = _OFFICE_BEFORE.search(before) or (_DAYS_BEFORE.search(before) if then else None)
    if _PART_TIME.search(before) or not (said or (then and then["bare"])):
        return ""
    return "onsite" if said and said["days"] in ("five", "5") else "hybrid"


def _said_kinds(body: str, hits: Sequence[Place]) -> set[str]:
    """Kinds that phrases say, else those of the first line or sentence that begins with some."""
    kinds = {_KIND_OF[number] for number, _, _ in hits} & _KINDS
    if kinds - {"permanent"}:
        return kinds
    for number, start, _ in hits:
        if _KIND_OF[number] == "a kind" and _KIND_OPENED.search(
            body, max(0, start - _LONGEST_OPENING), start
        ):
            line = _KINDS_NAMED.match(body, start)
            kinds |= {match.lastgroup or "" for match in _KIND.finditer(line[0])} if line else set()
            if kinds - {"permanent"}:
                break
    return kinds if kinds != {"permanent"} or not _PART_TIME.search(body) else set()


def _workplace(head: str) -> str:
    """Of a header in lower case."""
    is_remote = "remote" in head or "wfh" in head
    if (is_remote or "hybrid" in head or "days" in head) and (
        _HYBRID_SIGNS.find_matches_as_indexes(head) and _HYBRID.search(head)
    ):
        return "hybrid"
    if (is_remote or "site" in head) and (
        _NOT_REMOTE_SIGNS.find_matches_as_indexes(head) and _NOT_REMOTE.search(head)
    ):
        return "onsite"
    if (is_remote or any(map(head.__contains__, _REMOTE_SIGNS))) and _REMOTE.search(head):
        return "remote"
    return "onsite" if any(map(head.__contains__, _ONSITE_SIGNS)) and _ONSITE.search(head) else "unknown"
