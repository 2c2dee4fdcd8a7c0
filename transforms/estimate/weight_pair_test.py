"""Fills weight_pair_test: errors, test, q and EB05 of the pairs of published skills, the pool included."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_pair_test import WeightPairTest
from transforms.estimate.cells import FAMILY, Cell, cells, ordered
from transforms.estimate.cells import SELECTS as CELLS
from transforms.estimate.employers import Floats, Integers, t_quantile
from transforms.estimate.lasso import Flags
from transforms.estimate.pairs import Pairs, benjamini_hochberg, pairs
from transforms.estimate.shrinkage import fit_prior, lower_point
from transforms.interval import korn_graubard, precise, publication_standard

POOL = FAMILY.replace("occupation_kind = 'role'", "occupation_kind = 'pool'")
"""The same of the pool of all adverts."""

SELECTS = CELLS | {"pool": POOL}
DECIMALS = 9
LEAST_NOISE = 0.05
"""Two skills of nearly every advert tell no more together than 20 Poisson counts would."""


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_pair_test by occupation, period and pair; pairs below ``k_leave`` families are left out."""
    tables = [
        _rows(cell, parameters)
        for name in ("pool", "family")
        for cell in cells(ordered(frames[name]), frames["published"], frames["skill"])
        if len(cell.skill_ids) > 1
    ]
    return pa.concat_tables(tables) if tables else arrow_schema(WeightPairTest).empty_table()


def _rows(cell: Cell, parameters: Mapping[str, Any]) -> pa.Table:
    n_skills = len(cell.skill_ids)
    found = pairs(cell.asked, cell.employers)
    upper = np.triu_indices(n_skills, 1)
    # The family of tests follows from the margins, never from what was found in the pair itself.
    tested = found.expected[upper] >= float(parameters["pair_expected_min"])
    # As many effective employers as the test needs: K = df + 1.
    if found.df + 1.0 < float(parameters["df_min"]):
        tested[:] = False
    p_values, q_values = np.full((2, n_skills, n_skills), np.nan)
    p_values[upper[0][tested], upper[1][tested]] = found.p_value[upper][tested]
    q_values[upper[0][tested], upper[1][tested]] = benjamini_hochberg(found.p_value[upper][tested])
    enough = found.both >= int(parameters["k_leave"])
    np.fill_diagonal(enough, False)
    eb05 = np.full((n_skills, n_skills), np.nan)
    simple = _simple_variance(found, len(cell.asked))
    shown = enough[upper]
    eb05[upper[0][shown], upper[1][shown]] = lower_lifts(found, len(cell.asked), shown)
    level = float(parameters["ci_level"])
    firsts, seconds = np.nonzero(enough)
    share, low, high, size = _given_first(cell, found, firsts, seconds, level)
    either = np.minimum(firsts, seconds), np.maximum(firsts, seconds)
    names = pa.array(cell.skill_ids, pa.string())
    columns: dict[str, Any] = {
        "skill_id": names.take(pa.array(firsts)),
        "paired_skill_id": names.take(pa.array(seconds)),
        # Never below that of as many adverts of their own, as the intervals of shares (Korn, Graubard).
        "log_lift_se": _rounded(np.maximum(found.log_lift_se[either], simple[either] ** 0.5)),
        "given_ci_low": _rounded(low),
        "given_ci_high": _rounded(high),
        "is_precise": precise(share, low, high, size, standard=publication_standard(parameters)),
        "p_value": _rounded(p_values[either]),
        "q_value": _rounded(q_values[either]),
        "lift_eb05": _rounded(eb05[either]),
    }
    of_cell = {
        "t_quantile": round(t_quantile(level, found.df), DECIMALS),
        "pair_df": round(found.df, DECIMALS),
    }
    columns |= {name: pa.repeat(value, len(firsts)) for name, value in (cell.key | of_cell).items()}
    schema = arrow_schema(WeightPairTest)
    return pa.table([columns[name] for name in schema.names], names=schema.names).cast(schema)


def _given_first(
    cell: Cell, found: Pairs, firsts: Integers, seconds: Integers, level: float
) -> tuple[Floats, Floats, Floats, Floats]:
    """Share of the first skill's families that ask for the second, the ends of its interval, its effective n.

    The employers that count are those of the first skill's families.
    """
    asking = np.zeros((int(cell.employers.max(initial=-1)) + 1, len(cell.skill_ids)))
    np.add.at(asking, cell.employers, cell.asked)
    effective = asking.sum(axis=0) ** 2 / np.maximum((asking**2).sum(axis=0), 1.0)
    if not len(firsts):
        return np.zeros(0), np.zeros(0), np.zeros(0), np.zeros(0)
    both, first = (found.both[firsts, other].astype(np.float64) for other in (seconds, firsts))
    ends = korn_graubard(
        both,
        first,
        found.conditional_variance[firsts, seconds],
        effective[firsts],
        level=level,
    )
    return both / first, ends.low, ends.high, ends.n_effective


def _simple_variance(found: Pairs, n: int) -> Floats:
    """Variance of the log lift of independent adverts, 0 where none has both (Agresti, section 16.1)."""
    both, margins = found.both.astype(np.float64), np.diag(found.both).astype(np.float64)
    known = both > 0
    value = 1 / np.where(known, both, 1.0) - 1 / margins[:, None] - 1 / margins[None, :]
    return np.where(known, np.maximum(value + (2 * both / found.expected - 1) / n, 0.0), 0.0)


def lower_lifts(found: Pairs, n: int, shown: Flags) -> Floats:
    """EB05 of the lift of the ``shown`` pairs of ``n`` adverts; all pairs make the prior. In order of np.triu_indices.

    Counts and expectations are deflated by the pair's design effect, times what independent adverts with these two
    margins scatter as a share of Poisson's variance: (1 - p)(1 - q), the null variance of Agresti's section 16.1.

    The effect is the variance of the log lift between employers over that of independent adverts; where no
    family has both, the median of the others. Never below 1: employers don't add families.
    """
    upper = np.triu_indices(len(found.both), 1)
    both, expected = found.both[upper].astype(np.float64), found.expected[upper]
    simple = _simple_variance(found, n)[upper]
    known = simple > 0
    effect = np.ones(len(both))
    effect[known] = found.log_lift_se[upper][known] ** 2 / simple[known]
    effect[~known] = np.median(effect[known]) if known.any() else 1.0
    margins = np.diag(found.both) / n
    rest = ((1 - margins)[:, None] * (1 - margins)[None, :])[upper]
    noise = np.maximum(effect, 1.0) * np.maximum(rest, LEAST_NOISE)
    prior = fit_prior(both / noise, expected / noise)
    return lower_point((both / noise)[shown], (expected / noise)[shown], prior)


def _rounded(values: Floats) -> pa.Array:
    """The values at DECIMALS decimals; what is no number has none."""
    return pa.array(np.round(values, DECIMALS), mask=np.isnan(values))
