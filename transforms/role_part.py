"""Parts of an advert that speak of one role each, where one text looks for several."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from transforms.header import lines_of_jobs
from transforms.role import HEAD, OTHER, RoleRules, roles

LEAST_TEXT = 40
"""Characters about a job without addresses: fewer is its name in a list, and says nothing of its skills."""

_MARKS = " \t-–—*•●▪·#+>=.,;)]_~0123456789"
_MARK = re.compile(r"\s*([-–—*•●▪·+>◦‣○~]|\d{1,2}[.)])\s*\S")
_CUT = re.compile(r"[:(\[|–—@]|\s[-=>~*]|--|,? https?://")
_LEVELS_FIRST = re.compile(r"[\s(\[]*(?:[\w/ ,&-]{0,40}[)\]])\s*(?=\w)")
_LONGEST_NAME = 70
_JOB_WORD = re.compile(
    rf"\b(?:{HEAD}|executives?|marketers?|advocates?|representatives?|devops|sales|support|founders?|generalists?|"
    r"accountants?|operations|internships?|editors?|reps?|owners?|scrum masters?|evangelists?|strategists?|partners?|"
    r"chemists?|biologists?|artists?|animators?)\b",
    re.IGNORECASE,
)
_AFTER_JOB = re.compile(
    r"(?:,? (?:i{1,3}|iv|[1-4])\b)?(?:\s*(?:,|/|&|\+|of |for |in |at |and |or )\s*[\w.+#/&'’ ,-]{0,45})?",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:experience|experienced|knowledge|ability|familiar\w*|proficien\w+|strong|solid|good|deep|expertise|understanding)\b|"
    r"(?=.*\b(?:devops|sales|support|operations)$)(?:\S+ ){4,}",
    re.IGNORECASE,
)
"""Beginnings of what is asked for, and long lines that end in a field of work instead of a job."""
_PROSE_WORDS = (
    "we we're we’re our you your i i'm is are am us me my the this that will to email contact apply who looking hiring "
    "seeking join work working with help from be have has by reach please hi hello team year years like"
)
_PROSE = frozenset(_PROSE_WORDS.split())
"""Words that no name of a job holds: the line is a sentence."""
_COMMON = re.compile(
    r"\W*(?:about (?:us|the company|our)|benefits|perks|to apply|how to apply|apply\b|contact\b|"
    r"interested\b|e-?mail\b|send (?:us|me|your|an?)\b|"
    r"questions\b|feel free|reach (?:out|me|us)|please (?:e-?mail|apply|send|reach|contact|get|check|visit|see|feel)|"
    r"if (?:you|this|any|it|interested|one).{0,60}(?:interest|e-?mail|apply|reach|touch|contact|sound|fit|message|send|"
    r"excit)|we (?:also )?(?:offer|provide)\b|what (?:we|you get|you'll get)|more (?:info|detail|about|roles|jobs|"
    r"positions)|see (?:all|more|our|the|full)|(?:you can )?(?:check|find|read|learn|view|get) (?:out|more|all|in|our)|"
    r"(?:all|other|full|complete) (?:open |our |of our |the |job |list)*(?:positions|roles|jobs|openings|listings?|"
    r"descriptions?)|(?:our )?(?:interview|hiring) process|interview|why (?:us|join|work)|"
    r"for (?:all|both|these|any|more|each)\b.{0,30}(?:roles?|positions?|jobs?|info)|both (?:roles|positions)|"
    r"all (?:of )?(?:these|positions|roles)|"
    r"(?:salary|compensation|location|locations|culture|company|equity|visa|remote|onsite|process|p\.?s\.?)\s*[:—-]|"
    r"we(?:'re|’re| are) (?:also |a |an |backed|based|located|profitable|funded|currently a|committed)|thanks|"
    r"looking forward|come (?:join|work|build|help)|join (?:us|our))",
    re.IGNORECASE,
)
_STACK = re.compile(
    r"\W*(?:our |the |current |tech(?:nology|nical)? |core )*(?:stack|technologies)\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


@dataclass(frozen=True)
class Part:
    """Part of an advert about one job: stretch of the cleaned text, the job's name, and its role.

    ``role`` is `other` where the name fits no role's rule, or several.
    """

    start: int
    end: int
    title: str
    role: str
    roles: tuple[str, ...]
    has_text: bool
    """More than the job's name in a list."""


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    title: str
    """Name of a job the line begins with; empty where it begins with none."""
    rest: str


def role_parts(text: str, header_end: int, rules: RoleRules) -> list[Part]:
    """Returns the parts of a cleaned advert, in order; none where the text does not separate jobs.

    A part begins where a line begins with the name of a job ("Backend Engineer: ...", "* Designer -
    ..."), and ends before the next such line, before a line that speaks of all jobs ("To apply",
    "Benefits"), or, where the job is told in a list or on that line, with it. Two parts with text of
    their own, for different jobs, make an advert separated.
    """
    names = _names(text, header_end)
    if len(names) < 2:
        return []
    lines = _lines(text, header_end, names)
    stretches = [
        (head, last, _text_length(lines, head, last) >= LEAST_TEXT) for head, last in _stretches(lines)
    ]
    if sum(has_text for *_, has_text in stretches) < 2:
        return []
    found = [
        (head, last, roles([lines[head].title] if lines[head].title else [], rules), has_text)
        for head, last, has_text in stretches
    ]
    if len({named for _, _, named, has_text in found if has_text}) < 2:
        return []
    return [
        Part(
            lines[head].start,
            lines[last].end,
            lines[head].title,
            named[0] if len(named) == 1 else OTHER,
            named,
            has_text,
        )
        for head, last, named, has_text in found
    ]


