"""Do the tables of a release say what the manifest says of them, and keep their rules?"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from exports.fault import Fault
from exports.frame_check import row_faults, tables_in_memory
from exports.manifest import MANIFEST
from exports.relation_check import relation_faults
from exports.release import export_tables
from exports.tables import conformed, null_reason_counts, read_coded, rounded, table_entry, table_path
from schemas import derive

Fields = Mapping[str, Any]


def read_tables(folder: Path, intact: set[str]) -> tuple[dict[str, pa.Table], list[Fault]]:
    """Every declared table that can be read and has its declared columns; faults name the others."""
    frames: dict[str, pa.Table] = {}
    faults = []
    for name, table_class in export_tables().items():
        path = table_path(name)
        if path not in intact:
            continue  # the fault of its bytes is reported already, and they may crash a reader
        try:
            rows = read_coded(folder / path)
            ordered = conformed(table_class, rows)
        except (OSError, ValueError, pa.ArrowException) as error:
            faults.append(Fault(path, f"can't be read as table {name}: {error}"))
            continue
        frames[name] = rows.cast(ordered.schema)
        if not rounded(rows).equals(rows):
            faults.append(Fault(path, "holds a number with more than 6 decimals"))
        elif not ordered.equals(rows):
            faults.append(Fault(path, "rows are not in the order of the primary key"))
        faults += [Fault(path, text) for text in _file_schema(folder / path, name)]
    return frames, faults


def _file_schema(path: Path, name: str) -> list[str]:
    key = derive.primary_key(export_tables()[name])
    metadata = pq.ParquetFile(path).metadata
    for group in range(metadata.num_row_groups):
        sorting = metadata.row_group(group).sorting_columns
        names = tuple(metadata.schema.column(entry.column_index).name for entry in sorting)
        if names != key or any(entry.descending or entry.nulls_first for entry in sorting):
            return [f"its sorting columns are {', '.join(names) or 'none'}, not {', '.join(key)}"]
    return []


def manifest_table_faults(folder: Path, manifest: Fields, frames: Mapping[str, pa.Table]) -> list[Fault]:
    """Where manifest and tables differ: rows, columns, keys, hashes, sizes, reasons."""
    entries = {str(entry["name"]): entry for entry in manifest["tables"]}
    faults = [Fault(MANIFEST, f"does not describe table {n}") for n in export_tables() if n not in entries]
    faults += [
        Fault(MANIFEST, f"describes an unknown table {n}") for n in entries if n not in export_tables()
    ]
    for name, rows in frames.items():
        if name not in entries:
            continue
        found = table_entry(name, export_tables()[name], rows)
        found |= {"bytes": (folder / table_path(name)).stat().st_size}
        found["columns"] = _columns(folder / table_path(name))
        found["null_reason_counts"] = null_reason_counts(rows)
        del found["description"]
        for field, value in found.items():
            if entries[name].get(field) != value:
                stated = _short(entries[name].get(field))
                text = f"{field} differs from {MANIFEST}: {_short(value)}, not {stated}"
                faults.append(Fault(table_path(name), text))
    return faults


def _columns(path: Path) -> list[dict[str, Any]]:
    """Columns as the file itself describes them; a manifest must say the same."""
    columns = []
    for field in pq.ParquetFile(path).schema_arrow:
        metadata = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
        columns.append(
            {
                "name": field.name,
                "type": _sql_type(field.type),
                "nullable": field.nullable,
                "unit": metadata.get("unit"),
                "description": metadata.get("description"),
            }
        )
    return columns


def _sql_type(kind: pa.DataType) -> str:
    # Not a look-up by type: list types that are equal may differ in hash, by the name of their child.
    return next((name for name, known in derive.ARROW_TYPES.items() if known == kind), str(kind))


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 90 else text[:89] + "…"


def rule_faults(manifest: Fields, frames: Mapping[str, pa.Table]) -> list[Fault]:
    """Broken rules of rows, of keys between tables, of the wide view and of the mask."""
    declared = export_tables()
    faults = []
    with tables_in_memory(frames) as warehouse:
        for name, rows in frames.items():
            found = row_faults(warehouse, declared[name], name, rows)
            faults += [Fault(table_path(name), text) for text in found]
        if set(frames) == set(declared):
            faults += relation_faults(
                warehouse,
                method_version=str(manifest["method_version"]),
                k_min=int(manifest["k_min"]),
                employer_min=int(manifest["employer_min"]),
                periods=manifest_periods(manifest),
            )
    return faults


def manifest_periods(manifest: Fields) -> list[tuple[date, date]]:
    """The periods a manifest states. Raises KeyError, TypeError or ValueError on a damaged one."""
    return [
        (date.fromisoformat(entry["period_start"]), date.fromisoformat(entry["period_end"]))
        for entry in manifest["periods"]
    ]
