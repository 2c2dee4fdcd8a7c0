"""Fills weight_importance_score where config/method.toml turns it on; no row otherwise."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.vocabulary import SCORE_PARTS
from schemas.weight_importance_score import WeightImportanceScore
from transforms.estimate.importance import scores

# Parts are read from what is shown, so that no score tells of a withheld number.
SELECTS = {
    "part": """
        WITH shown AS (
            SELECT occupation, skill_id, period_start, period_end, metric, value
            FROM export_metric_value
            WHERE $importance_score_enabled AND status = 'ok' AND value IS NOT NULL AND skill_id IS NOT NULL
              AND source_group = 'all' AND geo = 'all'
        )
        SELECT
            share.occupation, share.skill_id, share.period_start, share.period_end,
            share.value AS posting_share,
            required.value / share.value AS required_of_asking,
            concentration.value AS concentration,
            -- The scale runs from 1 to 5.
            (survey.value - 1) / 4 AS survey_importance
        FROM shown AS share
        LEFT JOIN shown AS required
          ON required.metric = 'required_share' AND required.occupation = share.occupation
         AND required.skill_id = share.skill_id AND required.period_start = share.period_start
         AND required.period_end = share.period_end
        LEFT JOIN shown AS concentration
          ON concentration.metric = 'concentration' AND concentration.occupation = share.occupation
         AND concentration.skill_id = share.skill_id AND concentration.period_start = share.period_start
         AND concentration.period_end = share.period_end
        LEFT JOIN shown AS survey
          ON survey.metric = 'survey_importance' AND survey.occupation = share.occupation
         AND survey.skill_id = share.skill_id AND survey.period_start = share.period_start
         AND survey.period_end = share.period_end
        WHERE share.metric = 'posting_share' AND share.value > 0
        ORDER BY share.occupation, share.skill_id, share.period_start, share.period_end
    """
}
DECIMALS = 6


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_importance_score: one for each row of ``part``, in its order."""
    part = frames["part"]
    values = np.array(
        [[np.nan if v is None else v for v in part[name].to_pylist()] for name in SCORE_PARTS],
        dtype=np.float64,
    ).T.reshape(part.num_rows, len(SCORE_PARTS))
    found = scores(
        # A rounded share may be a millionth below its rounded part.
        np.clip(values, 0.0, 1.0),
        np.array(parameters["importance_score_weights"], dtype=np.float64),
        draws=int(parameters["importance_score_draws"]),
        seed=int(parameters["seed"]),
    )
    scored = np.isfinite(found.score)
    there = [
        [name for name, value in zip(SCORE_PARTS, row, strict=True) if value == value]
        for row in values.tolist()
    ]
    made = {
        "importance_score": _rounded(found.score),
        "sensitivity_low": _rounded(found.low),
        "sensitivity_high": _rounded(found.high),
        "score_parts": there,
        "n_score_parts": [len(names) for names in there],
        "status": ["ok" if one else "missing" for one in scored],
        "reason": [None if one else "insufficient_sample" for one in scored],
    }
    schema = arrow_schema(WeightImportanceScore)
    return pa.table(
        [pa.array(made[n], schema.field(n).type) if n in made else part[n] for n in schema.names],
        schema=schema,
    )


def _rounded(values: np.ndarray[Any, np.dtype[np.float64]]) -> list[float | None]:
    return [round(value, DECIMALS) if value == value else None for value in values.tolist()]
