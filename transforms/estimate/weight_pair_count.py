"""Fills weight_pair_count: families with both skills by X'X of each cell, in whole numbers, and their employers."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import csr_array

from schemas.derive import arrow_schema
from schemas.weight_pair_count import WeightPairCount

# Numbers of cells are those of weight_pair_item. Families stand by cell and employer; which employer or family of
# several comes first changes no count.
FAMILY = """
    SELECT
        weight_posting.family_id, cell.cell, employer.employer,
        row_number() OVER (ORDER BY cell.cell, employer.employer) - 1 AS family
    FROM weight_posting
    JOIN (SELECT DISTINCT cell, occupation, period_start, period_end FROM weight_pair_item) AS cell
        USING (occupation, period_start, period_end)
    JOIN (
        SELECT employer_key, row_number() OVER () AS employer
        FROM (SELECT DISTINCT employer_key FROM weight_posting)
    ) AS employer USING (employer_key)
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
"""
SELECTS = {
    "item": """
        SELECT cell, n_numerator, n_denominator, top_employer_families
        FROM weight_pair_item
        ORDER BY item
    """,
    # Rows without an item are the families themselves.
    "asked": f"""
        WITH base AS MATERIALIZED ({FAMILY}),
        skill AS MATERIALIZED (
            SELECT skill_id, row_number() OVER () AS skill FROM (SELECT DISTINCT skill_id FROM weight_pair_item)
        ),
        place AS (
            SELECT cell * 1048576 :: BIGINT + skill AS place, CAST(item - 1 AS INTEGER) AS item
            FROM weight_pair_item
            JOIN skill USING (skill_id)
        )
        SELECT CAST(base.family AS INTEGER) AS family, place.item, NULL :: INTEGER AS cell, NULL :: INTEGER AS employer
        FROM base
        JOIN core_family_skill USING (family_id)
        JOIN skill USING (skill_id)
        JOIN place ON place.place = base.cell * 1048576 :: BIGINT + skill.skill
        UNION ALL
        SELECT CAST(family AS INTEGER), NULL, CAST(cell AS INTEGER), CAST(employer AS INTEGER) FROM base
    """,  # noqa: S608
}
CELLS_AT_ONCE = 2
"""Cells counted side by side: the bars are set for two cores, and each more holds its pairs in memory as well."""
AT_ONCE = 5_000_000
"""Pairs of families looked at together for their employers: some 300 MB."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Pairs of one cell: positions of the two skills, families with both; employers where they matter, else -1."""

    one: Numbers
    other: Numbers
    n_both: Numbers
    employers: Numbers


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_pair_count, by cell."""
    items = {name: frames["item"][name].to_numpy() for name in frames["item"].column_names}
    families, cells, employers = _families(frames["asked"], len(items["cell"]))
    items_of, families_of = _edges(items["cell"]), _edges(cells)

    def rows_of(item_span: tuple[int, int], family_span: tuple[int, int]) -> pa.Table:
        asked = _between(families, family_span, item_span)
        own = {name: values[slice(*item_span)] for name, values in items.items()}
        found = _pairs(asked, employers[slice(*family_span)], own, parameters)
        return _rows(found, int(item_span[0]))

    # Products of matrices and sorting leave the interpreter's lock: two cells at once take half the time.
    with ThreadPoolExecutor(CELLS_AT_ONCE) as pool:
        parts = list(pool.map(rows_of, pairwise(items_of), pairwise(families_of)))
    return pa.concat_tables(parts) if parts else arrow_schema(WeightPairCount).empty_table()


def _edges(cells: Numbers) -> Numbers:
    """Where each cell begins, and where the last one ends; every cell has families and items."""
    return np.flatnonzero(np.diff(cells, prepend=-1, append=-1))


def _families(asked: pa.Table, n_items: int) -> tuple[csr_array, Numbers, Numbers]:
    """Families by items, 1 where one asks for the other; and of each family its cell and employer."""
    alone = asked.filter(pa.compute.is_null(asked["item"]))
    alone = alone.sort_by("family")
    asked = asked.filter(pa.compute.is_valid(asked["item"]))
    ones = np.ones(asked.num_rows, dtype=np.int32)
    places = (asked["family"].to_numpy(), asked["item"].to_numpy())
    matrix = csr_array((ones, places), shape=(alone.num_rows, n_items))
    return matrix, alone["cell"].to_numpy(), alone["employer"].to_numpy()


def _between(families: csr_array, rows: tuple[int, int], columns: tuple[int, int]) -> csr_array:
    """A cell's own part: all that its families ask for are items of the cell."""
    start, end = rows
    bounds = families.indptr[start : end + 1]
    data, indices = families.data[bounds[0] : bounds[-1]], families.indices[bounds[0] : bounds[-1]]
    shape = (end - start, columns[1] - columns[0])
    return csr_array((data, indices - columns[0], bounds - bounds[0]), shape=shape)


