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
        if across_lines and any(signs.across_lines for signs in _declared):
            raise ValueError("only one list of signs goes across lines")
        self.across_lines = across_lines
        self._number = len(_declared)
        _declared.append(self)

    def places(self, text: str) -> list[Place]:
        """Returns where the words stand in a text, written in any case, in order of their ends; they may overlap.

        Of a list across lines all offsets are one too high: they are those of the text behind a space.
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
    automaton, list_of, words = _compiled(n_lists)
    found: list[list[Place]] = [[] for _ in range(n_lists)]
    line = plain(text)
    spaced = " " + line.replace("\n", " ").replace(">", " ")
    for hit in automaton.find_matches_as_indexes(spaced, overlapping=True):
        number, start, end = hit
        list_number, own_number = list_of[number]
        if own_number < 0:
            found[list_number].append(hit)
        elif not (word := words[number]) or line[start - 1 : end - 1] == word:
            found[list_number].append((own_number, start - 1, end - 1))
    return found


@lru_cache(maxsize=1)
def _compiled(n_lists: int) -> tuple[AhoCorasick, list[tuple[int, int]], list[str]]:
    """One automaton for the lists declared so far, and by pattern the numbers of its list and of the word in it.

    The list across lines comes first and its own numbers are -1, since those of the patterns are the same. Last each
    word itself where its spaces must be spaces, else nothing.
    """
    lists = sorted(_declared[:n_lists], key=lambda signs: not signs.across_lines)
    words = [word for signs in lists for word in signs.words]
    list_of = [
        (_declared.index(signs), -1 if signs.across_lines else own)
        for signs in lists
        for own in range(len(signs.words))
    ]
    automaton = AhoCorasick(words, implementation=Implementation.DFA)
    return automaton, list_of, [word if " " in word else "" for word in words]
