"""Roles a title names, by the rules of config/occupations.csv."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.pattern_words import words_of

OTHER = "other"
_MAX_SEEN = 100_000


class RoleFault(ValueError):
    """Rows of config/occupations.csv that can't be used; the message lists all of them."""


@dataclass(frozen=True)
class RoleRule:
    """One role: the expressions that name it, those that speak against it, and its precedence."""

    occupation: str
    kind: str
    names: re.Pattern[str]
    excludes: re.Pattern[str] | None
    specificity: int


@dataclass(frozen=True)
class RoleRules:
    """All rules with expressions, in order of slug; titles and their segments, which come again, are remembered."""

    rules: tuple[RoleRule, ...]
    signs: AhoCorasick
    """Words of which one stands in whatever a rule names: of 16 rules two or three need their expression."""
    rules_of_sign: tuple[frozenset[int], ...]
    """By number of the word the numbers of the rules it may speak for."""
    unsigned: frozenset[int]
    """Numbers of the rules without such words."""
    seen: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)
    seen_segments: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)


def compile_roles(rows: Sequence[Mapping[str, str]]) -> RoleRules:
    """Returns the compiled rules of config/occupations.csv. Raises RoleFault listing every broken row."""
    rules, faults = [], []
    for row in sorted(rows, key=lambda row: row["occupation"]):
        if not row["title_rules"]:
            if row["kind"] == "role":
                faults.append(f"{row['occupation']}: a role without title_rules")
            continue
        try:
            excludes = re.compile(row["exclude_rules"]) if row["exclude_rules"] else None
            rule = RoleRule(
                row["occupation"],
                row["kind"],
                re.compile(row["title_rules"]),
                excludes,
                int(row["specificity"]),
            )
        except (re.error, ValueError) as error:
            faults.append(f"{row['occupation']}: {error}")
        else:
            rules.append(rule)
    if faults:
        raise RoleFault("config/occupations.csv does not compile; mend these rows:\n" + "\n".join(faults))
    words = [words_of(rule.names, _HEAD_STEMS) for rule in rules]
    signs = sorted(frozenset[str]().union(*words))
    return RoleRules(
        tuple(rules),
        AhoCorasick(signs, implementation=Implementation.DFA),
        tuple(frozenset(number for number, own in enumerate(words) if sign in own) for sign in signs),
        frozenset(number for number, own in enumerate(words) if not own),
    )


_HEAD_STEMS = ("engineer", "develop", "dev", "programmer", "manager", "designer", "analyst")
"""Beginnings of the words most titles hold."""


HEAD = (
    r"engineers?|engineering|developers?|devs?|programmers?|scientists?|designers?|managers?|architects?|"
    r"analysts?|"
    r"administrators?|specialists?|consultants?|directors?|testers?|sres?|leads?|researchers?|officers?|"
    r"interns?|"
    r"technicians?|recruiters?|writers?|head|vp|cto|assistants?|coordinators?|associates?|swes?|sdets?|"
    r"coders?|hackers?"
)
_HEAD = re.compile(rf"\b(?:{HEAD})\b")
_HARD = re.compile(r"\s*[|;\n•]\s*|,?\s+(?:plus|as well as)\s+")
_HARD_SIGN = re.compile(r"[|;\n•]|plus|as well as")
_SOFT_SIGN = re.compile("[/&+,]|and|or")
"""One stands in all that _HARD and _SOFT match, at a fourth of the price."""
_SOFT = re.compile(r"\s*/\s*|\s*,?\s*(?:&|\+|\band\b|\bor\b)\s*|\s*,\s*")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_KEEP_TOGETHER = re.compile(
    r"c\+\+|ci/cd|ui/ux|ux/ui|full[\s-]?stack|r&d|a/b|i/o|ml/ai|ai/ml|quality (?:and|&) |"
    r"(?:test|testing|qa)\s*(?:and|&|/)\s*(?:automation|qa|test)|research (?:and|&) development|"
    r"front[\s-]?end|back[\s-]?end"
)
_LEADER = re.compile(
    r"(?:(?:senior|sr\.?|group|associate|assistant|global|regional|technical|executive) )*"
    r"(?:managers?|directors?|head|leads?|leaders?|[se]?vp|vice president)"
)
_FIELD = re.compile(r"(?:[\w&/+.-]+ ){0,3}engineering")
_DASHES = re.compile(r"[‐‑‒–—―]")


