"""Parquet files of a release: the same rows give the same bytes."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from exports.content_hash import content_sha256, in_key_order
from schemas import derive
from schemas.table import Table

ROWS_PER_GROUP = 65_536
COMPRESSION = "zstd"
COMPRESSION_LEVEL = 3
DECIMALS = 6


def conformed(table_class: type[Table], rows: pa.Table) -> pa.Table:
    """The rows in declared column order and Arrow schema, in primary-key order.

    Doubles are rounded; nothing else is converted but the width of string offsets. Raises ValueError
    naming every column that is missing, unknown or of another type, or null where declared not null.
    """
    schema = derive.arrow_schema(table_class)
    faults = [f"column {name} is missing" for name in schema.names if name not in rows.column_names]
    faults += [f"column {name} is not declared" for name in rows.column_names if name not in schema.names]
    for field in schema:
        if field.name not in rows.column_names or rows.column_names.count(field.name) > 1:
            continue
        column = rows.column(field.name)
        if _plain(column.type) != field.type:
            faults.append(f"column {field.name} has type {column.type}, declared is {field.type}")
        elif not field.nullable and column.null_count:
            faults.append(f"column {field.name} is null in {column.null_count} row(s)")
    if len(set(rows.column_names)) != len(rows.column_names):
        faults.append("two columns have one name")
    if faults:
        raise ValueError("; ".join(faults))
    plain = rounded(rows.select(schema.names).cast(schema))
    return in_key_order(table_class, plain).replace_schema_metadata(schema.metadata)


def rounded(rows: pa.Table) -> pa.Table:
    """The rows with doubles at DECIMALS decimals and no negative zero; doing so twice changes nothing."""
    for position, field in enumerate(rows.schema):
        if pa.types.is_float64(field.type):
            values = pc.add(pc.round(rows.column(position), ndigits=DECIMALS), 0.0)
            rows = rows.set_column(position, field, values)
    return rows


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_plain(kind.value_type))
    return kind


def write_table(table_class: type[Table], rows: pa.Table, path: Path) -> None:
    """Write conformed rows as Parquet: zstd, fixed row groups, key as sorting columns, page index."""
    order = [(name, "ascending") for name in derive.primary_key(table_class)]
    pq.write_table(
        rows.combine_chunks(),
        path,
        row_group_size=ROWS_PER_GROUP,
        compression=COMPRESSION,
        compression_level=COMPRESSION_LEVEL,
        sorting_columns=pq.SortingColumn.from_ordering(rows.schema, order, "at_end"),
        write_page_index=True,
        store_schema=True,
    )


def read_table(path: Path) -> pa.Table:
    """The rows of one Parquet file. Raises ValueError or OSError when it can't be read."""
    return pq.ParquetFile(path, memory_map=False).read(use_threads=False)


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
