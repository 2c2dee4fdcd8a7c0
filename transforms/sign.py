"""Plain words without which a slower expression can match nothing, found for all expressions in one scan of a text."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, Implementation

from transforms.text import fold

Place = tuple[int, int, int]
"""Number of the word in its list, and where it stands in the text: start and end."""

_declared: list["Signs"] = []


class Stems:
    """Words looked for in titles and lines: in lower case."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = tuple(words)
        self._own = AhoCorasick(self.words, implementation=Implementation.DFA)

    def stand_in(self, short: str) -> bool:
        """Whether one of the words stands in a text given in lower case."""
        return bool(self._own.find_matches_as_indexes(short))

    def all_in(self, short: str) -> list[Place]:
        """Returns where the words stand in a text given in lower case, in order of their ends; they may overlap."""
        found: list[Place] = self._own.find_matches_as_indexes(short, overlapping=True)
        return found


class Signs(Stems):
    """Words looked for in whole texts too: in lower case, of ASCII characters, with the apostrophe of typewriters.

    One scan for the words of all lists takes a third of what a scan for each list takes.
    """

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        wide = [word for word in self.words if not word.isascii() or word != word.lower()]
        if wide:
            raise ValueError(f"signs must be lower case and ASCII: {', '.join(wide)}")
        self._number = len(_declared)
        _declared.append(self)

    def places(self, text: str) -> list[Place]:
        """Returns where the words stand in a text, written in any case, in order of their ends; they may overlap."""
        first, hits = _scanned(text, len(_declared))[self._number]
        return [(number - first, start, end) for number, start, end in hits]

    def starts(self, text: str) -> list[int]:
        """Returns where the words begin in a text, in order of their ends."""
        return [start for _, start, _ in _scanned(text, len(_declared))[self._number][1]]

    def are_in(self, text: str) -> bool:
        """Whether one of the words stands in a text."""
        return bool(_scanned(text, len(_declared))[self._number][1])


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
def _scanned(text: str, n_lists: int) -> list[tuple[int, list[Place]]]:
    """For each list the number of its first word among the words of all lists, by which the places count, and the
    places of its words. Remembered, as fold is: each list is asked for on its own."""
    automaton, list_of, firsts = _compiled(n_lists)
    found: list[tuple[int, list[Place]]] = [(first, []) for first in firsts]
    for hit in automaton.find_matches_as_indexes(plain(text), overlapping=True):
        found[list_of[hit[0]]][1].append(hit)
    return found


@lru_cache(maxsize=1)
def _compiled(n_lists: int) -> tuple[AhoCorasick, list[int], list[int]]:
    """One automaton for the lists declared so far, by pattern the number of its list, and the first of each list."""
    lists = _declared[:n_lists]
    list_of = [number for number, signs in enumerate(lists) for _ in signs.words]
    words = [word for signs in lists for word in signs.words]
    firsts = list(accumulate((len(signs.words) for signs in lists[:-1]), initial=0))
    return AhoCorasick(words, implementation=Implementation.DFA), list_of, firsts
