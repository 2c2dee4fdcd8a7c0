"""Plain words without which a slower expression can match nothing, found for all expressions in one scan of a text."""

from collections.abc import Iterable
from functools import lru_cache

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
    automaton, word_of = _compiled(n_lists)
    found: list[list[Place]] = [[] for _ in range(n_lists)]
    for number, start, end in automaton.find_matches_as_indexes(plain(text), overlapping=True):
        list_number, own_number = word_of[number]
        found[list_number].append((own_number, start, end))
    return found


@lru_cache(maxsize=1)
def _compiled(n_lists: int) -> tuple[AhoCorasick, list[tuple[int, int]]]:
    """One automaton for the lists declared so far: by pattern the numbers of its list and of the word in it."""
    lists = _declared[:n_lists]
    word_of = [(number, own) for number, signs in enumerate(lists) for own in range(len(signs.words))]
    words = [word for signs in lists for word in signs.words]
    return AhoCorasick(words, implementation=Implementation.DFA), word_of
