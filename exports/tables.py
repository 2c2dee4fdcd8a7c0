"""Parquet files of a release: the same rows give the same bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from exports.content_hash import content_sha256, in_key_order
from schemas import derive
from schemas.table import Table
from warehouse.coded import coded, plain, plain_type

ROWS_PER_GROUP = 65_536
COMPRESSION = "zstd"
COMPRESSION_LEVEL = 3
DECIMALS = 6


def conformed(table_class: type[Table], rows: pa.Table) -> pa.Table:
    """The rows in declared column order and Arrow schema, in primary-key order.

    Doubles are rounded; nothing else is converted but the width of string offsets; coded text stays coded.
    Raises ValueError naming every column that is missing, unknown or of another type, null where declared not null, or
    not finite.
    """
    schema = derive.arrow_schema(table_class)
    faults = [f"column {name} is missing" for name in schema.names if name not in rows.column_names]
    faults += [f"column {name} is not declared" for name in rows.column_names if name not in schema.names]
    for field in schema:
        if field.name not in rows.column_names or rows.column_names.count(field.name) > 1:
            continue
        column = rows.column(field.name)
        if plain_type(column.type) != field.type:
            faults.append(f"column {field.name} has type {column.type}, declared is {field.type}")
        elif not field.nullable and column.null_count:
            faults.append(f"column {field.name} is null in {column.null_count} row(s)")
        elif pa.types.is_float64(field.type) and not pc.all(pc.is_finite(column), min_count=0).as_py():
            faults.append(f"column {field.name} holds NaN or an infinite number")
    if len(set(rows.column_names)) != len(rows.column_names):
        faults.append("two columns have one name")
    if faults:
        raise ValueError("; ".join(faults))
    fields = [_kept_coded(field, rows.schema.field(field.name).type) for field in schema]
    declared = rounded(rows.select(schema.names).cast(pa.schema(fields)))
    return in_key_order(table_class, declared).replace_schema_metadata(schema.metadata)


def _kept_coded(field: pa.Field, given: pa.DataType) -> pa.Field:
    return field.with_type(pa.dictionary(pa.int32(), field.type)) if pa.types.is_dictionary(given) else field


def rounded(rows: pa.Table) -> pa.Table:
    """The rows with doubles at DECIMALS decimals and no negative zero; doing so twice changes nothing."""
    for position, field in enumerate(rows.schema):
        if pa.types.is_float64(field.type):
            values = pc.add(pc.round(rows.column(position), ndigits=DECIMALS), 0.0)
            rows = rows.set_column(position, field, values)
    return rows


def write_table(table_class: type[Table], rows: pa.Table, path: Path) -> None:
    """Write conformed rows as Parquet: zstd, fixed row groups, key as sorting columns, page index."""
    order = [(name, "ascending") for name in derive.primary_key(table_class)]
    schema = plain(rows.slice(0, 0)).schema
    with pq.ParquetWriter(
        path,
        schema,
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        sorting_columns=pq.SortingColumn.from_ordering(schema, order, "at_end"),
        write_page_index=True,
        store_schema=True,
    ) as writer:
        for group in row_groups(rows):
            writer.write_table(group.combine_chunks(), row_group_size=ROWS_PER_GROUP)


def row_groups(rows: pa.Table) -> Iterator[pa.Table]:
    """The rows a file holds together, text as such; one without rows if there are none."""
    for start in range(0, max(rows.num_rows, 1), ROWS_PER_GROUP):
        yield plain(rows.slice(start, ROWS_PER_GROUP))


def read_table(path: Path) -> pa.Table:
    """The rows of one Parquet file. Raises ValueError or OSError when it can't be read."""
    return pq.ParquetFile(path, memory_map=False).read(use_threads=False)


def read_coded(path: Path) -> pa.Table:
    """The rows of one Parquet file, text coded. Raises ValueError or OSError when it can't be read."""
    file = pq.ParquetFile(path, memory_map=False)
    batches = file.iter_batches(batch_size=ROWS_PER_GROUP, use_threads=False)
    rows = coded(batches, file.schema_arrow)
    fields = [_kept_coded(field, rows.schema.field(field.name).type) for field in file.schema_arrow]
    return rows.cast(pa.schema(fields, metadata=file.schema_arrow.metadata))


def null_reason_counts(rows: pa.Table) -> dict[str, int]:
    """How many rows carry which reason; empty for a table without reasons."""
    names = [name for name in rows.column_names if name == "reason" or name.endswith("_reason")]
    counts: dict[str, int] = {}
    for name in names:
        for entry in pc.value_counts(rows.column(name).drop_null()).to_pylist():
            counts[entry["values"]] = counts.get(entry["values"], 0) + entry["counts"]
    return dict(sorted(counts.items()))


def table_entry(name: str, table_class: type[Table], rows: pa.Table) -> dict[str, Any]:
    """What the manifest says about a table's rows and columns (not about its file)."""
    return {
        "name": name,
        "path": table_path(name),
        "content_sha256": content_sha256(table_class, rows),
        "rows": rows.num_rows,
        "description": derive.grain(table_class),
        "primary_key": list(derive.primary_key(table_class)),
        "columns": [
            {
                "name": spec.name,
                "type": spec.sql_type,
                "nullable": spec.nullable,
                "unit": spec.unit,
                "description": spec.description,
            }
            for spec in derive.column_specs(table_class)
        ],
        "null_reason_counts": null_reason_counts(rows),
    }


def table_path(name: str) -> str:
    """Path of a table inside its release folder."""
    return f"tables/{name}.parquet"
