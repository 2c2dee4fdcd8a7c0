"""The lexicon: written forms of skills compiled to one automaton over text padded with boundaries."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from ahocorasick_rs import AhoCorasick

from transforms.job_name import is_field
from transforms.text import fold

# Separators become spaces, one for one, so that offsets hold. Word characters besides letters and
# digits: `+ # . & _ @` (C++, C#, .NET, Node.js, R&D). Hyphen and slash separate, in labels as in texts:
# "back-end" is "back end", "C++/C#" is "c++ c#", "CI/CD" is "ci cd".
_SEPARATORS = "\n,;:()[]{}\"'!?|*<>=/\\-~`^%$•·●▪‣◦∙■►➢…–—―−‐‑‒‘’‚‛“”„«»‹›®™©¿¡→←′″¦§¶†‡✓✔"
_TO_SPACE = str.maketrans(dict.fromkeys(_SEPARATORS, " "))
_TYPOGRAPHIC = "’‘“”–—…•·®™″‑"
"""The commonest separators outside Latin-1: without them most texts take the fast path, see _spaced."""

_LATIN_TO_SPACE = bytes(ord(" ") if code in _TO_SPACE else code for code in range(256))

_ASCII_TO_SPACE = bytes(ord(" ") if code < 128 and code in _TO_SPACE else code for code in range(256))
_WIDE_SEPARATORS = "".join(sign for sign in _SEPARATORS if not sign.isascii() and sign not in _TYPOGRAPHIC)

_IN_WORD = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")

_SPACES = re.compile(r" {2,}")
_BREAK = re.compile(r"[\n,;:()|!?\"•]")
"""No form runs across these, though they are separators like space."""

_HINT = re.compile(
    r"[@/\\.](?:(?<=[@/\\])|(?=[cioadjtgeufnp])(?:com|org|io|co|ai|dev|app|jobs|tech|gov|edu|eu|de|fr|uk|ca|us|ch|nl|py|txt|pdf)\b)"
)
"""Signs of an address or a path; one set of signs at the front lets the scan skip from sign to sign,
a look at the letter after a dot spares the dots of sentences the list of endings."""

_ADDRESS = re.compile(
    r".*?://.*|.*\bwww\..*|.*[^\s@]@[^\s@]+\.[a-z].*"
    r"|[^\w]*[\w-]+(?:\.[\w-]+)*\.(?:com|org|io|co|ai|dev|app|jobs|tech|gov|edu|eu|de|fr|uk|ca|us|ch|nl)(?:/.*|\W*)"
)
_PATH = re.compile(
    r"[\"'(`\[]*(?:~|\.{1,2})?/[\w.@~-]+/.*|[\"'(`\[]*[a-z]:\\.*"
    r"|.*[\w-]/.*\.(?:html?|pdf|py|md|txt|json|ya?ml|sh|php|aspx?|java|go|rb|csv|xml|docx?)\W*|.*\.(?:py|txt|pdf)\W*"
)
_NAMED_LIKE_ADDRESS = re.compile(r"\W*(?:socket|draw)\.io\W*$")
"""Skills whose own name ends as an address does."""
_MAX_TOKEN = 250
"""Characters before and after a form that are looked at as parts of one address."""
_ALONE = frozenset(("", " ", "\n"))
_OPEN = frozenset((" (", "\n("))
_CLOSED = frozenset(sign + gap for sign in ",;:.!?)" for gap in (" ", "\n", ""))
"""What stands beside most forms: a token of such signs and the form alone is no address."""


_NORMAL = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*")
"""Forms that are normal as they are; rows of a warehouse are, and nine in ten of them look so."""


def normalise(surface: str) -> str:
    """Returns the form under which a surface is matched: lower case, separators as single spaces."""
    if _NORMAL.fullmatch(surface):
        return surface
    return _SPACES.sub(" ", _padded(fold(surface.replace("\t", " ").replace("\u00a0", " ")))).strip()


def _padded(folded: str) -> str:
    """The folded text between two spaces, every separator a space: a match needs a space at both ends."""
    # The dots of sentences first: replaced at once they cost a tenth of a look at each.
    spaced = _spaced(folded).replace(". ", "  ")
    loose = [at for sign in ".#+" if sign in spaced for at in _loose(spaced, sign)]
    if not loose:
        return f" {spaced} "
    loose.sort()
    starts = [0, *(at + 1 for at in loose)]
    pieces = [spaced[start:at] for start, at in zip(starts, [*loose, len(spaced)], strict=True)]
    return f" {' '.join(pieces)} "


def _encodable(padded: str) -> str:
    """The same length without lone surrogates, which the automaton refuses."""
    try:
        padded.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", " ", padded)
    return padded


def _loose(spaced: str, sign: str) -> list[int]:
    """Places of a dot that ends a word or begins a number, of a hash that begins a word, of a plus between letters.

    Looked for sign by sign: an expression reads every character at ten times the price.
    """
    found = []
    at = spaced.find(sign)
    while at >= 0:
        before, after = spaced[at - 1 : at], spaced[at + 1 : at + 2]
        if sign == ".":
            is_loose = after not in _IN_WORD or (before not in _IN_WORD and after.isdecimal())
        elif sign == "#":
            is_loose = before not in _IN_WORD and before != "+"
        else:
            is_loose = before in _LETTERS and after in _LETTERS
        if is_loose:
            found.append(at)
        at = spaced.find(sign, at + 1)
    return found


def _spaced(folded: str) -> str:
    if folded.isascii():
        return folded.translate(_TO_SPACE)
    for sign in _TYPOGRAPHIC:
        folded = folded.replace(sign, " ")
    try:
        # str.translate looks every character of a text outside ASCII up in a dict; bytes have a table.
        return folded.encode("latin-1").translate(_LATIN_TO_SPACE).decode("latin-1")
    except UnicodeEncodeError:
        for sign in _WIDE_SEPARATORS:
            folded = folded.replace(sign, " ")
        plain = folded.encode("utf-8", "surrogatepass").translate(_ASCII_TO_SPACE)
        return plain.decode("utf-8", "surrogatepass")


def _is_addressed(folded: str, start: int, end: int) -> bool:
    """Whether a form stands in a web or mail address or a file path.

    Asked of each form found: to look a whole text through for addresses took twice as long.
    """
    low, high = max(0, start - _MAX_TOKEN), end + _MAX_TOKEN
    begins = max(folded.rfind(" ", low, start), folded.rfind("\n", low, start)) + 1 or low
    space, line_end = folded.find(" ", end, high), folded.find("\n", end, high)
    ends = min(space if space >= 0 else high, line_end if line_end >= 0 else high)
    tokens = folded[begins:ends]
    if not ("." in tokens or "/" in tokens or "@" in tokens or "\\" in tokens):
        return False
    return any(map(_is_address, tokens.replace("\n", " ").split(" ")))


@lru_cache(maxsize=1 << 14)
def _is_address(token: str) -> bool:
    """Whether a token is an address or a path. Remembered: most are "python,", "and/or", "(aws)" and the like."""
    if not _HINT.search(token) or _NAMED_LIKE_ADDRESS.match(token):
        return False
    return bool(_ADDRESS.fullmatch(token) or _PATH.fullmatch(token))


@dataclass(frozen=True, slots=True)
class Entry:
    """One surface: what it means and what it needs. ``skill_id`` is None for a shield (see compile_lexicon).

    ``is_name``: the form names a thing (our alias, or written with a capital, digit or sign), so that it
    can vouch for an ambiguous neighbour. ``has_slash``: the form is written with a slash; one
    that is not never matches across a slash ("React/Redux" is no "React Redux"). ``is_alternative``: a
    taxonomy's other name for the skill, see transforms.mention.
    """

    surface: str
    skill_id: str | None
    evidence: str
    case_forms: frozenset[str]
    neighbours: frozenset[str]
    is_name: bool
    has_slash: bool = False
    is_alternative: bool = False
    has_space: bool = False
    is_like_address: bool = False
    """The form by itself may be an address ("socket.io")."""
    is_broad: bool = False
    """No name, or a field of work: told once for the form, since it is asked of every match."""


_START = itemgetter(1)


@dataclass(frozen=True)
class Lexicon:
    """The automaton and, by pattern number, the entry it stands for."""

    automaton: AhoCorasick
    entries: tuple[Entry, ...]

    def find(self, text: str) -> list[tuple[int, int, Entry]]:
        """Returns (start, end, entry) of all matches, leftmost-longest, without overlap, in order of start.

        Offsets are those of the text as given. Nothing inside addresses and paths.
        """
        return self._chosen(fold(text), self._hits(text))

    def find_all(self, texts: Iterable[str]) -> list[list[tuple[int, int, Entry]]]:
        """Returns what find does for each text: one scan after the other, between which the processor's cache keeps
        the automaton."""
        scanned = [(text, self._hits(text)) for text in texts]
        return [self._chosen(fold(text), hits) for text, hits in scanned]

    def _hits(self, text: str) -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = self.automaton.find_matches_as_indexes(
            _encodable(_padded(fold(text))), overlapping=True
        )
        return found

    def _chosen(self, folded: str, hits: list[tuple[int, int, int]]) -> list[tuple[int, int, Entry]]:
        # They come in order of end: reversed and sorted by start alone (stable), the longest is first.
        hits.reverse()
        hits.sort(key=_START)
        found, free, entries = [], 0, self.entries
        for number, start, end in hits:
            if start < free:
                continue
            entry = entries[number]
            # A pattern's first space is the pad before the word: its place is the word's own offset.
            end -= 2
            is_whole = True
            if entry.has_space and (form := folded[start:end]) != entry.surface:
                if not _runs_through(entry, form):
                    continue
                is_whole = False
            if folded.startswith("://", end):
                continue  # "https", which half of all adverts hold
            if (
                not is_whole
                or entry.is_like_address
                or (folded[start - 1 : start] not in _ALONE and folded[start - 2 : start] not in _OPEN)
                or (folded[end : end + 1] not in _ALONE and folded[end : end + 2] not in _CLOSED)
            ) and _is_addressed(folded, start, end):
                continue
            free = end
            found.append((start, end, entry))
        return found


def _runs_through(entry: Entry, found: str) -> bool:
    return not _BREAK.search(found) and (entry.has_slash or "/" not in found)


class LexiconFault(ValueError):
    """Rows that can't be compiled; the message lists all of them."""


