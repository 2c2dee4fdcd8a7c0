"""Fills weight_share_interval: Korn-Graubard ends for the shares whose counts could be published."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_share_interval import WeightShareInterval
from transforms.interval import korn_graubard, precise, publication_standard

# Of the other shares no rendering ever shows an interval; without them the table is a tenth.
SELECTS = {
    "share": """
        SELECT
            'posting_share' AS share_metric, '' AS level,
            occupation, source_group, geo, period_start, period_end, skill_id,
            n_numerator, n_denominator, jackknife_variance, effective_employers
        FROM weight_posting_share
        WHERE n_denominator >= $n_min
          AND (n_numerator = 0 OR least(n_numerator, n_denominator - n_numerator) >= $k_leave)
        UNION ALL BY NAME
        SELECT
            share_metric, level, occupation, 'all' AS source_group, 'all' AS geo, period_start, period_end, skill_id,
            n_numerator, n_denominator, jackknife_variance, effective_employers
        FROM weight_share_part
        WHERE share_metric <> 'mentioned_share' AND level <> 'unknown' AND n_denominator >= $n_min
          AND (n_numerator = 0 OR least(n_numerator, n_denominator - n_numerator) >= $k_leave)
        UNION ALL BY NAME
        SELECT
            'concentration' AS share_metric, '' AS level,
            occupation, 'all' AS source_group, 'all' AS geo, period_start, period_end, skill_id,
            n_numerator, n_denominator, jackknife_variance, effective_employers
        FROM weight_concentration
        WHERE n_denominator >= $n_min AND least(n_numerator, n_denominator - n_numerator) >= $k_leave
        ORDER BY ALL
    """
}
DECIMALS = 6


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_share_interval: one for each row of ``share``, in its order."""
    shares = frames["share"]
    numerator, denominator, variance, employers = (
        shares[name].to_numpy().astype(np.float64)
        for name in ("n_numerator", "n_denominator", "jackknife_variance", "effective_employers")
    )
    ends = korn_graubard(numerator, denominator, variance, employers, level=float(parameters["ci_level"]))
    # Rounding must not push the estimate out of its interval.
    share = np.round(numerator / np.maximum(denominator, 1.0), DECIMALS)
    size = np.round(ends.n_effective, DECIMALS)
    low = np.minimum(np.round(ends.low, DECIMALS), share)
    high = np.maximum(np.round(ends.high, DECIMALS), share)
    found = {
        "share_n_effective": size,
        "share_ci_low": low,
        "share_ci_high": high,
        "is_precise": precise(share, low, high, size, standard=publication_standard(parameters)),
    }
    schema = arrow_schema(WeightShareInterval)
    return pa.table(
        [pa.array(found[name]) if name in found else shares[name] for name in schema.names], schema=schema
    )
