"""Fills weight_trend_interval: Student's t ends of each change on the year before."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_trend_interval import WeightTrendInterval
from transforms.interval import student

SELECTS = {
    "change": """
        SELECT occupation, period_start, period_end, skill_id, share_change, change_variance, change_df
        FROM weight_trend
        ORDER BY ALL
    """
}
DECIMALS = 6


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_trend_interval: one for each row of ``change``, in its order."""
    changes = frames["change"]
    value, variance, df = (
        changes[name].to_numpy().astype(np.float64)
        for name in ("share_change", "change_variance", "change_df")
    )
    low, high = student(value, variance, df, level=float(parameters["ci_level"]))
    found = {
        "change_ci_low": np.round(low, DECIMALS),
        "change_ci_high": np.round(high, DECIMALS),
    }
    schema = arrow_schema(WeightTrendInterval)
    return pa.table(
        [pa.array(found[name]) if name in found else changes[name] for name in schema.names], schema=schema
    )