EVIDENCE = (
    "none", "never", "exact_case", "in_list", "near_skill", "exact_case_and_list_or_near", "asked_as_skill"
)  # fmt: skip


def compile_lexicon(surfaces: Sequence[dict[str, Any]], ambiguous: Sequence[dict[str, str]]) -> Lexicon:
    """Returns the lexicon of core_skill_surface rows and config/ambiguous_terms.csv rows.

    Plurals of a form match too where no other row claims them. An ambiguous row with evidence `never`
    whose surface is no skill's shields its words: "go to market" keeps "go" from being looked at.
    Raises LexiconFault listing unknown evidence names, empty forms and forms claimed twice.
    """
    faults, needs = _needs(ambiguous)
    entries: dict[str, Entry] = {}
    for row in surfaces:
        surface = normalise(row["surface"])
        if not surface:
            faults.append(f"surface {row['surface']!r} of {row['skill_id']} is empty after normalising")
        elif surface in entries and entries[surface].skill_id != row["skill_id"]:
            faults.append(f"surface {surface!r} belongs to {entries[surface].skill_id} and {row['skill_id']}")
        else:
            entries[surface] = _entry(surface, row, needs.get(surface))
    if faults:
        raise LexiconFault(
            "core_skill_surface and config/ambiguous_terms.csv do not compile; mend these rows:\n"
            + "\n".join(faults)
        )
    for surface, need in needs.items():
        if surface not in entries and need["evidence"] == "never":
            entries[surface] = Entry(
                surface,
                None,
                "never",
                frozenset(),
                frozenset(),
                False,
                has_space=" " in surface,
                is_like_address=_HINT.search(surface) is not None,
                is_broad=True,
            )
    patterns = {variant: entry for entry in entries.values() for variant in _variants(entry.surface)}
    patterns.update(entries)
    ordered = sorted(_without_idle_shields(patterns))
    automaton = AhoCorasick([f" {pattern} " for pattern in ordered])
    return Lexicon(automaton, tuple(patterns[pattern] for pattern in ordered))


