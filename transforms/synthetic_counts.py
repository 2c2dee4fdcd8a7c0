"""A labour market as counts: adverts with role, employer, day and skills as numbers, no text, drawn at once.

For measuring how the estimates behave at a size no test can hold. Nothing in it is planted to be found
again (`planted.py` does that); only its proportions are those of a market: few large employers and roles,
many small ones; common skills and rare ones; bundles of skills within a role; gaps where adverts are silent.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

Integers = NDArray[np.int64]

SKILLS_PER_ROLE = 160
GENERAL_SKILLS = 100
"""Skills any role may ask for, as written communication; every fifth of a role's skills is one of them."""

ROLES_ALIKE = 5
"""Roles that draw on the same special skills, as those of one major group."""

BUNDLES = 4
BUNDLE_SHARE = 0.6
"""Share of an advert's skills that come from its own bundle: clusters exist."""

DRAWS = 17.5
"""Mean draws of a skill for an advert; some fall on the same skill, about 14 are left."""

AGAIN_EVERY = 12
"""Each twelfth advert is the one before it once more: one family."""

SEPARATED_EVERY = 50
"""Each fiftieth advert is for two roles and separates them."""

UNSPLIT_EVERY = 70
"""Each seventieth is for two roles and does not."""

REQUIREMENTS = (0.45, 0.15)
"""Shares of required and preferred; the others are merely mentioned."""

LEVELS = (0.15, 0.35, 0.25, 0.1)
"""Entry, mid, senior, lead; the others don't tell."""

PAID = 0.35
SOURCES = 6
COUNTRIES = 5
CHUNK = 100_000
"""Adverts whose skills are drawn at a time: memory does not grow with the market."""


@dataclass(frozen=True)
class MarketSize:
    """How much of a market is drawn."""

    n_postings: int
    n_roles: int = 500
    n_employers: int = 20_000
    n_skills: int = 4_000
    n_days: int = 1_095


def drawn_postings(size: MarketSize, seed: int) -> pa.Table:
    """One row per advert: numbers (from 0) of what it has; `-1` where it is silent.

    Columns posting, family, role, second_role, split (0 one role, 1 two apart, 2 two in one), employer,
    source, country, day, level, pay (in hundreds a year).
    """
    draws = np.random.Generator(np.random.PCG64([seed, 1]))
    n = size.n_postings
    number = np.arange(n, dtype=np.int64)
    role = _zipf(draws, n, size.n_roles, 20)
    employer = _zipf(draws, n, size.n_employers, 10)
    level = np.searchsorted(np.cumsum(LEVELS), draws.random(n))
    pay = np.rint(np.exp(10.4 + 0.18 * level + 0.001 * role + draws.normal(0, 0.25, n)) / 100)
    again = number % AGAIN_EVERY == AGAIN_EVERY - 1
    of = number - again
    split = np.where(of % SEPARATED_EVERY == 0, 1, np.where(of % UNSPLIT_EVERY == 0, 2, 0))
    return pa.table(
        {
            "posting": number,
            "family": of,
            "role": role[of],
            "second_role": (role[of] + 1) % size.n_roles,
            "split": split,
            "employer": employer[of],
            "source": (employer[of] * 7 + of) % SOURCES,
            "country": np.where(draws.random(n) < 0.2, -1, draws.integers(0, COUNTRIES, n)),
            "day": np.minimum(draws.integers(0, size.n_days, n)[of] + 20 * again, size.n_days - 1),
            "level": level[of],
            "pay": np.where(draws.random(n) < PAID, pay, -1).astype(np.int64),
        }
    )


def drawn_skills(size: MarketSize, postings: pa.Table, seed: int, chunk: int) -> pa.Table:
    """One row per family of chunk number ``chunk`` and skill: family, skill, requirement (0 is the strongest)."""
    draws = np.random.Generator(np.random.PCG64([seed, 2, chunk]))
    rows = postings.slice(chunk * CHUNK, CHUNK)
    family, role = rows["family"].to_numpy(), rows["role"].to_numpy()
    first = family == rows["posting"].to_numpy()
    family, role = family[first], role[first]
    times = draws.poisson(DRAWS - 1, len(family)) + 1
    owner = np.repeat(np.arange(len(family)), times)
    of_bundle = SKILLS_PER_ROLE // BUNDLES
    own = draws.integers(0, BUNDLES, len(family))[owner]
    bundle = np.where(draws.random(len(owner)) < BUNDLE_SHARE, own, draws.integers(0, BUNDLES, len(owner)))
    place = _zipf(draws, len(owner), of_bundle, 2) * BUNDLES + bundle
    skill = _skill_of_place(size)[role[owner] // ROLES_ALIKE, place]
    key = np.unique(owner * size.n_skills + skill)
    requirement = np.searchsorted(np.cumsum(REQUIREMENTS), draws.random(len(key)))
    return pa.table(
        {
            "family": family[key // size.n_skills],
            "skill": key % size.n_skills,
            "requirement": requirement.astype(np.int64),
        }
    )


def _skill_of_place(size: MarketSize) -> Integers:
    """Skill at each place of each group of roles, commonest first; groups x SKILLS_PER_ROLE."""
    draws = np.random.Generator(np.random.PCG64(3))
    n_groups = -(-size.n_roles // ROLES_ALIKE)
    table = np.empty((n_groups, SKILLS_PER_ROLE), dtype=np.int64)
    for group in range(n_groups):
        special = draws.permutation(size.n_skills - GENERAL_SKILLS)[:SKILLS_PER_ROLE] + GENERAL_SKILLS
        general = draws.permutation(GENERAL_SKILLS)[: SKILLS_PER_ROLE // 5]
        table[group] = special
        table[group, ::5] = general
    return table


def _zipf(draws: np.random.Generator, n: int, n_kinds: int, flat: int) -> Integers:
    """Numbers below ``n_kinds`` with chances proportional to 1 / (number + ``flat``)."""
    chances = np.cumsum(1.0 / (np.arange(n_kinds) + flat))
    return np.asarray(np.searchsorted(chances / chances[-1], draws.random(n)), dtype=np.int64)
