"""Plain words of which one stands in all that an expression matches, read from the expression itself."""

import re
from collections.abc import Iterable, Sequence
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Words = frozenset[str]


def words_of(pattern: re.Pattern[str], common: Iterable[str] = ()) -> Words:
    """Returns words, in the case of the expression, of which each of its matches holds one; none where it has none.

    Of several sets that would do, one is taken that holds few of the ``common`` words, which tell little, and
    whose shortest word is long. The expression must heed case.
    """
    if pattern.flags & re.IGNORECASE:
        raise ValueError(f"expression {pattern.pattern!r} must heed case to have plain words")
    return _of_parts(_parser.parse(pattern.pattern), frozenset(common)) or frozenset()


def _of_parts(parts: Sequence[tuple[Any, Any]], common: Words) -> Words | None:
    """The best set of what stands one after the other: letters in a row are one word."""
    sets: list[Words] = []
    word = ""
    for kind, value in [*parts, (None, None)]:
        if kind is code.LITERAL:
            word += chr(value)
            continue
        if word:
            sets.append(frozenset([word]))
            word = ""
        found = _of_part(kind, value, common)
        if found:
            sets.append(found)
    return max(sets, key=lambda words: _worth(words, common), default=None)


def _of_part(kind: Any, value: Any, common: Words) -> Words | None:
    if kind is code.SUBPATTERN:
        _, flags_added, _, part = value
        return None if flags_added else _of_parts(part, common)
    if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
        least, _, part = value
        return _of_parts(part, common) if least else None
    if kind is code.BRANCH:
        branches = [_of_parts(branch, common) for branch in value[1]]
        return frozenset[str]().union(*filter(None, branches)) if all(branches) else None
    return None


def _worth(words: Words, common: Words) -> tuple[bool, int, int]:
    is_telling = not any(word.startswith(other) for word in words for other in common)
    shortest = min(map(len, words))
    return is_telling and shortest > 1, min(shortest, 3), -len(words)
