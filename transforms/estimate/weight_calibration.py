"""Fills weight_calibration where config/method.toml turns it on: families raked to employment by occupation."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_calibration import WeightCalibration
from transforms.estimate.raking import NO_CATEGORY, Raked, rake

SELECTS = {
    "family": """
        WITH coded AS (
            SELECT
                core_posting_role.family_part_id AS family_id, core_posting_role.occupation,
                first(left(occupation_code, 7) ORDER BY code_confidence DESC, occupation_code) AS soc_code
            FROM core_posting_role
            JOIN core_posting_code USING (posting_id)
            WHERE $calibration_enabled AND core_posting_role.headline AND scheme = 'onet-soc'
              AND code_confidence >= $confidence_low
            GROUP BY ALL
        )
        SELECT occupation, period_start, period_end, family_id, soc_code
        FROM weight_posting
        JOIN core_occupation USING (occupation)
        LEFT JOIN coded USING (occupation, family_id)
        WHERE $calibration_enabled AND occupation_kind = 'role' AND source_group = 'all' AND geo = 'all'
        ORDER BY period_start, period_end, occupation, family_id
    """,
    "benchmark": """
        WITH newest AS (
            SELECT meta_input.snapshot_sha256
            FROM meta_input
            SEMI JOIN raw_oews_employment USING (snapshot_sha256)
            WHERE load_state = 'loaded'
            ORDER BY release_rank DESC, source_id, file
            LIMIT 1
        )
        SELECT soc_code, n_employed
        FROM raw_oews_employment
        SEMI JOIN newest USING (snapshot_sha256)
        WHERE soc_level = 'detailed' AND n_employed > 0
        ORDER BY soc_code
    """,
}
OTHER = "other"
DECIMALS = 6


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_calibration: one for each row of ``family``, in its order; each period is raked by itself.

    Only the occupation can be raked to: the OEWS table of the drop is national, so regions have no benchmark.
    """
    families = frames["family"].to_pylist()
    employed = dict(
        zip(*(frames["benchmark"][name].to_pylist() for name in ("soc_code", "n_employed")), strict=True)
    )
    periods = sorted({(row["period_start"], row["period_end"]) for row in families})
    rows: list[dict[str, Any]] = []
    for period in periods:
        here = [row for row in families if (row["period_start"], row["period_end"]) == period]
        classes = calibration_classes(
            [row["soc_code"] for row in here], employed, at_least=int(parameters["calibration_class_min"])
        )
        raked = raked_to(classes, employed, trim=float(parameters["calibration_trim"]))
        weights = [None] * len(here) if raked.weights is None else raked.weights.tolist()
        for row, name, weight in zip(here, classes, weights, strict=True):
            del row["soc_code"]
            rounded = None if weight is None else round(weight, DECIMALS)
            rows.append(
                row
                | {
                    "calibration_class": name,
                    "calibrated_weight": rounded,
                    "calibration_reason": raked.reason,
                }
            )
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightCalibration))


def calibration_classes(codes: list[str | None], employed: Mapping[str, int], *, at_least: int) -> list[str]:
    """The SOC code of each family, `other` where it has none, no benchmark, or too few families."""
    n_of = Counter(code for code in codes if code in employed)
    return [str(code) if n_of[code] >= at_least else OTHER for code in codes]


def raked_to(classes: list[str], employed: Mapping[str, int], *, trim: float) -> Raked:
    """Families raked to employment over the classes that have it; `no_source` without a benchmark."""
    if not employed:
        return Raked(None, "no_source")
    names = sorted(set(classes) - {OTHER})
    index = {name: place for place, name in enumerate(names)} | {OTHER: NO_CATEGORY}
    return rake(
        np.ones(len(classes)),
        [np.array([index[name] for name in classes], dtype=np.int64)],
        [np.array([employed[name] for name in names], dtype=np.float64)],
        trim=trim,
    )
