"""Estimators that look at one occupation at a time: many occupations go in batches, over several processes."""

import importlib
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.coded import plain
from warehouse.processes import batches_of, each_batch

BY_OCCUPATION = ("weight_pair_test", "weight_pay_premium", "weight_rank", "weight_skill_cluster")
"""Tables whose rows of an occupation follow from its own rows of the inputs alone; fitted or resampled, so slow."""


def fill_by_occupation(
    name: str, frames: Mapping[str, pa.Table], parameters: Mapping[str, Any], *, processes: int
) -> pa.Table:
    """Rows of the table, those of a batch of occupations together; the same whatever ``processes`` is.

    Text of ``frames`` may be coded: a batch gets it as such.
    """
    occupations = sorted(
        {
            slug.as_py()
            for frame in frames.values()
            if "occupation" in frame.column_names
            for slug in pc.unique(frame["occupation"])
        }
    )
    batches = batches_of(occupations) or [[]]
    calls = ((name, _of(frames, batch), parameters) for batch in batches)
    return pa.concat_tables(each_batch(_fill, len(batches), calls, processes=processes))


def _fill(name: str, frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    filled: pa.Table = importlib.import_module(f"transforms.estimate.{name}").fill(frames, parameters)
    return filled


def _of(frames: Mapping[str, pa.Table], occupations: Any) -> dict[str, pa.Table]:
    wanted = pa.array(occupations, pa.string())
    return {
        name: plain(frame.filter(pc.is_in(frame["occupation"], wanted)))
        if "occupation" in frame.column_names
        else plain(frame)
        for name, frame in frames.items()
    }
