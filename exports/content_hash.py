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

import pyarrow as pa
import pyarrow.compute as pc

from schemas import derive
from schemas.table import Table

HEADER = b"skillweights content 1\n"
BYTES_OF_TYPE = {pa.int64(): 8, pa.float64(): 8, pa.date32(): 4, pa.timestamp("us"): 8, pa.int8(): 1}

Sink = Callable[[bytes], object]


def in_key_order(table_class: type[Table], rows: pa.Table) -> pa.Table:
    """The rows in primary-key order: ascending, nulls last."""
    order = [(name, "ascending", "at_end") for name in derive.primary_key(table_class)]
    return rows.sort_by(order)


def content_sha256(table_class: type[Table], rows: pa.Table) -> str:
    """Hash of the rows of one table, in any order and from any writer; 64 hex digits."""
    digest = hashlib.sha256(HEADER)
    ordered = in_key_order(table_class, rows)
    for spec in derive.column_specs(table_class):
        for text in (spec.name, spec.sql_type):
            digest.update(len(text.encode()).to_bytes(8, "little") + text.encode())
        column = ordered.column(spec.name).cast(derive.ARROW_TYPES[spec.sql_type])
        array = column.combine_chunks()
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