def _pairs(
    asked: csr_array, employers: Numbers, items: Mapping[str, Numbers], parameters: Mapping[str, Any]
) -> Pairs:
    together = (asked.T @ asked).tocoo()
    kept = (together.data >= parameters["k_leave"]) & (together.row < together.col)
    one, other, n_both = together.row[kept], together.col[kept], together.data[kept].astype(np.int64)
    counted = np.full((4, len(one)), -1, dtype=np.int64)
    close = np.flatnonzero(_close(items, one, other, n_both, parameters))
    if len(close):
        counted[:, close] = _employers(asked, employers, one[close], other[close])
    return Pairs(one, other, n_both, counted)


def _close(
    items: Mapping[str, Numbers], one: Numbers, other: Numbers, n_both: Numbers, parameters: Mapping[str, Any]
) -> NDArray[np.bool_]:
    """Whether the employers of a pair have to be counted.

    Each employer holds at most as many families with both as the one that holds most with either. Where that
    alone shows that no employer rule of the mask can fail, or the count rule fails anyway, nobody needs them.
    """
    n_one, n_other = items["n_numerator"][one], items["n_numerator"][other]
    neither = items["n_denominator"][one] - n_one - n_other + n_both
    enough = np.minimum.reduce([n_both, n_one - n_both, n_other - n_both, neither]) >= parameters["k_leave"]
    top_one, top_other = items["top_employer_families"][one], items["top_employer_families"][other]
    top, fewer = np.minimum(top_one, top_other), parameters["employer_min"] - 1
    may_fail = (n_both <= fewer * top) | (top > parameters["dominance_max"] * n_both)
    may_fail |= (n_one - n_both <= fewer * top_one) | (n_other - n_both <= fewer * top_other)
    close: NDArray[np.bool_] = enough & may_fail
    return close


def _employers(asked: csr_array, employers: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """Four rows: employers with both, the most families of one, employers always asking for both, and the reverse.

    A family names the pairs it asks for, not a pair its families: families have some twenty skills, pairs of the
    pool some ten thousand families each.
    """
    unit = np.cumsum(np.diff(employers, prepend=employers[:1]) != 0)
    n_units, n_pairs = int(unit[-1]) + 1, len(one)
    wanted = np.unique(np.concatenate([one, other]))
    part = asked[:, wanted].tocsr()
    part.sort_indices()
    number = np.full((len(wanted), len(wanted)), -1, dtype=np.int32)
    first, second = np.searchsorted(wanted, one), np.searchsorted(wanted, other)
    number[first, second] = np.arange(n_pairs)
    found = np.sort(np.concatenate([_named(part, unit, number, n_units, span) for span in _spans(part)]))
    starts = np.flatnonzero(np.diff(found, prepend=-1))
    n_families, of_pair, of_unit = np.diff(starts, append=len(found)), *np.divmod(found[starts], n_units)
    top = np.maximum.reduceat(n_families, np.flatnonzero(np.diff(of_pair, prepend=-1)))
    asking = part.indices * np.int64(n_units) + np.repeat(unit, np.diff(part.indptr))
    keys, counts = np.unique(asking, return_counts=True)
    always = [
        np.bincount(
            of_pair[n_families == counts[np.searchsorted(keys, skill[of_pair] * n_units + of_unit)]],
            minlength=n_pairs,
        )
        for skill in (first, second)
    ]
    return np.stack([np.bincount(of_pair, minlength=n_pairs), top, *always])


def _spans(part: csr_array) -> Iterator[tuple[int, int]]:
    """Families whose pairs are looked at together, from the first to the one after the last."""
    n_skills = np.diff(part.indptr)
    edges = np.flatnonzero(np.diff(np.cumsum(n_skills * (n_skills - 1) // 2) // AT_ONCE, prepend=-1))
    yield from pairwise([*edges.tolist(), len(n_skills)])


def _named(
    part: csr_array, unit: Numbers, number: NDArray[np.int32], n_units: int, span: tuple[int, int]
) -> Numbers:
    """Pair and employer as one number, for each numbered pair of each family of the span."""
    start, end = span
    bounds = part.indptr[start : end + 1].astype(np.int64)
    skills = part.indices[bounds[0] : bounds[-1]]
    sizes = np.diff(bounds)
    after = np.repeat(bounds[1:] - bounds[0], sizes) - np.arange(len(skills)) - 1
    left = np.repeat(np.arange(len(skills)), after)
    right = np.arange(len(left)) - np.repeat(np.cumsum(after) - after, after) + left + 1
    pair = number[skills[left], skills[right]]
    kept = pair >= 0
    named: Numbers = pair[kept] * np.int64(n_units) + np.repeat(unit[start:end], sizes)[left[kept]]
    return named


def _rows(pairs: Pairs, first_item: int) -> pa.Table:
    numbers = [pairs.one + first_item + 1, pairs.other + first_item + 1, pairs.n_both]
    columns = [pa.array(values.astype(np.int64)) for values in numbers]
    columns += [pa.array(values, mask=values < 0) for values in pairs.employers]
    return pa.table(columns, schema=arrow_schema(WeightPairCount))
