"""The first line of a Hacker News advert: employer and titles."""

import re
from dataclasses import dataclass

from transforms.role import HEAD


@dataclass(frozen=True)
class Header:
    """Employer (None when unsure), segments that may name roles, and where the header ends in the text.

    ``employer_start`` and ``employer_end`` are offsets of the employer's name, both 0 if None.
    """

    employer: str | None
    titles: tuple[str, ...]
    end: int
    employer_start: int = 0
    employer_end: int = 0


_LONGEST_LINE = 600
_LONGEST_EMPLOYER = 60
_PIPE = re.compile(r"\s*[|¦│｜]\s*")
_DASH = re.compile(r"\s+[-–—]+\s+|\s*—\s*")
_HIRING = re.compile(
    r"^(?P<name>[^|.,:;!?\n]{2,60}?)\s*(?:,\s*inc\.?)?\s*(?:\([^()]*\)\s*)?(?:,?\s*(?:is|are|we're|we are|now)\s+)*"
    r"(?:hiring|looking\s+(?:for|to)|seeking|recruiting|searching\s+for|in search of)\b\s*:?\s*(?:for\s+)?(?P<rest>.*)$",
    re.IGNORECASE,
)
_ROLE = re.compile(
    rf"\b(?:{HEAD}|full[\s-]?stack|front[\s-]?end|back[\s-]?end|devops|qa|ios|android|product management|positions?|roles?|"
    r"openings?|internships?|founder|co-?founder|sysadmins?|data science|machine learning|devrel|advocates?|support)\b",
    re.IGNORECASE,
)
_PLAIN_ROLE = re.compile(
    rf"\b(?:{HEAD}|full[\s-]?stack|front[\s-]?end|back[\s-]?end|devops)\b", re.IGNORECASE
)
_SENIORITY = re.compile(
    r"^\W*(?:senior|sr|junior|jr|staff|principal|lead|mid|entry|experienced|multiple)\b", re.IGNORECASE
)
_TERMS = re.compile(
    r"\b(?:remote|on-?site|hybrid|wfh|full[\s-]?time|part[\s-]?time|contract(?:ors?)?|freelance|permanent|visa|relocation|"
    r"interns?|anywhere|worldwide|h1b|ft|equity|salary|no remote)\b|[$€£]\s?\d|\d+\s?k\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"https?://\S*|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|io|co|ai|net|org|dev|app|tech)(?:/\S*)?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^(?:[A-Z][\w.'’]+(?:[ -][A-Z][\w.'’]+){0,3},\s*(?:[A-Z]{2,3}|[A-Z][a-z]+(?: [A-Z][a-z]+)?)\b.*"
    r"|(?:new york(?: city)?|nyc|sf|san francisco|bay area|london|berlin|paris|amsterdam|boston|seattle|chicago|austin|"
    r"los angeles|la|toronto|vancouver|tokyo|singapore|munich|barcelona|sydney|melbourne|usa?|uk|eu|europe|germany|canada|"
    r"australia|india|silicon valley|palo alto|mountain view|united states|global)(?:[\s,/&(].*)?)$",
)
_PLACE_ANY_CASE = re.compile(_PLACE.pattern, re.IGNORECASE)
_TAIL = re.compile(r"[\s(\[]*(?:https?://\S*|www\.\S+)?[\s)\]]*$")


def read_header(text: str) -> Header:
    """Returns what the first line of a cleaned advert says; lines after it that are cut with `|` too add titles."""
    line_end = text.find("\n")
    end = len(text) if line_end < 0 else line_end
    if end > _LONGEST_LINE:
        return _from_prose(text[:_LONGEST_LINE], 0)
    line = text[:end]
    if len(_PIPE.split(line)) >= 2:
        employer, titles, span = _from_segments(line, _PIPE)
        more, end = _further_lines(text, end)
        return Header(employer, titles + more, end, *span)
    hiring = _HIRING.match(line)
    if hiring:
        return _from_prose(line, end)
    if len(_DASH.split(line)) >= 2 and len(line) <= 200:
        employer, titles, span = _from_segments(line, _DASH)
        return Header(employer, titles, end, *span)
    if len(line) <= 120 and _PLAIN_ROLE.search(line):
        return Header(None, (line,), end)
    return Header(None, (), end if len(line) <= 120 else 0)


def _further_lines(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """Titles of headers that follow on lines of their own ("A | Backend | NYC\\nA | Frontend | NYC")."""
    titles: tuple[str, ...] = ()
    while end < len(text):
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        line = text[end + 1 : stop]
        if len(line) > 200 or len(_PIPE.split(line)) < 3:
            break
        titles += _from_segments(line, _PIPE)[1]
        end = stop
    return titles, end


def _from_prose(line: str, end: int) -> Header:
    """ "Acme is hiring a Backend Developer": the name before the verb, the rest up to the sentence's end."""
    hiring = _HIRING.match(line)
    if hiring is None:
        return Header(None, (), end)
    name = hiring["name"].strip()
    rest = re.split(
        r"(?<=\w)[.!?](?:\s|$)|\bto (?:join|help|work|build)\b|\bwho\b|https?://", hiring["rest"]
    )[0][:160]
    titles = (rest.strip(),) if _ROLE.search(rest) else ()
    employer = name if _is_employer(name) and not re.match(r"(?i)(?:we|i|our|my|the team)\b", name) else None
    span = (hiring.start("name"), hiring.start("name") + len(name)) if employer else (0, 0)
    return Header(employer, titles, end, *span)


def _from_segments(line: str, cut: re.Pattern[str]) -> tuple[str | None, tuple[str, ...], tuple[int, int]]:
    segments, starts, done = [], [], 0
    for gap in [*cut.finditer(line), None]:
        stop = gap.start() if gap else len(line)
        if line[done:stop].strip():
            segments.append(line[done:stop].strip())
            starts.append(done + len(line[done:stop]) - len(line[done:stop].lstrip()))
        done = gap.end() if gap else stop
    chosen = next(
        (number for number in (0, 1) if number < len(segments) and _is_employer(segments[number])), None
    )
    if chosen == 1 and not _ROLE.search(segments[0]):
        chosen = None
    titles = tuple(
        title for number, segment in enumerate(segments) if number != chosen and (title := _title(segment))
    )
    if chosen is None:
        return None, titles, (0, 0)
    name = _name(segments[chosen])
    return name, titles, (starts[chosen], starts[chosen] + len(segments[chosen]))


def _name(segment: str) -> str:
    hiring = _HIRING.match(segment)
    name = hiring["name"] if hiring else segment
    return _TAIL.sub("", name).strip(" -–—:,") or segment


def _is_employer(segment: str) -> bool:
    name = _name(segment)
    if not 1 < len(name) <= _LONGEST_EMPLOYER or not any(char.isalpha() for char in name):
        return False
    bare = re.sub(r"\([^()]*\)", "", name).strip() or name
    if _ADDRESS.fullmatch(bare):
        return not bare.lower().startswith(("http", "www."))
    if _TERMS.search(bare) or _PLACE_ANY_CASE.match(bare) and len(bare.split()) <= 4 and "," in bare:
        return False
    if _PLACE_ANY_CASE.fullmatch(bare) and len(bare.split()) <= 2:
        return False
    return not (_SENIORITY.match(bare) or _PLAIN_ROLE.search(bare))


def _title(segment: str) -> str | None:
    """The segment without addresses if it may name a role."""
    text = _ADDRESS.sub(" ", segment).strip(" -–—:,")
    if not _ROLE.search(text) or len(text) > 300:
        return None
    return text
