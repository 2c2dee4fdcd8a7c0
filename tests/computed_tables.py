"""Tables that a SELECT or an estimator has filled before from the same rows: tests of a chain fill its start alike.

A table is known by how it came to be: drawn, by its rows; computed, by the SELECT, the parameters in it and the tables
it reads. A third of all computing in tests/sql is of tables known by that. Whoever lays hands on the warehouse itself
ends it for that test. Off unless a fixture turns it on: a test that computes twice to compare must compute twice.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.estimate import estimators
from tests.remembered import digest
from warehouse.connection import Warehouse
from warehouse.load import tables_read

SQL_FOLDER = Path(__file__).resolve().parents[1] / "transforms" / "sql"
ESTIMATORS = estimators()
"""Tables that are filled in Python."""
EMPTY = "empty"


@cache
def select_of(table: str) -> str:
    """The SELECT of a table."""
    return (SQL_FOLDER / f"{table}.sql").read_text(encoding="utf-8")


@cache
def sql_of(table: str) -> str:
    """All SQL by which a table is filled; none for one that is drawn."""
    parts = list(ESTIMATORS[table].selects.values()) if table in ESTIMATORS else []
    parts += [select_of(table)] if (SQL_FOLDER / f"{table}.sql").is_file() else []
    return "\n;\n".join(parts)


@cache
def read_by(table: str) -> frozenset[str]:
    """Tables that the SELECT or the estimator of a table reads; none for one that is drawn."""
    return frozenset().union(*(tables_read(sql) for sql in sql_of(table).split("\n;\n") if sql))


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", sql_of(table)))


class Computed:
    """What was computed from what, if ``on``; the warehouse is taken to begin empty."""

    def __init__(self, *, on: bool = False) -> None:
        self._on = on
        self._tracked = on
        self._origin: dict[str, str] = {}
        self._rows: dict[str, pa.Table] = {}

    def lose_track(self) -> None:
        """From here to the end of the test nothing is known of any table."""
        self._tracked = False

    @contextmanager
    def forgotten(self) -> Iterator[None]:
        """After it the tables are those from before."""
        origin, tracked = dict(self._origin), self._tracked
        try:
            yield
        finally:
            self._origin, self._tracked = origin, tracked

    def put(self, table: str, rows: pa.Table) -> None:
        """These rows were drawn into a table."""
        if self._tracked:
            self._origin[table] = digest(rows) if rows.num_rows else EMPTY

    def find(self, table: str, parameters: Mapping[str, Any]) -> pa.Table | None:
        """The rows that computing the table would give, if it was done before."""
        return self._rows.get(self._of(table, parameters)) if self._tracked else None

    def keep(self, table: str, parameters: Mapping[str, Any], warehouse: Warehouse) -> None:
        """The table was computed just now."""
        if self._tracked:
            origin = self._of(table, parameters)
            self._origin[table] = origin
            if origin not in self._rows:
                self._rows[origin] = warehouse.arrow(f"SELECT * FROM {table}")

    def _of(self, table: str, parameters: Mapping[str, Any]) -> str:
        # An estimator takes any parameter, a SELECT those that stand in it.
        known = [
            f"{name} {value!r}"
            for name, value in sorted(parameters.items())
            if table in ESTIMATORS or name in _words(table)
        ]
        read = [f"{name} {self._origin.get(name, EMPTY)}" for name in sorted(read_by(table))]
        return hashlib.sha256("\n".join([table, sql_of(table), *known, *read]).encode()).hexdigest()
