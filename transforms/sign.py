"""Plain words without which a slower expression can match nothing, found for all expressions in one scan of a text."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.text import fold

Place = tuple[int, int, int]
"""Number of the word in its list, and where it stands in the text: start and end."""

_declared: list["Signs"] = []
_LINE_SIGN = re.compile("[\n>]")


class Stems:
    """Words looked for in titles and lines: in lower case."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._own = AhoCorasick(self.words, implementation=Implementation.DFA)

    def stand_in(self, short: str) -> bool:
        """Whether one of the words stands in a text given in lower case."""
        return bool(self._own.find_matches_as_indexes(short))


class Signs(Stems):
    """Words looked for in whole texts too: in lower case, of ASCII characters, with the apostrophe of typewriters.

    One scan for the words of all lists takes a third of what a scan for each list takes. With ``across_lines`` a
    space stands for the end of a line, for ">" and for the beginning of the text as well.
    """

    def __init__(self, words: Iterable[str], *, across_lines: bool = False) -> None:
        super().__init__(words)
        wide = [
            word
            for word in self.words
            if not word.isascii() or word != word.lower() or _LINE_SIGN.search(word)
        ]
        if wide:
            raise ValueError(
                f"signs must be lower case and ASCII, within a line: {', '.join(map(repr, wide))}"
            )
        self.across_lines = across_lines
        self._number = len(_declared)
        _declared.append(self)

    def places(self, text: str) -> list[Place]:
        """Returns where the words stand in a text, written in any case, in order of their ends; they may overlap."""
        hits = self.hits(text)
        if not hits:
            return []
        first, line = _compiled(len(_declared)).first_of[self._number], plain(text)
        return [
            (number - first, start - 1, end - 1)
            for number, start, end in hits
            if self.across_lines
            or " " not in (word := self.words[number - first])
            or line[start - 1 : end - 1] == word
        ]

    def hits(self, text: str) -> list[Place]:
        """Returns the places as the scan finds them: all offsets one too high, spaces for the ends of lines too.

        The numbers of the words are those of the scan, which begin with 0 for the list across lines.
        """
        return _scanned(text, len(_declared))[self._number]


def look_for_signs(texts: Iterable[str]) -> None:
    """Scan texts one after the other, so that the automaton stays in the processor's cache: they are remembered."""
    for text in texts:
        _scanned(text, len(_declared))


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """Returns the folded text in ASCII, its length kept: apostrophes as "'", whatever else is not ASCII as "?".

    Offsets of matches in other text are put right character by character, which doubles the time of a scan.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    return folded.replace("’", "'").encode("ascii", "replace").decode("ascii")


@lru_cache(maxsize=256)
def _scanned(text: str, n_lists: int) -> list[list[Place]]:
    """The places of each list's words. Remembered, as fold is: each list is asked for on its own."""
    scan = _compiled(n_lists)
    list_of = scan.list_of
    found: list[list[Place]] = [[] for _ in range(n_lists)]
    line = " " + plain(text).replace("\n", " ").replace(">", " ")
    for hit in scan.automaton.find_matches_as_indexes(line, overlapping=True):
        found[list_of[hit[0]]].append(hit)
    return found


class _Scan(NamedTuple):
    """One automaton for all lists, the list of each of its words, and the number of the first word of each list."""

    automaton: AhoCorasick
    list_of: list[int]
    first_of: dict[int, int]


@lru_cache(maxsize=1)
def _compiled(n_lists: int) -> _Scan:
    """Of the lists declared so far; those across lines come first."""
    words: list[str] = []
    list_of: list[int] = []
    first_of: dict[int, int] = {}
    for signs in sorted(_declared[:n_lists], key=lambda signs: (not signs.across_lines, signs._number)):
        first_of[signs._number] = len(words)
        list_of += [signs._number] * len(signs.words)
        words += signs.words
    return _Scan(AhoCorasick(words, implementation=Implementation.DFA), list_of, first_of)
