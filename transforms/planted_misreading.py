"""A reader that errs in planted markets, judges of a sample of it, and how often each interval holds the truth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import default_rng

from transforms.estimate.double_sampling import Proportion, clopper_pearson, corrected, correction
from transforms.planted import MARKETS, PlantedMarket, employer_counts, estimates
from transforms.planted_bars import Figure

SKILLS = (0.05, 0.1, 0.2, 0.3, 0.5)
"""True shares of the skills of one class."""

JUDGED = (300, 600)
"""Adverts judged of those a class was read in, and of those it was not."""


@dataclass(frozen=True)
class Reader:
    """How a reader errs: what it reads of what asks, and how much of what it reads does ask, alike for each skill."""

    recall: float
    precision: float


READERS = (Reader(0.7, 0.95), Reader(0.9, 0.7), Reader(0.6, 0.6))


@dataclass(frozen=True)
class MisreadCoverage:
    """How often the raw and the corrected interval of each skill hold the true share, and how wide they are."""

    raw: float
    corrected: float
    worst_skill: float
    raw_width: float
    corrected_width: float


def misread_figures(method: Mapping[str, Any], *, n_seeds: int, seed: int) -> list[Figure]:
    """Coverage of raw and corrected shares for each reader over all markets; the raw one has no bar: it should fail."""
    found = []
    for reader in READERS:
        markets = [
            misread_coverage(
                market, reader, judged=JUDGED, level=method["ci_level"], n_seeds=n_seeds, seed=seed
            )
            for market in MARKETS
        ]
        name = f"recall {reader.recall}, precision {reader.precision}"
        raw = float(np.mean([one.raw for one in markets]))
        held = [one.corrected for one in markets]
        mean, worst = float(np.mean(held)), min(held)
        found += [
            Figure("raw_share", name, "coverage, mean of markets", raw, "", None),
            Figure("corrected_share", name, "coverage, mean of markets", mean, ">= 0.93", mean >= 0.93),
            Figure("corrected_share", name, "coverage, worst market", worst, ">= 0.87", worst >= 0.87),
        ]
    return found


def misread_coverage(
    market: PlantedMarket, reader: Reader, *, judged: tuple[int, int], level: float, n_seeds: int, seed: int
) -> MisreadCoverage:
    """Coverage over seeds; ``judged`` are adverts drawn from the class's read and unread ones, every skill alike.

    A skill's reads are its true ones found plus false ones, so many that the share of right reads is the reader's.
    """
    rng = default_rng([seed, round(1000 * reader.recall), round(1000 * reader.precision)])
    drawn, reads_of, true_of, missed_of, unread_of = [], 0, 0, 0, 0
    for share in SKILLS:
        families, asking = employer_counts(market, share, n_seeds=n_seeds, seed=seed)
        found = rng.binomial(asking, reader.recall)
        false_rate = share * reader.recall * (1 - reader.precision) / reader.precision / (1 - share)
        read = found + rng.binomial(families - asking, false_rate)
        drawn.append((share, estimates(families, read, level=level)))
        reads_of = reads_of + read.sum(axis=1)
        true_of = true_of + found.sum(axis=1)
        missed_of = missed_of + (asking - found).sum(axis=1)
        unread_of = unread_of + (families - read).sum(axis=1)
    n_read, n_unread = np.asarray(reads_of), np.asarray(unread_of)
    judged_read, judged_unread = np.minimum(judged[0], n_read), np.minimum(judged[1], n_unread)
    right = rng.hypergeometric(true_of, n_read - true_of, judged_read)
    missed = rng.hypergeometric(missed_of, n_unread - missed_of, judged_unread)
    factor = correction(
        clopper_pearson(right.astype(np.float64), judged_read.astype(np.float64), level=level),
        clopper_pearson(missed.astype(np.float64), judged_unread.astype(np.float64), level=level),
        n_unread / n_read,
    )
    precision = right / judged_read
    raw_held, held, raw_width, width = [], [], [], []
    for share, found_share in drawn:
        value = found_share.share * factor.value
        told = (value > 0) & (value < precision) & (found_share.share < 1)
        ends = corrected(
            Proportion(found_share.share[told], found_share.low[told], found_share.high[told]),
            Proportion(factor.value[told], factor.low[told], factor.high[told]),
            precision[told],
            found_share.n_effective[told] / found_share.n_denominator[told],
        )
        raw_held.append(float(((found_share.low <= share) & (share <= found_share.high)).mean()))
        held.append(float(((ends.low <= share) & (share <= ends.high)).mean()))
        raw_width.append(float(np.median(found_share.high - found_share.low)))
        width.append(float(np.median(ends.high - ends.low)))
    raw, told_mean, before, after = (float(np.mean(values)) for values in (raw_held, held, raw_width, width))
    return MisreadCoverage(raw, told_mean, min(held), before, after)
