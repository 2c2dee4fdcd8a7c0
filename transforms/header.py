"""The first line of a Hacker News advert: employer and titles."""

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.role import HEAD
from transforms.sign import Signs, Stems


class Header(NamedTuple):
    """Employer (None when unsure), segments that may name roles, and where the header ends in the text.

    ``employer_start`` and ``employer_end`` are offsets of the employer's name, both 0 if None.
    """

    employer: str | None
    titles: tuple[str, ...]
    end: int
    employer_start: int = 0
    employer_end: int = 0


NO_HEADER = Header(None, (), 0)
_SEEKING_WORK = re.compile(
    r"\W*(?:seeking|looking for) (?:work|a job|freelance work|new opportunities)\b", re.IGNORECASE
)
_LONGEST_LINE = 600
_LONGEST_EMPLOYER = 60
_LINES_OF_LIST = 6
"""Lines looked at for a word that is no name: an employer's name is soon followed by a sentence."""
_PIPE_SIGN = re.compile("[|¦│｜]")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*—\s*")
_HIRING = re.compile(
    r"^(?P<name>[^|.,:;!?\n]{2,60}?)\s*(?:,\s*inc\.?)?\s*(?:\([^()]*\)\s*)?(?:,?\s*(?:is|are|we're|"
    r"we are|now)\s+)*"
    r"(?:hiring|looking\s+(?:for|to)|seeking|recruiting|searching\s+for|"
    r"in search of)\b\s*:?\s*(?:for\s+)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"\b(?:{HEAD}|full[\s-]?stack|front[\s-]?end|back[\s-]?end|devops|qa|ios|android|product management|"
    rf"positions?|roles?|"
    r"openings?|internships?|founder|co-?founder|sysadmins?|data science|machine learning|devrel|"
    r"advocates?|support)\b",
    re.IGNORECASE,
)
_PLAIN_ROLE = re.compile(
    rf"\b(?:{HEAD}|full[\s-]?stack|front[\s-]?end|back[\s-]?end|devops)\b", re.IGNORECASE
)
_SENIORITY = re.compile(
    r"^\W*(?:senior|sr|junior|jr|staff|principal|lead|mid|entry|experienced|multiple)\b", re.IGNORECASE
)
_TERMS = re.compile(
    r"\b(?:remote|on-?site|hybrid|wfh|full[\s-]?time|part[\s-]?time|contract(?:ors?)?|freelance|"
    r"permanent|visa|relocation|"
    r"interns?|anywhere|worldwide|h1b|ft|equity|salary|no remote)\b|[$€£]\s?\d|\d+\s?k\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?://\S*|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|io|co|ai|net|org|dev|app|tech)(?:/\S*)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:[A-Z][\w.'’]+(?:[ -][A-Z][\w.'’]+){0,3},\s*(?!Inc|LLC|Ltd|GmbH|Corp)(?:[A-Z]{2,3}|"
    r"[A-Z][a-z]+(?: [A-Z][a-z]+)?)\b.*"
    r"|(?:new york(?: city)?|nyc|sf|san francisco|bay area|london|berlin|paris|amsterdam|boston|seattle|"
    r"chicago|austin|"
    r"los angeles|la|toronto|vancouver|tokyo|singapore|munich|barcelona|sydney|melbourne|usa?|uk|eu|"
    r"europe|germany|canada|"
    r"australia|india|silicon valley|palo alto|mountain view|united states|global)(?:[\s,/&(].*)?)$",
)
_PLACE_ANY_CASE = re.compile(_PLACE.pattern, re.IGNORECASE)
_ORGANISATION = re.compile(
    r" (?:Guild|Academy|School|Institute|Association|Society|Collective|Network|Labs|Inc\.?|LLC|Ltd\.?|GmbH|Group)$"
)
"""Tails of an organisation's name, though a job stands in it ("Data Engineer Guild")."""
_LONE_NAME = re.compile(r"[A-Z0-9][\w.&'’-]*(?: [A-Z0-9&][\w.&'’-]*){0,3}")
STEM_WORDS = (
    "engineer develop dev program scientist design manage architect analyst admin special consult direct "
    "test sre lead research officer intern technic recruit write head vp cto assist coordinat associate swe "
    "sdet coder hack full front back"
)
STEMS = Signs(STEM_WORDS.split())
"""Beginnings of all words that can make a line the name of a job: most lines need no expression."""

_ROLE_STEMS = Stems(
    [
        *STEM_WORDS.split(),
        *("qa", "ios", "android", "position", "role", "opening", "founder", "devrel", "advocate", "support"),
        *("product management", "data science", "machine learning"),
    ]
)
"""The same for _ROLE."""
_HIRING_STEMS = ("hiring", "looking", "seeking", "recruiting", "searching", "in search of")
"""One of them stands in all that _HIRING matches, whose first part tries every length of a name."""

_LONGEST_LISTED = 90
_LABEL = re.compile(r"(?:(?:job )?(?:title|role)|position|we(?:'re| are) hiring)\s*:\s*", re.IGNORECASE)
"""Before a job's name on its own line: "Role: Staff Data Engineer"."""
_LIST_MARKS = " \t-–—*•●▪·#+>:.,;()[]0123456789"
_LISTED = re.compile(
    rf"(?:[\w.+#/&'’-]+,? ){{0,6}}?\(?(?:{HEAD}|full[\s-]?stack|front[\s-]?end|back[\s-]?end|devops|sre)\b"
    rf"(?:\s*$|\s*[,/(\[|:–—&-].*|\s+(?:in|at|for|with|of|and|or|i{{1,3}}|[A-Z]).*)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"\b(?:we|we're|our|you|your|i|i'm|is|are|am|us|me|my|the|this|will|to|email|contact|apply|who|"
    r"team of|years?|experience|"
    r"process|interview|ask|from|be|have|has|by|reach|please|hi|hello|ceo|founder|chat|call|"
    r"managers? and)\b|[!?]",
    re.IGNORECASE,
)
_PROSE_LIST = (
    "we we're our you your i i'm is are am us me my the this will to email contact apply who from be have has by "
    "reach please hi hello"
)
_PROSE_WORDS = frozenset(_PROSE_LIST.split())
"""Of _PROSE what sentences hold most: found at a twentieth of the price of the two expressions."""
_BRACKETED_ADDRESS = re.compile(r"\s*[(\[]\s*https?://[^\s()\[\]]*\s*[)\]]")
_SAYS_HIRING = re.compile(
    r"\b[Ww]e(?:'re| are)? (?:currently |now |also )?(?:hire|hiring|looking for|looking to hire|seeking|"
    r"recruiting)(?: for)? "
    r"(?P<rest>[^.!?:\n]{4,160})"
)
_TAIL = re.compile(r"\s*[(\[]?\s*(?:https?://|www\.)\S*\s*[)\]]?$|\s+[(\[]$")


def read_header(text: str) -> Header:
    """Returns what the first line of a cleaned advert says.

    Lines after it that are cut with `|` too add titles. Where the first line names no job, the lines of
    the advert that are nothing but a job's name do ("- Backend Engineer"). Somebody who seeks work
    ("SEEKING WORK | Ljubljana | Remote") is no employer and names no job.
    """
    if _SEEKING_WORK.match(text):
        return NO_HEADER
    line_end = text.find("\n")
    end = len(text) if line_end < 0 else line_end
    if end > _LONGEST_LINE:
        # All in one block: the header ends with its last separator.
        end = max(text.rfind("|", 0, _LONGEST_LINE // 2), 0)
        header = _read_line(text[:end], end) if end else _from_prose(text[:_LONGEST_LINE], 0)
    else:
        header = _read_line(text[:end], end)
        if header.employer and not header.titles and _begins_list(text, header.employer_end):
            header = Header(None, (), 0)
        if "|" in text[:end]:
            more, further = _further_lines(text, end)
            if further > end:
                header = header._replace(titles=header.titles + more, end=header.end and further)
                end = further
    if not any(map(_names_plain_role, header.titles)):
        listed = _listed(text, end) or _said(text, end)
        header = header._replace(titles=header.titles + listed) if listed else header
    return header


def _begins_list(text: str, end: int) -> bool:
    """Whether the text holds such names only, line by line: a list of skills, and no employer."""
    following = text[end : end + _LONGEST_LINE].split("\n")[1 : 1 + _LINES_OF_LIST]
    return end == len(text) or (text[end] == "\n" and all(map(_LONE_NAME.fullmatch, following)))


@lru_cache(maxsize=2)
def lines_of_jobs(text: str) -> list[tuple[int, int, int]]:
    """Returns (start, place of the first of STEMS, end) of each line that holds one, in order.

    Remembered for the last texts: the header and the parts of an advert both ask.
    """
    found: list[tuple[int, int, int]] = []
    end = -1
    for at in STEMS.starts(text):
        if at > end:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = end if end >= 0 else len(text)
            found.append((start, at, end))
    return found


def _holds_stem(line: str) -> bool:
    return STEMS.stand_in(line.lower())


def _names_plain_role(line: str) -> bool:
    return _holds_stem(line) and _PLAIN_ROLE.search(line) is not None


def _names_role(line: str) -> bool:
    return _ROLE_STEMS.stand_in(line.lower()) and _ROLE.search(line) is not None


def _hiring(line: str) -> re.Match[str] | None:
    lower = line.lower()
    return _HIRING.match(line) if any(stem in lower for stem in _HIRING_STEMS) else None


def _without_addresses(line: str, instead: str) -> str:
    return _ADDRESS.sub(instead, line) if "." in line or "://" in line else line


def _read_line(line: str, end: int) -> Header:
    if _PIPE_SIGN.search(line):
        employer, titles, span = _from_segments(line, _PIPE_SIGN)
        return Header(employer, titles, end, *span)
    if _hiring(line):
        return _from_prose(line, end)
    if len(_DASH.split(line)) >= 2 and len(line) <= 200:
        employer, titles, span = _from_segments(line, _DASH)
        return Header(employer, titles, end, *span)
    if len(line) <= 120 and _names_plain_role(line):
        return Header(None, (line,), end)
    if _LONE_NAME.fullmatch(line) and _is_employer(line):
        return Header(line, (), end, 0, len(line))
    return Header(None, (), end if len(line) <= 120 else 0)


def _listed(text: str, start: int) -> tuple[str, ...]:
    """Lines of the advert that are nothing but a job's name."""
    found = []
    for begins, _, ends in lines_of_jobs(text):
        line = text[max(begins, start) : ends]
        if len(line) <= _LONGEST_LISTED + 100 and (begins >= start or _holds_stem(line)):
            bare = _without_addresses(line, "").lstrip(_LIST_MARKS).rstrip(" -–—*:,;.")
            label = _LABEL.match(bare)
            bare = bare[label.end() :] if label and label.end() < len(bare) else bare
            if (
                4 < len(bare) <= _LONGEST_LISTED
                and _PROSE_WORDS.isdisjoint(bare.lower().split())
                and _LISTED.match(bare)
                and not _PROSE.search(bare)
            ):
                found.append(bare)
    return tuple(found)


def _said(text: str, start: int) -> tuple[str, ...]:
    """What the first sentence that says so hires, where neither a header nor a line of its own names it."""
    said = _SAYS_HIRING.search(text, start)
    if said is None:
        return ()
    rest = re.split(r"\b(?:who|to|with|that|for|and you|in order)\b|https?://", said["rest"])[0].strip()
    return (rest,) if _PLAIN_ROLE.search(rest) else ()


def _further_lines(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """Titles of headers that follow on lines of their own ("A | Backend | NYC\\nA | Frontend | NYC")."""
    titles: tuple[str, ...] = ()
    while end < len(text):
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        line = text[end + 1 : stop]
        if len(line) > 200 or len(_PIPE_SIGN.findall(line)) < 2:
            break
        titles += _from_segments(line, _PIPE_SIGN)[1]
        end = stop
    return titles, end


def _from_prose(line: str, end: int) -> Header:
    """ "Acme is hiring a Backend Developer": the name before the verb, the rest up to the sentence's end."""
    hiring = _hiring(line)
    if hiring is None:
        return Header(None, (), end)
    name = hiring["name"].strip()
    rest = re.split(
        r"(?<=\w)[.!?](?:\s|$)|\bto (?:join|help|work|build)\b|\bwho\b|https?://",
        _BRACKETED_ADDRESS.sub("", hiring["rest"]),
    )[0][:160]
    titles = (rest.strip(),) if _names_role(rest) else ()
    employer = name if _is_employer(name) and not re.match(r"(?i)(?:we|i|our|my|the team)\b", name) else None
    span = (hiring.start("name"), hiring.start("name") + len(name)) if employer else (0, 0)
    return Header(employer, titles, end, *span)


def _from_segments(line: str, cut: re.Pattern[str]) -> tuple[str | None, tuple[str, ...], tuple[int, int]]:
    segments, starts, done = [], [], 0
    for gap in [*cut.finditer(line), None]:
        stop = gap.start() if gap else len(line)
        piece = line[done:stop].lstrip()
        if piece:
            segments.append(piece.rstrip())
            starts.append(stop - len(piece))
        done = gap.end() if gap else stop
    chosen = next(
        (number for number in (0, 1) if number < len(segments) and _is_employer(segments[number])), None
    )
    if chosen == 1 and not _names_role(segments[0]):
        chosen = None
    titles = tuple(
        title for number, segment in enumerate(segments) if number != chosen and (title := _title(segment))
    )
    if chosen is None:
        return None, titles, (0, 0)
    name = _name(segments[chosen])
    return name, titles, (starts[chosen], starts[chosen] + len(segments[chosen]))


def _name(segment: str) -> str:
    hiring = _hiring(segment)
    name = hiring["name"] if hiring else segment
    return _TAIL.sub("", name).strip(" -–—:,") or segment


@lru_cache(maxsize=1 << 14)
def _is_employer(segment: str) -> bool:
    """Remembered, as _title is: half of all segments are "Remote", "Full-time", "San Francisco" and the like."""
    name = _name(segment)
    if not 1 < len(name) <= _LONGEST_EMPLOYER or not any(char.isalpha() for char in name):
        return False
    bare = (re.sub(r"\([^()]*\)", "", name).strip() or name) if "(" in name else name
    if _ADDRESS.fullmatch(bare):
        return not bare.lower().startswith(("http", "www."))
    if _TERMS.search(bare) or (_PLACE_ANY_CASE.match(bare) and len(bare.split()) <= 4 and "," in bare):
        return False
    if _PLACE_ANY_CASE.fullmatch(bare) and len(bare.split()) <= 2:
        return False
    plain = _SENIORITY.match(bare) or _names_plain_role(bare)
    return not plain or _ORGANISATION.search(bare) is not None


@lru_cache(maxsize=1 << 14)
def _title(segment: str) -> str | None:
    """The segment without addresses if it may name a role."""
    text = _without_addresses(segment, " ").strip(" -–—:,")
    if not _names_role(text) or len(text) > 300:
        return None
    return text
