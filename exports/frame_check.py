"""Rows held to their declarations outside the warehouse file: in a private DuckDB in memory."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from schemas.table import Table, table_name
from warehouse.check import DataFault, failures, validate_frame
from warehouse.connection import Warehouse
from warehouse.settings import Settings

THREADS = 2
MEMORY_LIMIT = "1GB"
N_EXAMPLES = 3


@contextmanager
def tables_in_memory(tables: Mapping[str, pa.Table]) -> Iterator[Warehouse]:
    """A DuckDB in memory that sees each table under its name; it reaches neither disk nor network."""
    connection = duckdb.connect(":memory:", config={"threads": THREADS, "memory_limit": MEMORY_LIMIT})
    try:
        warehouse = Warehouse(connection, Settings(Path(":memory:"), THREADS, MEMORY_LIMIT))
        for name, rows in tables.items():
            warehouse.register(name, rows)
        warehouse.run("SET enable_external_access = false")
        warehouse.run("SET enable_progress_bar = false")  # DuckDB draws it on stdout, amid what verify says
        yield warehouse
    finally:
        connection.close()


def row_faults(
    warehouse: Warehouse, table_class: type[Table], name: str, rows: pa.Table | None = None
) -> list[str]:
    """What is wrong with a registered table by its failing-row rules, one text per rule.

    With ``rows``, the table read back from its file, by pandera too: that second opinion is asked once, last.
    """
    broken = {failure.rule: failure for failure in failures(warehouse, table_name(table_class), name)}
    try:
        if rows is not None:
            validate_frame(table_class, rows)
    except DataFault as fault:
        broken = {failure.rule: failure for failure in fault.failures} | broken
    return [
        f"{failure.message} [{rule}]: {failure.n_rows} row(s), for example "
        + "; ".join(str(example) for example in failure.examples[:N_EXAMPLES])
        for rule, failure in sorted(broken.items())
    ]


def examples(warehouse: Warehouse, sql: str, parameters: Mapping[str, Any], n_rows: int) -> str:
    """`n row(s), for example ...` with the first rows of a query."""
    rows = warehouse.rows(f"SELECT * FROM ({sql}) ORDER BY ALL LIMIT {N_EXAMPLES}", parameters)  # noqa: S608
    return f"{n_rows} row(s), for example " + "; ".join(" ".join(str(v) for v in row) for row in rows)
