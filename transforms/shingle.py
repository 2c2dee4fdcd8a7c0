"""Words and word shingles of many texts at once, as 64-bit numbers that any machine gives alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]

SHINGLE_WORDS = 3
"""Three words: a changed word costs three shingles; two words are shared by unrelated adverts of one trade."""

LONGEST = 100_000
"""Characters of a text that are signed. The longest real advert seen has 40,000; more is junk."""

_BASE = 0x9E3779B97F4A7C15
_WORD_CHARACTERS = b"abcdefghijklmnopqrstuvwxyz0123456789+#"
"""`+` and `#` are part of a word: C++ and C# are two. So is every byte of a letter outside ASCII."""

_SIGN_LEADS = {0xC2: 2, 0xE2: 3, 0xF0: 4}
"""First byte and length of UTF-8 characters that are signs (U+0080-U+00BF, U+2000-U+2FFF) or emoji, not letters:
sources write the same quotes and bullets in either way."""


@dataclass(frozen=True)
class Shingled:
    """Texts as numbers. Text i has shingles ``shingles[offsets[i]:offsets[i + 1]]``, ascending and distinct.

    ``shingles`` are below 2**32; ``n_words`` and ``sequences`` (hash of all words in order) have one entry a text.
    """

    shingles: Numbers
    offsets: Numbers
    n_words: Numbers
    sequences: Words


def shingled(texts: Sequence[str]) -> Shingled:
    """Returns the shingles of cleaned texts; case, punctuation and spacing do not matter.

    A text of one or two words has one shingle, one without words none.
    """
    words, offsets = _words([text[:LONGEST].lower().encode("utf-8", "replace") for text in texts])
    n_words = np.diff(offsets)
    document = np.repeat(np.arange(len(texts)), n_words)
    padded = np.concatenate([words, np.zeros(SHINGLE_WORDS - 1, dtype=np.uint64)])
    position = np.arange(len(words))
    left = offsets[1:][document] - position
    numbers = np.zeros(len(words), dtype=np.uint64)
    for step in range(SHINGLE_WORDS):
        word = np.where(left > step, padded[step : step + len(words)], np.uint64(0))
        numbers = mixed(numbers * np.uint64(_BASE) + word)
    whole = (left >= SHINGLE_WORDS) | (position == offsets[:-1][document])
    keys = (document[whole].astype(np.uint64) << np.uint64(32)) | (numbers[whole] >> np.uint64(32))
    keys.sort()
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    counts = np.bincount((keys >> np.uint64(32)).astype(np.int64), minlength=len(texts))
    return Shingled(
        (keys & np.uint64(0xFFFFFFFF)).astype(np.int64),
        _from_counts(counts),
        n_words,
        _sequences(words, offsets),
    )


def mixed(numbers: Words) -> Words:
    """Returns splitmix64's last step: every bit of a number moves about half the bits (Steele et al. 2014)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _words(texts: Sequence[bytes]) -> tuple[Words, Numbers]:
    """Hash of each word, and the offsets of the texts in them.

    The hash is a polynomial in the word's bytes: a difference of running sums, so no word is touched by Python.
    """
    data = np.frombuffer(b"\n".join([*texts, b""]), dtype=np.uint8)
    is_word = np.concatenate([[False], _is_word()[data], [False]])
    for lead, length in _SIGN_LEADS.items():
        signs = np.flatnonzero(data == lead) + 1
        for step in range(length):
            is_word[signs + step] = False
    edges = np.flatnonzero(is_word[1:] != is_word[:-1])
    starts, ends = edges[::2], edges[1::2]
    powers, inverses = _powers(_size_above(len(data)))
    sums = np.zeros(len(data) + 1, dtype=np.uint64)
    np.cumsum(_byte_values()[data] * powers[: len(data)], out=sums[1:])
    words = mixed((sums[ends] - sums[starts]) * inverses[starts])
    begins = _from_counts(np.array([len(text) + 1 for text in texts], dtype=np.int64))
    return words, np.searchsorted(starts, begins).astype(np.int64)


def _sequences(words: Words, offsets: Numbers) -> Words:
    powers, inverses = _powers(_size_above(len(words)))
    sums = np.zeros(len(words) + 1, dtype=np.uint64)
    np.cumsum(words * powers[: len(words)], out=sums[1:])
    starts = np.minimum(offsets[:-1], len(inverses) - 1)
    return mixed((sums[offsets[1:]] - sums[offsets[:-1]]) * inverses[starts])


def _from_counts(counts: npt.NDArray[np.int64]) -> Numbers:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def _size_above(n: int) -> int:
    """Sizes in powers of two, so that few tables of powers are kept."""
    return 1 << max(n, 1 << 16).bit_length()


@cache
def _powers(size: int) -> tuple[Words, Words]:
    """Powers of an odd number modulo 2**64, and of its inverse."""
    found = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        factors = np.full(size, base, dtype=np.uint64)
        factors[0] = 1
        found.append(np.cumprod(factors, dtype=np.uint64))
    return found[0], found[1]


@cache
def _byte_values() -> Words:
    return mixed(np.arange(1, 257, dtype=np.uint64) * np.uint64(_BASE))


@cache
def _is_word() -> npt.NDArray[np.bool_]:
    found = np.zeros(256, dtype=np.bool_)
    found[list(_WORD_CHARACTERS)] = True
    found[128:] = True
    return found
