"""The tables that pages are made of, cut to what pages can show and then to a batch of occupations."""

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from warehouse.coded import key_order, plain, plain_type

PAGE_TABLES = ("metric_value", "skill_pair", "occupation", "skill", "taxonomy_map")
"""Tables that pages of occupations are made of."""

ROWS_PER_TEXT = 2
"""A batch keeps a text coded where it stands in so many rows on average: it is sent and read in a fraction."""


def page_frames(frames: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The tables pages are made of, metric_value without rows no page asks for (see exports.page_query).

    Left are callback effects, the headline shares, and the other metrics of skills with a share above zero in any
    period. At 100,000 postings that is a fourth of its rows, and every batch would filter and send all of them.
    """
    found = {name: frames[name] for name in PAGE_TABLES}
    rows = found["metric_value"]
    everywhere = (
        pc.equal(rows["source_group"], "all"),
        pc.equal(rows["geo"], "all"),
        pc.is_valid(rows["skill"]),
    )
    headline = _all(*everywhere)
    share = _all(*everywhere, pc.equal(rows["metric"], "posting_share"))
    callback = _all(pc.equal(rows["metric"], "callback_effect"))
    cells = key_order(rows, ("occupation_id", "skill_id"))
    if cells is not None:
        above_zero = np.unique(cells[share & _all(pc.greater(rows["value"], 0.0))])
        shown = callback | share | headline & np.isin(cells, above_zero)
        found["metric_value"] = rows.filter(pa.array(shown))
    return found


def frames_of(frames: Mapping[str, pa.Table], slugs: Sequence[str]) -> dict[str, pa.Table]:
    """What pages of these occupations are made of; rows of other occupations are left out."""
    occupations = frames["occupation"]
    ids = occupations.filter(pc.is_in(occupations["occupation"], pa.array(slugs, pa.string())))[
        "occupation_id"
    ]
    ids = plain(pa.table({"id": ids}))["id"].combine_chunks()
    found = {name: frames[name] for name in PAGE_TABLES}
    for name in ("metric_value", "skill_pair", "occupation"):
        found[name] = found[name].filter(pc.is_in(found[name]["occupation_id"], ids))
    return {name: _lean(rows) for name, rows in found.items()}


def _all(*conditions: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    """Rows for which every condition is true; one that is null is not."""
    known = [pc.fill_null(condition, False) for condition in conditions]
    return np.asarray(reduce(pc.and_, known), dtype=bool)


def _lean(rows: pa.Table) -> pa.Table:
    """The rows with coded text as such where it hardly repeats: its dictionary is that of the whole table."""
    for position, field in enumerate(rows.schema):
        if not pa.types.is_dictionary(field.type):
            continue
        column = rows.column(position)
        if sum(len(chunk.dictionary) for chunk in column.chunks) * ROWS_PER_TEXT > rows.num_rows:
            kind = plain_type(field.type)
            rows = rows.set_column(position, field.with_type(kind), column.cast(kind))
    return rows
