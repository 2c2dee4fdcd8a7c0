"""Words of taxonomy labels and of adverts, cut to stems so that both meet."""

import re
from functools import lru_cache

WORD = re.compile(r"[a-z0-9][a-z0-9+#]*(?:[.'][a-z0-9+#]+)*|\.net\b")
"""Letters and digits, with what belongs to names: c++, c#, node.js, .net."""

FUNCTION_WORDS = frozenset(
    re.findall(
        r"\w+",
        "a an the of and or in on at to for with by from as is are be you your we our will that this these those it "
        "its their they has have had can may etc other such who which within into about s",
    )
)

_SUFFIXES = (
    ("ational", "ate", 8),
    ("isation", "ise", 8),
    ("ization", "ise", 8),
    ("izing", "ise", 7),
    ("ising", "ise", 7),
    ("ized", "ise", 6),
    ("ised", "ise", 6),
    ("ize", "ise", 5),
    ("ies", "y", 5),
    ("ments", "ment", 7),
    ("ings", "", 6),
    ("ing", "", 6),
    ("edly", "", 7),
    ("ied", "y", 5),
    ("ed", "", 5),
    ("es", "", 5),
    ("s", "", 4),
    ("ly", "", 6),
)
"""Ending, what replaces it, and the shortest word it is taken from; the first that fits is taken."""

_KEEP_DOUBLE = "ls"
"""sell, process: these keep their double letter, plann(ed) loses it."""


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Returns the word without its English endings; short words and names with signs or digits stay whole.

    British and American spelling meet (organise, organize). Over-cutting is harmless as long as labels and
    texts are cut alike: a stem is a key, never shown.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    for suffix, replacement, shortest in _SUFFIXES:
        # "process", "status", "analysis" end in s and are no plurals.
        no_plural = suffix == "s" and word.endswith(("ss", "us", "is"))
        if word.endswith(suffix) and len(word) >= shortest and not no_plural:
            word = word[: -len(suffix)] + replacement
            break
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in _KEEP_DOUBLE:
        word = word[:-1]
    return word


def stems(text: str) -> list[tuple[str, int, int]]:
    """Returns (stem, start, end) of every word that is no function word, in order; offsets are the text's own.

    A text whose length changes in lower case (a Turkish dotted I) is folded character by character.
    """
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return [
        (stem(match[0]), match.start(), match.end())
        for match in WORD.finditer(lower)
        if match[0] not in FUNCTION_WORDS
    ]
