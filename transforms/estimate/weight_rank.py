"""Fills weight_rank: ranks of the published shares of each occupation, with joint intervals."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_rank import WeightRank
from transforms.estimate.cells import SELECTS as CELLS
from transforms.estimate.cells import cells, ordered
from transforms.estimate.employers import counts
from transforms.estimate.rank import ranks

SELECTS = CELLS


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_rank, by occupation, period and skill."""
    rows: list[dict[str, Any]] = []
    for cell in cells(ordered(frames["family"]), frames["published"], frames["skill"]):
        families = np.bincount(cell.employers)
        asking = np.zeros((len(families), len(cell.skill_ids)), dtype=np.int64)
        np.add.at(asking, cell.employers, cell.asked)
        found = ranks(
            counts(families, asking),
            level=float(parameters["ci_level"]),
            resamples=int(parameters["rank_resamples"]),
            seed=int(parameters["seed"]),
        )
        for position, skill_id in enumerate(cell.skill_ids):
            rows.append(
                cell.key
                | {
                    "skill_id": skill_id,
                    "share_rank": int(found.rank[position]),
                    "rank_low": int(found.low[position]),
                    "rank_high": int(found.high[position]),
                    "n_ranked": len(cell.skill_ids),
                    "rank_df": round(found.df, 6),
                    "rank_critical": _rounded(found.critical),
                    "above_skill_id": _named(cell.skill_ids, found.above[position]),
                    "above_error": _rounded(found.above_error[position]),
                    "below_skill_id": _named(cell.skill_ids, found.below[position]),
                    "below_error": _rounded(found.below_error[position]),
                }
            )
    return pa.Table.from_pylist(rows, schema=arrow_schema(WeightRank))


def _rounded(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 9)


def _named(skill_ids: Sequence[str], position: int) -> str | None:
    return skill_ids[position] if position >= 0 else None
