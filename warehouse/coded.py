"""Rows with each text once: a long table says the same few thousand texts millions of times.

A coded column is an Arrow dictionary of distinct texts and a number per row. Files and hashes hold plain text, so
coded rows are written, hashed and compared a part at a time.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

MOST_CODES = 2**62


def plain_type(kind: pa.DataType) -> pa.DataType:
    """The type that coded text, or text with wide offsets, stands for; any other type as it is."""
    if pa.types.is_dictionary(kind):
        return plain_type(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(plain_type(kind.value_type))
    return kind


def coded(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """The rows of the batches, one chunk a column, text of the schema coded; lists are left as they are."""
    encoded = [_encoded(batch) for batch in batches if batch.num_rows]
    if not encoded:
        return schema.empty_table()
    return pa.Table.from_batches(encoded).unify_dictionaries().combine_chunks()


def plain(rows: pa.Table) -> pa.Table:
    """The rows with all text as such."""
    fields = [field.with_type(plain_type(field.type)) for field in rows.schema]
    columns = [
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(rows.columns, fields, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=pa.schema(fields, metadata=rows.schema.metadata))


def key_order(rows: pa.Table, key: Iterable[str]) -> npt.NDArray[np.int64] | None:
    """Numbers in the order of the rows' keys: ascending, nulls last; None where there are too many keys."""
    order, n_codes = np.zeros(rows.num_rows, dtype=np.int64), 1
    for name in key:
        column = rows.column(name).combine_chunks()
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode()
        ranks = pc.rank(column.dictionary, "ascending", tiebreaker="dense").to_numpy().astype(np.int64)
        n_codes *= len(ranks) + 1
        if n_codes > MOST_CODES:
            return None
        indices = pc.fill_null(column.indices, len(ranks)).to_numpy(zero_copy_only=False)
        order = order * (len(ranks) + 1) + np.append(ranks - 1, len(ranks))[indices]
    return order


def _encoded(batch: pa.RecordBatch) -> pa.RecordBatch:
    columns = [
        column.dictionary_encode() if plain_type(column.type) == pa.string() else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)
