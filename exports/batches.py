"""The tables that pages are made of, cut to a batch of occupations."""

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.coded import plain

PAGE_TABLES = ("metric_value", "skill_pair", "occupation", "skill", "taxonomy_map")
"""Tables that pages of occupations are made of."""


def frames_of(frames: Mapping[str, pa.Table], slugs: Sequence[str]) -> dict[str, pa.Table]:
    """What pages of these occupations are made of, text as such; rows of other occupations are left out."""
    occupations = frames["occupation"]
    ids = occupations.filter(pc.is_in(occupations["occupation"], pa.array(slugs, pa.string())))[
        "occupation_id"
    ]
    ids = plain(pa.table({"id": ids}))["id"].combine_chunks()
    found = {name: frames[name] for name in PAGE_TABLES}
    for name in ("metric_value", "skill_pair", "occupation"):
        found[name] = found[name].filter(pc.is_in(found[name]["occupation_id"], ids))
    return {name: plain(rows) for name, rows in found.items()}
