"""The one way into the warehouse file: one writer, declared tables, settled options."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.derive import column_specs, comments_sql, ddl
from schemas.table import all_tables
from warehouse.coded import coded
from warehouse.settings import Settings
from warehouse.still import Watch

READ_TOGETHER = (("core_reading", "core_reading_role", "core_mention"),)
"""Tables that only mean something side by side: a posting is not read again while its reading stands."""


ROWS_AT_ONCE = 65_536


class SecondWriter(RuntimeError):
    """Somebody else has the warehouse open."""


class NoWarehouse(FileNotFoundError):
    """There is nothing to read yet."""


class DamagedWarehouse(RuntimeError):
    """The warehouse file can't be read; landing replays it."""


class Warehouse:
    """An open warehouse. ``rebuilt`` names the tables that were dropped because their declaration changed."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, settings: Settings, watch: Watch | None = None
    ) -> None:
        self._connection = connection
        self._watch = watch
        self._depth = 0
        self._named: dict[str, frozenset[str]] = {}
        self.settings = settings
        self.rebuilt: tuple[str, ...] = ()

    def close(self) -> None:
        """Close the file and let go of it: whoever still holds this object holds no part of the database."""
        self._connection.close()
        del self._connection

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run one statement. Parameters whose name does not occur in it are left out."""
        self.rows(sql, parameters)

    def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """All result rows of one statement."""
        with self._damage_named():
            return self._connection.execute(sql, self._occurring(sql, parameters)).fetchall()

    def arrow(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """The result of one SELECT; without ORDER BY its order is not settled."""
        with self._damage_named():
            return self._connection.sql(sql, params=self._occurring(sql, parameters)).to_arrow_table()

    def coded(self, sql: str, parameters: Mapping[str, Any] | None = None) -> pa.Table:
        """As `arrow`, with each text once: columns of text are dictionaries."""
        with self._damage_named():
            relation = self._connection.sql(sql, params=self._occurring(sql, parameters))
            reader = relation.to_arrow_reader(ROWS_AT_ONCE)
            return coded(reader, reader.schema)

    @contextmanager
    def memory_limit(self, limit: str) -> Iterator[None]:
        """Hold no more than this inside, and give back what is held beyond it: others need the memory."""
        self.run("CHECKPOINT")
        self.run(f"SET memory_limit = '{limit}'")
        try:
            yield
        finally:
            self.run(f"SET memory_limit = '{self.settings.memory_limit}'")

    def batches(
        self, sql: str, parameters: Mapping[str, Any] | None = None, *, rows_per_batch: int
    ) -> Iterator[pa.RecordBatch]:
        """The result of one SELECT in batches, for results that should not be in memory at once.

        Reads what was committed when the first batch is taken; other statements may run in between.
        """
        cursor = self._connection.cursor()
        try:
            relation = cursor.sql(sql, params=self._occurring(sql, parameters))
            yield from relation.to_arrow_reader(rows_per_batch)
        finally:
            cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner transaction is part of the outer one."""
        if self._depth == 0:
            self.run("BEGIN TRANSACTION")
        self._depth += 1
        try:
            yield
        except BaseException:
            self._depth -= 1
            if self._depth == 0:
                self.run("ROLLBACK")
            raise
        self._depth -= 1
        if self._depth == 0:
            self.run("COMMIT")

    def register(self, name: str, frame: pa.Table) -> None:
        """Make ``frame`` readable as table ``name`` until it is unregistered."""
        self._connection.register(name, frame)

    def unregister(self, name: str) -> None:
        """Forget a registered frame."""
        self._connection.unregister(name)

    @contextmanager
    def registered(self, name: str, frame: pa.Table) -> Iterator[str]:
        """Make ``frame`` readable as table ``name`` inside the block."""
        self.register(name, frame)
        try:
            yield name
        finally:
            self.unregister(name)

    def _occurring(self, sql: str, parameters: Mapping[str, Any] | None) -> dict[str, Any]:
        if not parameters:
            return {}
        named = self._named.get(sql)
        if named is None:  # parsing a SELECT of ours takes up to 5 ms, and most run several times
            statements = self._connection.extract_statements(sql)
            named = self._named[sql] = frozenset(str(name) for s in statements for name in s.named_parameters)
        return {name: value for name, value in parameters.items() if name in named}

    @contextmanager
    def _damage_named(self) -> Iterator[None]:
        try:
            with self._watch.statement() if self._watch else nullcontext():
                yield
        except duckdb.Error as error:
            if "Corrupt database file" in str(error):
                raise _damaged(self.settings.warehouse_file, error) from error
            raise


@contextmanager
def open_warehouse(
    settings: Settings, *, read_only: bool = False, now: datetime | None = None
) -> Iterator[Warehouse]:
    """The warehouse, with every declared table in it.

    ``now`` goes into the lock, so that a second writer is told since when the first one is at work.
    Raises SecondWriter, NoWarehouse (read only and there is none), DamagedWarehouse.
    """
    file = settings.warehouse_file
    if read_only and not file.exists():
        raise NoWarehouse(f"there is no warehouse at {file}; make one with: skillweights nightly")
    settings.spill.mkdir(parents=True, exist_ok=True)
    with _locked(settings, read_only=read_only, now=now):
        connection = _connect(settings, read_only=read_only)
        with closing(Watch(connection.interrupt)) as watch:
            warehouse = Warehouse(connection, settings, watch)
            del connection
            try:
                if not read_only:
                    warehouse.rebuilt = _settle_tables(warehouse)
                yield warehouse
            finally:
                warehouse.close()


def _connect(settings: Settings, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    file = settings.warehouse_file
    if not read_only and file.exists() and file.stat().st_size == 0:
        file.unlink()  # a process killed while it made the file leaves an empty one, which DuckDB refuses
    try:
        connection = duckdb.connect(
            str(file),
            read_only=read_only,
            config={
                "threads": settings.threads,
                "memory_limit": settings.memory_limit,
                "temp_directory": str(settings.spill),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "preserve_insertion_order": False,
            },
        )
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
    except duckdb.Error as error:
        if "Could not set lock" in str(error):
            raise SecondWriter(
                f"another program has {file} open: {error}. Close it and run again."
            ) from error
        raise _damaged(file, error) from error
    return connection


def _damaged(file: Path, error: Exception) -> DamagedWarehouse:
    return DamagedWarehouse(
        f"{file} can't be read as a warehouse ({error}). Nothing is lost: delete it and run again, "
        f"landing replays it: rm -f '{file}' '{file}.wal' && skillweights nightly"
    )


# The lock ----------------------------------------------------------------------------------------

_held: set[int] = set()


def _forget_locks_in_child() -> None:
    # A forked worker that outlives a killed writer would keep the writer's lock.
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget_locks_in_child)


@contextmanager
def _locked(settings: Settings, *, read_only: bool, now: datetime | None) -> Iterator[None]:
    path = settings.writer_lock
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if read_only else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 4096, 0)
        os.close(descriptor)
        raise SecondWriter(_second_writer(settings, holder)) from None
    _held.add(descriptor)
    try:
        content = {
            "pid": os.getpid(),
            "since": f"{now:%Y-%m-%dT%H:%M:%SZ}" if now else None,
            "mode": "reading" if read_only else "writing",
        }
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, json.dumps(content).encode(), 0)
        yield
    finally:
        if descriptor in _held:
            _held.remove(descriptor)
            os.close(descriptor)


def _second_writer(settings: Settings, holder: bytes) -> str:
    try:
        content = json.loads(holder)
    except ValueError:
        content = {}
    pid = content.get("pid", "unknown")
    since = f" since {content['since']}" if content.get("since") else ""
    return (
        f"the warehouse {settings.warehouse_file} is in use: process {pid} is "
        f"{content.get('mode', 'writing')}{since} (lock {settings.writer_lock}). Wait until it ends "
        f"or stop it with: kill {pid}; or work elsewhere with: export SKILLWEIGHTS_HOME=DIR"
    )


# The tables --------------------------------------------------------------------------------------


def _settle_tables(warehouse: Warehouse) -> tuple[str, ...]:
    """Make the file's tables what is declared; those that differ are dropped and their loads forgotten."""
    declared = all_tables()
    present: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in warehouse.rows(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() "
        "WHERE schema_name = 'main' AND NOT internal ORDER BY table_name, column_index"
    ):
        present.setdefault(table, []).append((column, kind))
    wanted = {
        name: [(spec.name, spec.sql_type) for spec in column_specs(table)] for name, table in declared.items()
    }
    stale = {name for name, columns in present.items() if wanted.get(name) != columns}
    for group in READ_TOGETHER:
        if stale.intersection(group):
            stale.update(name for name in group if name in present)
    with warehouse.transaction():
        for name in sorted(stale):
            warehouse.run(f'DROP TABLE "{name}"')
        for name, table in declared.items():
            if name not in present or name in stale:
                for statement in (ddl(table), *comments_sql(table)):
                    warehouse.run(statement)
        for name in sorted(stale):
            warehouse.run("DELETE FROM meta_load WHERE table_name = $name", {"name": name})
    return tuple(sorted(stale))