def roles(titles: Sequence[str], rules: RoleRules) -> tuple[str, ...]:
    """Returns the sorted slugs of the roles the titles name; ("other",) where they name none.

    A title may name several ("Backend / Full-stack Engineer"). Within one segment only the roles of
    the highest specificity stand ("Software Engineer (Backend)" is a backend role).
    """
    found: set[str] = set()
    for title in titles:
        if title not in rules.seen:
            if len(rules.seen) >= _MAX_SEEN:
                rules.seen.clear()
            rules.seen[title] = frozenset[str]().union(
                *(_seen_roles(part, rules) for part in _segments(title))
            )
        found |= rules.seen[title]
    found.discard(OTHER)
    return tuple(sorted(found)) or (OTHER,)


def _seen_roles(segment: str, rules: RoleRules) -> frozenset[str]:
    """Of a segment most titles share with others: a new title seldom brings new segments."""
    if segment not in rules.seen_segments:
        if len(rules.seen_segments) >= _MAX_SEEN:
            rules.seen_segments.clear()
        rules.seen_segments[segment] = frozenset(_segment_roles(segment, rules))
    return rules.seen_segments[segment]


def _segment_roles(segment: str, rules: RoleRules) -> set[str]:
    hits = rules.signs.find_matches_as_indexes(segment, overlapping=True)
    possible = rules.unsigned.union(*(rules.rules_of_sign[number] for number, _, _ in hits))
    named = [
        rule
        for rule in map(rules.rules.__getitem__, possible)
        if rule.names.search(segment) and not (rule.excludes and rule.excludes.search(segment))
    ]
    top = max((rule.specificity for rule in named), default=0)
    return {rule.occupation for rule in named if rule.specificity == top}


def _segments(title: str) -> list[str]:
    """The title cut into parts that each name one job.

    Cut at commas, slashes, "and" and "or" outside brackets; a part without a head noun borrows that of
    the part after it ("frontend and backend engineers"), or, after a comma, qualifies the part before
    it ("Engineering Manager, Backend").
    """
    text = _DASHES.sub("-", title.lower().replace("’", "'"))
    segments: list[str] = []
    for chunk in _HARD.split(text) if _HARD_SIGN.search(text) else [text]:
        segments += _parts(chunk)
    return segments


def _parts(chunk: str) -> list[str]:
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match[0])
        return f"\x00{len(held) - 1}\x01"

    flat = _KEEP_TOGETHER.sub(hold, _without_brackets(chunk, hold))
    pieces, signs, done = [], [""], 0
    for sign in _SOFT.finditer(flat) if _SOFT_SIGN.search(flat) else ():
        pieces.append(flat[done : sign.start()])
        signs.append(sign[0].strip())
        done = sign.end()
    pieces.append(flat[done:])
    return _joined([_released(piece, held) for piece in pieces], signs)


def _without_brackets(text: str, instead: str | Callable[[re.Match[str]], str]) -> str:
    return _BRACKETED.sub(instead, text) if "(" in text or "[" in text else text


def _released(piece: str, held: list[str]) -> str:
    while "\x00" in piece:
        piece = re.sub("\x00(\\d+)\x01", lambda match: held[int(match[1])], piece)
    return piece.strip()


def _joined(pieces: list[str], signs: list[str]) -> list[str]:
    heads = [_HEAD.search(_without_brackets(piece, "")) for piece in pieces]
    # The head noun of the next piece that has one, told once from the end: looked for at each piece it took the square.
    following_heads: list[re.Match[str] | None] = [None] * len(pieces)
    for number in range(len(pieces) - 2, -1, -1):
        following_heads[number] = heads[number + 1] or following_heads[number + 1]
    out: list[str] = []
    out_has_head = False
    for number, piece in enumerate(pieces):
        if heads[number] and not (out and signs[number] == "," and _is_field_led(out[-1], piece)):
            out.append(piece)
            out_has_head = True
            continue
        following = following_heads[number]
        if out and out_has_head and signs[number] == ",":
            out[-1] += ", " + piece
        elif following:
            out.append(f"{piece} {following[0]}")
            out_has_head = False
        elif piece:
            out.append(piece)
            out_has_head = False
    return out


def _is_field_led(leader: str, piece: str) -> bool:
    """Whether a piece names what the one before it leads ("Manager, Software Engineering")."""
    return (
        _LEADER.fullmatch(leader) is not None
        and _FIELD.fullmatch(_without_brackets(piece, "").strip()) is not None
    )
