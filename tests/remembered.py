"""What was found wrong with a table once is said again of the same table: tests verify one release a hundred times.

Checking the rows of 24 tables takes two of the three seconds of a `verify`, and most of what writing takes. A table
that differs from all seen before, be it by one bit, is checked as ever; see tests/integration/test_remembered.py.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar
from unittest.mock import patch

import pyarrow as pa

from exports import frame_check, verify, verify_tables, write
from exports.fault import Fault
from exports.release import ReleaseFacts

Tables = Mapping[str, pa.Table]
Key = tuple[str, ...]
Found = TypeVar("Found")


def digest(rows: pa.Table) -> str:
    """SHA-256 of the rows with their schema, its metadata included."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, rows.schema) as stream:
        stream.write_table(rows.combine_chunks())
    return hashlib.sha256(sink.getvalue()).hexdigest()


@contextmanager
def checks_remembered() -> Iterator[None]:
    """Inside, each table and each set of tables is checked once when written and once when verified."""
    of_table: dict[Key, list[str]] = {}
    of_release: dict[Key, list[Fault]] = {}
    of_written: dict[Key, tuple[dict[str, pa.Table], int]] = {}
    row_faults, rule_faults, checked = frame_check.row_faults, verify_tables.rule_faults, write._checked

    def rows_once(warehouse: Any, table_class: Any, name: str, rows: pa.Table) -> list[str]:
        found = _once(of_table, (name, digest(rows)), lambda: row_faults(warehouse, table_class, name, rows))
        return list(found)

    def rules_once(manifest: Mapping[str, Any], frames: Tables) -> list[Fault]:
        stated = [
            repr(manifest.get(field)) for field in ("method_version", "k_min", "employer_min", "periods")
        ]
        found = _once(of_release, _key(frames, *stated), lambda: rule_faults(manifest, frames))
        return list(found)

    def written_once(
        tables: Tables, facts: ReleaseFacts, *, rows_are_checked: bool
    ) -> tuple[dict[str, pa.Table], int]:
        frames, n_checks = _once(
            of_written,
            _key(tables, repr(facts), repr(rows_are_checked)),
            lambda: checked(tables, facts, rows_are_checked=rows_are_checked),
        )
        return dict(frames), n_checks

    with (
        patch.object(verify_tables, "row_faults", rows_once),
        patch.object(verify, "rule_faults", rules_once),
        patch.object(write, "_checked", written_once),
    ):
        yield


def _key(tables: Tables, *stated: str) -> Key:
    return (*stated, *(f"{name} {digest(rows)}" for name, rows in tables.items()))


def _once(known: dict[Key, Found], key: Key, find: Callable[[], Found]) -> Found:
    if key not in known:
        known[key] = find()  # what raises is not remembered
    return known[key]