def _without_idle_shields(patterns: dict[str, Entry]) -> dict[str, Entry]:
    """The patterns less the shields that change nothing; two of three matches in a text were of such.

    A shield works where a form begins at one of its words, or as somebody's neighbour.
    """
    beginnings = {pattern.partition(" ")[0] for pattern, entry in patterns.items() if entry.skill_id}
    wanted = {neighbour for entry in patterns.values() for neighbour in entry.neighbours}
    return {
        pattern: entry
        for pattern, entry in patterns.items()
        if entry.skill_id
        or entry.surface in wanted
        or (entry.has_space and not beginnings.isdisjoint(pattern.split(" ")))
    }


def _needs(ambiguous: Sequence[dict[str, str]]) -> tuple[list[str], dict[str, dict[str, str]]]:
    faults, needs = [], {}
    for row in ambiguous:
        surface = normalise(row["surface"])
        if row["evidence"] not in EVIDENCE:
            faults.append(
                f"ambiguous {surface!r}: evidence {row['evidence']!r} is none of {', '.join(EVIDENCE)}"
            )
        if surface in needs:
            faults.append(f"ambiguous {surface!r} stands twice")
        if row["evidence"].startswith("exact_case") and not row["case_forms"]:
            faults.append(f"ambiguous {surface!r}: {row['evidence']} without case_forms")
        needs[surface] = row
    return faults, needs


