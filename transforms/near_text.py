"""Adverts of one employer that say nearly the same: which pairs to look at, and how alike they are."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from transforms.shingle import mixed

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_SENIORITY = (
    "senior junior mid lead principal staff head chief intern internship trainee graduate entry director vp "
    "i ii iii iv v 1 2 3 4 5 6 7 8 9"
)
SENIORITY = frozenset(_SENIORITY.split())
"""Words that make two jobs of one title: they must be the same on both sides."""


@dataclass(frozen=True)
class NearRules:
    """Section [family] of config/method.toml."""

    gap_days: int
    version: str
    near_min: float
    other_title_min: float
    same_title_min: float
    short_words: int
    shared_titles_min: int
    shared_share: float
    own_shingles_min: int
    window: int


@dataclass(frozen=True)
class Adverts:
    """Runs of repeats as arrays, in the order of employer, first day (undated last) and first posting.

    ``employer`` numbers the employers from 0; ``title`` and ``place`` number the distinct ones, 0 being none;
    ``titles`` are the words of each. ``start`` and ``end`` are days since 1970, NO_DAY where unknown. Advert i
    has shingles ``shingles[offsets[i]:offsets[i + 1]]`` and row i of ``bands``.
    """

    employer: Numbers
    title: Numbers
    titles: tuple[frozenset[str], ...]
    place: Numbers
    start: Numbers
    end: Numbers
    n_words: Numbers
    shingles: Numbers
    offsets: Numbers
    bands: Numbers


NO_DAY = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Links:
    """Pairs of adverts that are the same job, one < other; ``same_title`` says which rule, else ``near_text``."""

    one: Numbers
    other: Numbers
    score: npt.NDArray[np.float64]
    same_title: Flags


def links(adverts: Adverts, rules: NearRules) -> Links:
    """Returns the confirmed pairs, in the order of their adverts.

    Compared is what is not the employer's boilerplate: shingles that most of its job titles share have no weight.
    """
    one, other = candidates(adverts, rules.window)
    keep = _in_time(adverts, one, other, rules.gap_days)
    one, other = one[keep], other[keep]
    keep = _titles_agree(adverts, one, other)
    one, other = one[keep], other[keep]
    boilerplate = _boilerplate(adverts, _distinct(adverts.employer[one]), rules)
    own, own_union = jaccard(adverts, one, other, ~boilerplate)
    # Nothing of its own to compare: all of the text decides.
    bare = own_union < rules.own_shingles_min
    score = np.where(bare, jaccard(adverts, one, other, np.ones_like(boilerplate))[0], own)
    short = np.minimum(adverts.n_words[one], adverts.n_words[other]) < rules.short_words
    equal = adverts.title[one] == adverts.title[other]
    known = equal & (adverts.title[one] > 0)
    near = np.where(known | (equal & ~bare & ~short), score >= rules.near_min, score >= rules.other_title_min)
    near &= known | ~(bare | short)
    repost = known & ~bare & ~short & (adverts.place[one] == adverts.place[other])
    repost &= (adverts.start[one] != adverts.start[other]) & (score >= rules.same_title_min)
    found = near | repost
    return Links(one[found], other[found], np.round(score[found], 6), (repost & ~near)[found])


def candidates(adverts: Adverts, window: int) -> tuple[Numbers, Numbers]:
    """Returns pairs of one employer that share a band, each once, in order.

    Inside a band adverts stand by title and age, and each meets the next ``window``: all pairs of a small band,
    and no square of a large one.
    """
    n = len(adverts.employer)
    by_title = np.lexsort((np.arange(n), adverts.title))
    rank = np.empty(n, dtype=np.uint64)
    rank[by_title] = np.arange(n, dtype=np.uint64)
    # Band and employer in 40 bits, the place in the order of titles in 24: one plain sort instead of four keys.
    # Two employers in one number are told apart below.
    employer = mixed(adverts.employer.astype(np.uint64) + np.uint64(1))
    meeting = mixed(adverts.bands.astype(np.uint64) ^ employer[:, None]) & _MEETING
    keys = np.sort((meeting | rank[:, None]).ravel())
    number = by_title[(keys & ~_MEETING).astype(np.int64)]
    found: list[Numbers] = []
    for step in range(1, window + 1):
        meets = np.flatnonzero((keys[step:] ^ keys[:-step]) <= ~_MEETING)
        if not len(meets):
            break
        a, b = number[meets], number[meets + step]
        found.append(_distinct(np.minimum(a, b) * n + np.maximum(a, b)))
    pairs = _distinct(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    one, other = pairs // max(n, 1), pairs % max(n, 1)
    same = adverts.employer[one] == adverts.employer[other]
    return one[same], other[same]


_MEETING = np.uint64(0xFFFFFFFFFF000000)


def jaccard(
    adverts: Adverts, one: Numbers, other: Numbers, weighed: Flags
) -> tuple[npt.NDArray[np.float64], Numbers]:
    """Returns of each pair |A and B| / |A or B| over the weighed shingles (0 where there are none), and |A or B|."""
    counts = np.concatenate([[0], np.cumsum(weighed)])[adverts.offsets]
    table = sparse.csr_array(
        (np.ones(counts[-1], dtype=np.int32), adverts.shingles[weighed], counts),
        shape=(len(counts) - 1, 1 << 32),
    )
    sizes = np.diff(counts)
    both = np.zeros(len(one), dtype=np.int64)
    for start in range(0, len(one), _PAIRS_AT_ONCE):
        part = slice(start, start + _PAIRS_AT_ONCE)
        both[part] = table[one[part]].multiply(table[other[part]]).sum(axis=1)
    union = sizes[one] + sizes[other] - both
    return both / np.maximum(union, 1), union


_PAIRS_AT_ONCE = 20_000


def titles_agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two titles can name one job: the same level, and no word on both sides that the other lacks."""
    if not one or not other:
        return True
    if one & SENIORITY != other & SENIORITY:
        return False
    return one <= other or other <= one


