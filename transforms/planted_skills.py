"""Planted markets of whole adverts: skills that are ranked, go together, form clusters and move pay.

Truth is what an employer drawn from the same population is expected to ask or pay; sizes of employers are
stated by kind, and employers differ from each other by more than chance, as real ones do.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator, default_rng

from transforms.estimate.employers import Floats, Integers
from transforms.estimate.lasso import Flags

KINDS = ("equal employers", "few equal employers", "uneven employers", "three employers hold half")
EMPLOYERS = {
    "equal employers": 150,
    "few equal employers": 60,
    "uneven employers": 150,
    "three employers hold half": 120,
}
FAMILIES = 600


@dataclass(frozen=True)
class Adverts:
    """Adverts by employer: code (n) and the skills asked for (n x S)."""

    employers: Integers
    skills: Flags


@dataclass(frozen=True)
class PaidAdverts:
    """Adverts with pay: ``premium`` (S) is the truth in log points, ``controls`` are codes (n each)."""

    adverts: Adverts
    log_pay: Floats
    controls: tuple[Integers, ...]
    premium: Floats


def rng_of(kind: str, *parts: int) -> Generator:
    """Random numbers of one market; the same parts give the same."""
    return default_rng([KINDS.index(kind), *parts])


def employer_sizes(kind: str, rng: Generator, *, families: int = FAMILIES) -> Integers:
    """Families of each employer, about so many in all, at least one each."""
    k = EMPLOYERS[kind]
    weights = np.ones(k)
    if kind == "uneven employers":
        weights = np.exp(rng.normal(0.0, 1.0, k))
    if kind == "three employers hold half":
        weights[:3] = (k - 3) / 3
    return np.asarray(np.maximum(1, np.rint(families * weights / weights.sum())), dtype=np.int64)


def independent_skills(kind: str, rng: Generator, shares: Floats, *, correlation: float) -> Adverts:
    """Every skill by itself: an employer's share of each is Beta with this mean and intra-employer correlation."""
    sizes = employer_sizes(kind, rng)
    spread = (1 - correlation) / correlation
    of_employer = rng.beta(shares * spread, (1 - shares) * spread, size=(len(sizes), len(shares)))
    employers = np.repeat(np.arange(len(sizes)), sizes)
    return Adverts(employers, rng.random((len(employers), len(shares))) < of_employer[employers])


def with_a_pair(adverts: Adverts, rng: Generator) -> Adverts:
    """The same adverts, but in half of them skill 1 is asked for just where skill 0 is."""
    skills = adverts.skills.copy()
    copied = rng.random(len(skills)) < 0.5
    skills[copied, 1] = skills[copied, 0]
    return Adverts(adverts.employers, skills)


def clustered_skills(
    kind: str, rng: Generator, *, n_clusters: int = 5, size: int = 8, n_noise: int = 6
) -> tuple[Adverts, list[int]]:
    """Skills asked for in bundles, and skills of no bundle; with the bundle of each, -1 for none."""
    sizes = employer_sizes(kind, rng, families=2 * FAMILIES)
    employers = np.repeat(np.arange(len(sizes)), sizes)
    bundle = np.repeat(np.arange(n_clusters), size)
    liking = 0.15 + 0.5 * rng.random((len(sizes), n_clusters)) * (rng.random((len(sizes), n_clusters)) < 0.5)
    wanted = rng.random((len(employers), n_clusters)) < liking[employers]
    inside, outside = rng.uniform(0.3, 0.8, len(bundle)), rng.uniform(0.02, 0.12, len(bundle))
    bundled = rng.random((len(employers), len(bundle))) < np.where(wanted[:, bundle], inside, outside)
    noise = rng.random((len(employers), n_noise)) < rng.uniform(0.05, 0.5, n_noise)
    return Adverts(employers, np.hstack([bundled, noise])), [*bundle.tolist(), *[-1] * n_noise]


PREMIUM = (0.10, 0.05, 0.0, 0.15, -0.05, 0.08)


def paid_adverts(kind: str, rng: Generator, *, n_skills: int = 20) -> PaidAdverts:
    """Pay from level, region, the employer, six skills and chance; skills go together and with the level."""
    sizes = employer_sizes(kind, rng)
    employers = np.repeat(np.arange(len(sizes)), sizes)
    n = len(employers)
    level, month, region = rng.integers(0, 4, n), rng.integers(0, 12, n), rng.integers(0, 4, n)
    taste = 0.7 * rng.normal(size=(n, 3)) + 0.5 * rng.normal(size=(len(sizes), 3))[employers]
    common = np.arange(n_skills) % 4 == 0
    skills = taste[:, np.arange(n_skills) % 3] + rng.normal(size=(n, n_skills)) > np.where(common, -0.3, 0.8)
    skills[:, 0] |= (level == 3) & (rng.random(n) < 0.3)
    premium = np.zeros(n_skills)
    premium[: len(PREMIUM)] = PREMIUM
    log_pay = 11 + 0.15 * level + 0.05 * region + skills @ premium
    log_pay += rng.normal(0, 0.25, len(sizes))[employers] + rng.normal(0, 0.2, n)
    return PaidAdverts(Adverts(employers, skills), log_pay, (level, month, region), premium)