def _entry(surface: str, row: dict[str, Any], need: dict[str, str] | None) -> Entry:
    label = str(row.get("surface_label") or surface)
    evidence = need["evidence"] if need else str(row.get("evidence") or "none")
    forms = frozenset(filter(None, need["case_forms"].split("|"))) if need else frozenset()
    neighbours = (
        frozenset(map(normalise, filter(None, need["neighbours"].split("|")))) if need else frozenset()
    )
    kind = row.get("surface_kind")
    plain = kind == "alternative" or (label.islower() and label.replace(" ", "").isalpha())
    is_name = kind == "alias" or not plain
    return Entry(
        surface,
        row["skill_id"],
        evidence,
        forms or frozenset([label]),
        neighbours,
        is_name,
        has_slash="/" in label,
        is_alternative=row.get("surface_kind") == "alternative",
        has_space=" " in surface,
        is_like_address=_HINT.search(surface) is not None,
        is_broad=not is_name or is_field(surface),
    )


def _variants(surface: str) -> tuple[str, ...]:
    """Plural of the last word; singular only where another word stands before it ("data structures")."""
    last = surface.rsplit(" ", 1)[-1]
    if not (last.isascii() and last.isalpha() and len(last) >= 4):
        return ()
    if not last.endswith("s"):
        if last.endswith("y") and last[-2] not in "aeiou":
            return (surface[:-1] + "ies",)
        return (surface + "s",)
    if " " in surface and len(last) >= 5 and not last.endswith(("ss", "us", "is", "ics", "ws")):
        return (surface[:-3] + "y" if last.endswith("ies") else surface[:-1],)
    return ()