def _in_time(adverts: Adverts, one: Numbers, other: Numbers, gap_days: int) -> Flags:
    """Whether neither began more than the gap after the other was last seen; an undated one may be of any time."""
    start, end = adverts.start, adverts.end
    undated = (start[one] == NO_DAY) | (start[other] == NO_DAY)
    # Subtractions of NO_DAY overflow; such pairs are let through by `undated` whatever comes out.
    near = (start[other] - end[one] <= gap_days) & (start[one] - end[other] <= gap_days)
    found: Flags = undated | near
    return found


def _titles_agree(adverts: Adverts, one: Numbers, other: Numbers) -> Flags:
    a, b = adverts.title[one], adverts.title[other]
    agree: Flags = a == b
    differ = np.flatnonzero(~agree)
    pairs, which = np.unique(np.stack([a[differ], b[differ]]), axis=1, return_inverse=True)
    verdicts = [titles_agree(adverts.titles[x], adverts.titles[y]) for x, y in pairs.T]
    agree[differ] = np.array(verdicts, dtype=np.bool_)[which.ravel()]
    return agree


def _boilerplate(adverts: Adverts, employers: Numbers, rules: NearRules) -> Flags:
    """Which shingles stand under more than a share of the employer's distinct titles, of which there must be some."""
    found = np.zeros(len(adverts.shingles), dtype=np.bool_)
    firsts = np.searchsorted(adverts.employer, employers)
    lasts = np.searchsorted(adverts.employer, employers, side="right")
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        titles = adverts.title[first:last]
        n_titles = len(set(titles[titles > 0].tolist()))
        if n_titles < rules.shared_titles_min:
            continue
        part = slice(adverts.offsets[first], adverts.offsets[last])
        title = np.repeat(titles, np.diff(adverts.offsets[first : last + 1]))
        shingles = adverts.shingles[part]
        under = _distinct(((shingles << 31) | title)[title > 0]) >> 31
        starts = np.flatnonzero(np.concatenate([[True], under[1:] != under[:-1]]))
        counts = np.diff(np.concatenate([starts, [len(under)]]))
        shared = under[starts[counts > rules.shared_share * n_titles]]
        if len(shared):
            at = np.minimum(np.searchsorted(shared, shingles), len(shared) - 1)
            found[part] = shared[at] == shingles
    return found


def _distinct(numbers: Numbers) -> Numbers:
    """Sorted distinct numbers; numpy's own goes by a hash table and takes five times as long."""
    numbers = np.sort(numbers)
    return numbers[np.concatenate([[True], numbers[1:] != numbers[:-1]])] if len(numbers) else numbers
