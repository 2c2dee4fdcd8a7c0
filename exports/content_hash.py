"""The content hash: what the rows say, whoever wrote the file.

A Parquet file's SHA-256 changes with the writer's version; the content hash does not. It is the
SHA-256 of, in this order and with all integers little-endian 64 bit:

* the line ``skillweights content 1``;
* for each declared column: length and UTF-8 of its name, length and UTF-8 of its declared SQL type,
  then its values with the rows in primary-key order (ascending, strings by UTF-8 bytes, nulls last).

Values of one column are: their number, one byte per value (1 null, 0 not), then the non-null ones:
integers, timestamps (microseconds since 1970), dates (days since 1970, 32 bit) and doubles (IEEE 754)
as their fixed-width bytes; booleans as one byte; strings as all byte lengths followed by all UTF-8
bytes; lists as all lengths followed by their elements as values in turn.
"""

import hashlib
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from schemas import derive
from schemas.table import Table
from warehouse.coded import key_order

HEADER = b"skillweights content 1\n"
BYTES_OF_TYPE = {pa.int64(): 8, pa.float64(): 8, pa.date32(): 4, pa.timestamp("us"): 8, pa.int8(): 1}

ROWS_AT_ONCE = 65_536

Sink = Callable[[bytes], object]


def in_key_order(table_class: type[Table], rows: pa.Table) -> pa.Table:
    """The rows in primary-key order: ascending, nulls last."""
    key = derive.primary_key(table_class)
    order = key_order(rows, key)
    if order is None:
        return rows.sort_by([(name, "ascending", "at_end") for name in key])
    if (np.diff(order) >= 0).all():
        return rows
    return rows.take(np.argsort(order, kind="stable"))


def content_sha256(table_class: type[Table], rows: pa.Table) -> str:
    """Hash of the rows of one table, in any order and from any writer; 64 hex digits."""
    digest = hashlib.sha256(HEADER)
    ordered = in_key_order(table_class, rows)
    for spec in derive.column_specs(table_class):
        for text in (spec.name, spec.sql_type):
            digest.update(len(text.encode()).to_bytes(8, "little") + text.encode())
        column = ordered.column(spec.name)
        if pa.types.is_dictionary(column.type):
            _coded(column.combine_chunks(), digest.update)
            continue
        array = column.cast(derive.ARROW_TYPES[spec.sql_type]).combine_chunks()
        if isinstance(array, pa.ChunkedArray):  # several chunks remain only beyond 2 GB of text
            array = pa.concat_arrays([chunk.cast(pa.large_string()) for chunk in array.chunks])
        _values(array, digest.update)
    return digest.hexdigest()


def _values(array: pa.Array, sink: Sink) -> None:
    sink(len(array).to_bytes(8, "little"))
    _fixed(pc.is_null(array).cast(pa.int8()), 1, sink)
    present = array.drop_null()
    if pa.types.is_string(present.type) or pa.types.is_large_string(present.type):
        text = present.cast(pa.large_string())
        _fixed(pc.binary_length(text).cast(pa.int64()), 8, sink)
        _text(text, sink)
    elif pa.types.is_list(present.type):
        _fixed(pc.list_value_length(present).cast(pa.int64()), 8, sink)
        _values(pc.list_flatten(present), sink)
    elif pa.types.is_boolean(present.type):
        _fixed(present.cast(pa.int8()), 1, sink)
    else:
        _fixed(present, BYTES_OF_TYPE[present.type], sink)


def _coded(array: pa.DictionaryArray, sink: Sink) -> None:
    """As `_values` of the text, without ever holding all of it."""
    sink(len(array).to_bytes(8, "little"))
    _fixed(pc.is_null(array).cast(pa.int8()), 1, sink)
    indices, texts = array.indices.drop_null(), array.dictionary.cast(pa.large_string())
    _fixed(pc.take(pc.binary_length(texts).cast(pa.int64()), indices), 8, sink)
    for start in range(0, len(indices), ROWS_AT_ONCE):
        _text(pc.take(texts, indices.slice(start, ROWS_AT_ONCE)), sink)


def _fixed(array: pa.Array, width: int, sink: Sink) -> None:
    if len(array):
        start = array.offset * width
        sink(memoryview(array.buffers()[1])[start : start + len(array) * width])  # type: ignore[arg-type]


def _text(array: pa.Array, sink: Sink) -> None:
    if not len(array):
        return
    _, offsets, data = array.buffers()
    positions = memoryview(offsets).cast("q")
    first, last = positions[array.offset], positions[array.offset + len(array)]
    if last > first:
        sink(memoryview(data)[first:last])  # type: ignore[arg-type]
