"""Fills weight_specificity: how much oftener a role asks for a skill than all do, shrunken (DuMouchel 1999)."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_specificity import WeightSpecificity
from transforms.estimate.employers import Floats
from transforms.estimate.shrinkage import fit_prior, shrink

# The prior is that of all cells of a period, so all of them are read where any is shown.
SELECTS = {
    "cell": """
        WITH shown AS (
            SELECT occupation, period_start, period_end, skill_id
            FROM weight_part_mask
            WHERE metric = 'specificity' AND status IN ('ok', 'low_reliability')
        ),
        whole AS (
            SELECT period_start, period_end, n_families
            FROM weight_occupation
            WHERE occupation = 'all'
        ),
        pool AS (
            SELECT period_start, period_end, skill_id, n_numerator
            FROM weight_posting_share
            WHERE occupation = 'all' AND n_numerator >= $k_leave
        ),
        role AS (
            SELECT weight_occupation.*
            FROM weight_occupation
            JOIN core_occupation USING (occupation)
            WHERE source_group = 'all' AND geo = 'all' AND occupation_kind = 'role' AND n_families >= $n_min
        )
        SELECT
            role.occupation, role.period_start, role.period_end, pool.skill_id,
            coalesce(share.n_numerator, 0) AS n_numerator,
            role.n_families AS n_denominator,
            role.n_families * pool.n_numerator / whole.n_families AS n_expected_families,
            whole.n_families AS n_all_families,
            role.n_families / weight_share_interval.share_n_effective AS own_design_effect,
            shown.skill_id IS NOT NULL AS shown
        FROM role
        JOIN whole USING (period_start, period_end)
        JOIN pool USING (period_start, period_end)
        SEMI JOIN (SELECT DISTINCT period_start, period_end FROM shown) AS spanning USING (period_start, period_end)
        LEFT JOIN shown USING (occupation, period_start, period_end, skill_id)
        LEFT JOIN weight_posting_share AS share
          ON share.occupation = role.occupation AND share.skill_id = pool.skill_id
         AND share.period_start = role.period_start AND share.period_end = role.period_end
         AND share.source_group = 'all' AND share.geo = 'all'
        LEFT JOIN weight_share_interval
          ON weight_share_interval.share_metric = 'posting_share'
         AND weight_share_interval.occupation = role.occupation
         AND weight_share_interval.skill_id = pool.skill_id
         AND weight_share_interval.period_start = role.period_start
         AND weight_share_interval.period_end = role.period_end
         AND weight_share_interval.source_group = 'all' AND weight_share_interval.geo = 'all'
        ORDER BY ALL
    """
}
DECIMALS = 6
LEAST_NOISE = 0.05
"""A role that is nearly all families, or a skill in nearly every one, tells no more than 20 Poisson counts would."""


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_specificity: one for each shown row of ``cell``; the prior is fitted per period."""
    cells = frames["cell"]
    schema = arrow_schema(WeightSpecificity)
    starts = cells["period_start"].to_numpy()
    ends = cells["period_end"].to_numpy()
    parts = []
    for start, end in sorted(set(zip(starts.tolist(), ends.tolist(), strict=True))):
        here = pa.array((starts == np.array(start, starts.dtype)) & (ends == np.array(end, ends.dtype)))
        parts.append(_of_period(cells.filter(here), schema))
    return pa.concat_tables(parts) if parts else schema.empty_table()


def _of_period(cells: pa.Table, schema: pa.Schema) -> pa.Table:
    observed = cells["n_numerator"].to_numpy().astype(np.float64)
    expected = cells["n_expected_families"].to_numpy().astype(np.float64)
    effect = _design_effects(cells)
    noise = np.round(effect * _poisson_share(cells, expected), DECIMALS)
    n, e = observed / noise, expected / noise
    prior = fit_prior(n, e)
    shrunken = shrink(n, e, prior)
    found = {"n_expected_families": expected, "count_variance_ratio": noise} | {
        "ebgm": shrunken.ebgm,
        "eb05": np.minimum(shrunken.eb05, shrunken.ebgm),
        "eb95": np.maximum(shrunken.eb95, shrunken.ebgm),
    }
    rounded: dict[str, Floats] = {
        name: np.asarray(np.round(values, DECIMALS), dtype=np.float64) for name, values in found.items()
    }
    rounded |= {f"prior_{name}": np.full(len(n), value) for name, value in asdict(prior).items()}
    table = pa.table(
        [pa.array(rounded[x]) if x in rounded else cells[x] for x in schema.names], schema=schema
    )
    return table.filter(cells["shown"])


def _poisson_share(cells: pa.Table, expected: Floats) -> Floats:
    """Variance of a count less its expectation over that of a Poisson count: (1 - p)(1 - w).

    A family asks or does not (p: the share of all families that do), and the expectation holds the role's own (w: its
    share of all families). Taken for Poisson, counts seemed to scatter too little for ratios to differ at all.
    """
    role, everyone = (
        cells[name].to_numpy().astype(np.float64) for name in ("n_denominator", "n_all_families")
    )
    return np.asarray(np.maximum((1 - expected / role) * (1 - role / everyone), LEAST_NOISE))


def _design_effects(cells: pa.Table) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Of cells without an interval the median of their role's others; at least 1."""
    own = cells["own_design_effect"].to_numpy().astype(np.float64)
    _, role = np.unique(np.array(cells["occupation"].to_pylist()), return_inverse=True)
    typical = np.ones(role.max() + 1)
    for number in range(len(typical)):
        known = own[(role == number) & np.isfinite(own)]
        typical[number] = np.median(known) if len(known) else 1.0
    return np.maximum(1.0, np.where(np.isfinite(own), own, typical[role]))