def _text_length(lines: Sequence[_Line], head: int, last: int) -> int:
    return _length(lines[head].rest) + sum(_length(line.text) for line in lines[head + 1 : last + 1])


def all_roles(titles: Sequence[str], parts: Sequence[Part], rules: RoleRules) -> tuple[str, ...]:
    """Returns the sorted roles that titles and parts name; ("other",) where they name none.

    A title's general role ("Software Engineers") that no part takes up is what the parts' more specific
    roles are together, and not one more.
    """
    titled = roles(titles, rules)
    if not parts:
        return titled
    named = {role for part in parts for role in part.roles} - {OTHER}
    specificity = {rule.occupation: rule.specificity for rule in rules.rules}
    highest = max((specificity[role] for role in named), default=0)
    kept = {role for role in titled if role != OTHER and (role in named or specificity[role] >= highest)}
    return tuple(sorted(named | kept)) or (OTHER,)


def separated_roles(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Returns the parts of each role the advert separates: named by parts with text, and by none with another."""
    found: dict[str, list[Part]] = {}
    for part in parts:
        if part.role != OTHER and part.has_text:
            found.setdefault(part.role, []).append(part)
    mixed = {role for part in parts if part.role == OTHER for role in part.roles}
    return {role: found[role] for role in sorted(found) if role not in mixed}


def _names(text: str, header_end: int) -> dict[int, tuple[str, str]]:
    """Start of each line after the header that begins with the name of a job, with the name and what follows."""
    found: dict[int, tuple[str, str]] = {}
    for start, at, end in lines_of_jobs(text):
        if at - start > _LONGEST_NAME + 12 or (start <= header_end and header_end > 0):
            continue
        named = _named(text[start:end])
        if named:
            found[start] = named
    return found


def _named(line: str) -> tuple[str, str] | None:
    """The name of a job a line begins with, and what follows it."""
    bare = line[: _LONGEST_NAME + 12].lstrip(_MARKS)
    if bare[:1] in "([":
        bare = _LEVELS_FIRST.sub("", bare, count=1)
    # Most lines are sentences: told by their first word ("We", "you") at a third of the price.
    if bare.split(" ", 1)[0].lower() in _PROSE or not (bare[:1].isupper() or bare[:1] != line[:1]):
        return None
    cut = _CUT.search(bare)
    name = bare[: cut.start()] if cut else bare
    title = name.rstrip(" *_#.,;-–—")
    if not 4 < len(title) <= _LONGEST_NAME or not (title[0].isupper() or bare[:1] != line[:1]):
        return None
    if "!" in title or "?" in title or not _PROSE.isdisjoint(title.lower().split()):
        return None
    if _ASKED.match(title):
        return None
    if not any(_AFTER_JOB.fullmatch(title, end) for end in _ends_of_job_words(title)):
        return None
    return title, line[line.index(name) + len(name) :]


@lru_cache(maxsize=1 << 14)
def _ends_of_job_words(title: str) -> list[int]:
    """Where each word for a job ends. Remembered: of the lines that may be names many are."""
    return [word.end() for word in _JOB_WORD.finditer(title)]


def _lines(text: str, header_end: int, names: Mapping[int, tuple[str, str]]) -> list[_Line]:
    found = []
    start = header_end
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        title, rest = names.get(start, ("", ""))
        found.append(_Line(start, end, text[start:end], title, rest))
        start = end + 1
    return found


def _stretches(lines: Sequence[_Line]) -> list[tuple[int, int]]:
    """First and last line of each part, in order.

    An item that follows a part in the same list is a part of its own, though its job was not made out.
    """
    heads = [number for number, line in enumerate(lines) if line.title]
    found: list[tuple[int, int]] = []
    if len(heads) < 2:
        return found
    longest = 0
    for head, after in zip(heads, [*heads[1:], len(lines)], strict=True):
        is_last = after == len(lines)
        last = _last_line(lines, head, after, is_last=is_last)
        if is_last:
            last = _no_longer(lines, last, head + longest)
        longest = max(longest, last - head)
        found.append((head, last))
        mark = _mark(lines[head].text)
        while mark and last + 1 < after and _mark(lines[last + 1].text) == mark:
            last += 1
            found.append((last, last))
    return found


def _no_longer(lines: Sequence[_Line], last: int, longest: int) -> int:
    """The last part ends where the longest before it would, or with the list it ends in: what follows is
    mostly about the firm."""
    end = min(last, longest)
    mark = _mark(lines[end].text)
    while mark and end < last and _mark(lines[end + 1].text) == mark:
        end += 1
    return end


def _last_line(lines: Sequence[_Line], head: int, after: int, *, is_last: bool) -> int:
    """Number of the last line of the part that begins with ``head``, below ``after``."""
    mark = _mark(lines[head].text)
    inline = _length(lines[head].rest) >= LEAST_TEXT
    last, in_list = head, False
    for number in range(head + 1, after):
        text = lines[number].text
        its_mark = _mark(text)
        if _COMMON.match(text) or (is_last and _STACK.match(text)) or (its_mark and its_mark == mark):
            break
        if not its_mark and ((inline and mark) or (in_list and not text.rstrip().endswith(":"))):
            break
        in_list = in_list or bool(its_mark)
        last = number
    return last


def _mark(text: str) -> str:
    """Sign a line of a list begins with; one for all numbers, empty where it is none."""
    match = _MARK.match(text)
    return ("0" if match[1][0].isdigit() else match[1]) if match else ""


def _length(text: str) -> int:
    if not ("://" in text or "www." in text or "@" in text):
        return len(text)
    return len(_ADDRESS.sub("", text))
