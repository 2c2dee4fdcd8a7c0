"""Signatures of advert texts: what tells, without the text, whether two adverts say the same."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from schemas.core_signature import CoreSignature
from schemas.derive import arrow_schema
from transforms.shingle import Numbers, Shingled, Words, mixed, shingled
from transforms.text import clean

BINS = 64
ROWS = 2
BANDS = BINS // ROWS
"""32 bands of 2: two texts of Jaccard .5 share a band with probability 1 - (1 - .25)**32 = .9999, of .1 with .28.
Pairs are confirmed exactly, and only texts of one employer meet, so a few needless pairs cost less than a miss."""

_BIN_SHIFT = np.uint64(26)
_EMPTY = np.uint64(1 << 63)


@dataclass(frozen=True)
class Signature:
    """Shingles of texts and their bands, BANDS numbers a text (those of a text without words mean nothing)."""

    shingled: Shingled
    bands: Numbers


def sign(texts: list[str]) -> Signature:
    """Returns the signatures of cleaned texts.

    One-permutation MinHash (Li, Owen, Zhang 2012): a shingle's first bits name its bin, the least of each bin
    stays; empty bins borrow from another one (Shrivastava 2017).
    """
    found = shingled(texts)
    return Signature(found, _bands(_least(found, len(texts))))


def sign_batch(batch: pa.Table, signature_version: str) -> pa.Table:
    """Returns core_signature of a batch with posting_version, text and text_format, sorted by its key."""
    batch = batch.select(["posting_version", "text", "text_format"]).sort_by("posting_version")
    texts = [
        clean(text, kind)
        for text, kind in zip(batch["text"].to_pylist(), batch["text_format"].to_pylist(), strict=True)
    ]
    signature = sign(texts)
    words = signature.shingled
    offsets = pa.array(words.offsets, pa.int32())
    has_words = words.n_words > 0
    band_offsets = pa.array(np.concatenate([[0], np.cumsum(has_words * BANDS)]), pa.int32())
    keys = [f"{number:016x}" if n else "" for number, n in zip(words.sequences, words.n_words, strict=True)]
    columns = [
        batch["posting_version"].combine_chunks(),
        pa.array([signature_version] * len(texts), pa.string()),
        pa.array(keys, pa.string()),
        pa.array(words.n_words, pa.int64()),
        pa.ListArray.from_arrays(offsets, pa.array(words.shingles, pa.int64())),
        pa.ListArray.from_arrays(band_offsets, pa.array(signature.bands[has_words].ravel(), pa.int64())),
    ]
    return pa.Table.from_arrays(columns, schema=arrow_schema(CoreSignature))


def _least(found: Shingled, n_texts: int) -> Words:
    """Least shingle of each bin, BINS a text."""
    document = np.repeat(np.arange(n_texts), np.diff(found.offsets))
    numbers = found.shingles.astype(np.uint64)
    bins = (numbers >> _BIN_SHIFT).astype(np.int64)
    at = document * BINS + bins
    first = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]])) if len(at) else at
    least = np.full(n_texts * BINS, _EMPTY, dtype=np.uint64)
    least[at[first]] = numbers[first]
    return _borrowed(least.reshape(n_texts, BINS))


def _borrowed(least: Words) -> Words:
    """Fills empty bins from the first filled one in an order of their own."""
    own = least.copy()
    rows, bins = np.nonzero(own == _EMPTY)
    for lender in _lenders():
        if not len(rows):
            break
        least[rows, bins] = own[rows, lender[bins]]
        still = least[rows, bins] == _EMPTY
        rows, bins = rows[still], bins[still]
    return least


@cache
def _lenders() -> npt.NDArray[np.int64]:
    """Row k: for each bin the k-th bin it asks; a column is a permutation, so a filled bin is always found."""
    ranks = mixed(np.arange(1, BINS * BINS + 1, dtype=np.uint64)).reshape(BINS, BINS)
    return np.argsort(ranks, axis=0)


def _bands(least: Words) -> Numbers:
    """Two bins make a band; its place goes into its number, so equal numbers mean the same band."""
    pairs = least.reshape(len(least), BANDS, ROWS)
    place = np.arange(1, BANDS + 1, dtype=np.uint64)
    numbers = mixed(mixed(pairs[:, :, 0] + (place << np.uint64(40))) + pairs[:, :, 1])
    found: Numbers = (numbers >> np.uint64(32)).astype(np.int64)
    return found
