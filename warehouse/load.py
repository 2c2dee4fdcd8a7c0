"""Rows into tables: a partition, a batch or a whole table at a time, checked, in one transaction."""

import re
from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import sqlglot
from sqlglot import exp

from schemas.derive import column_specs, primary_key
from warehouse.check import DataFault, Failure, declared_table, require_columns, require_valid
from warehouse.connection import Warehouse

INCOMING = "incoming_rows"

WHOLE_NUMBER = r"^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$"
TYPES_THAT_FIT = {
    "BIGINT": WHOLE_NUMBER,
    "DOUBLE": rf"{WHOLE_NUMBER}|^(FLOAT|DOUBLE|DECIMAL\(.*\))$",
}
"""What may go into a column without loss; a DOUBLE is never cut to a whole number in silence."""


class PartitionFault(ValueError):
    """Rows that do not belong to the partition they would replace."""


class ColumnFault(TypeError):
    """A SELECT whose columns are not those of the table it builds."""


class BuildCycle(ValueError):
    """SELECTs that need each other, so that none can be first."""


def replace_partition(warehouse: Warehouse, name: str, frame: pa.Table, *, where: Mapping[str, str]) -> int:
    """Replace the rows of table ``name`` that have these values by ``frame``; returns the rows put in.

    An empty ``where`` replaces the whole table. Raises TypeError for other columns, PartitionFault
    for a row outside the partition, DataFault for one that breaks a rule; then nothing has changed.
    """
    table = declared_table(name)
    require_columns(table, frame)
    _require_inside(name, frame, where)
    condition = " AND ".join(f"{column} = ${column}" for column in sorted(where)) or "TRUE"
    with warehouse.transaction(), warehouse.registered(INCOMING, frame):
        require_valid(warehouse, name, INCOMING)
        warehouse.run(f"DELETE FROM {name} WHERE {condition}", where)  # noqa: S608
        if not set(where) <= set(primary_key(table)):
            _require_new_keys(warehouse, name)
        warehouse.run(f"INSERT INTO {name} BY NAME SELECT * FROM {INCOMING}")  # noqa: S608
    return int(frame.num_rows)


def append_rows(warehouse: Warehouse, name: str, frame: pa.Table) -> int:
    """Add rows whose keys table ``name`` does not have yet; returns their number.

    Raises TypeError for other columns, DataFault for a broken rule or a key that is there already.
    """
    require_columns(declared_table(name), frame)
    with warehouse.transaction(), warehouse.registered(INCOMING, frame):
        require_valid(warehouse, name, INCOMING)
        _require_new_keys(warehouse, name)
        warehouse.run(f"INSERT INTO {name} BY NAME SELECT * FROM {INCOMING}")  # noqa: S608
    return int(frame.num_rows)


def build(warehouse: Warehouse, name: str, sql: str, parameters: Mapping[str, Any] | None = None) -> int:
    """Fill table ``name`` anew with the rows of a SELECT; returns their number.

    Raises ColumnFault where the SELECT's columns or types are not the declared ones, DataFault
    where a row breaks a rule; then the table is as it was.
    """
    sql = sql.strip().rstrip(";")
    _require_declared_columns(warehouse, name, sql, parameters)
    with warehouse.transaction():
        warehouse.run(f"DELETE FROM {name}")  # noqa: S608
        [[n_rows]] = warehouse.rows(f"INSERT INTO {name} BY NAME (\n{sql}\n)", parameters)
        require_valid(warehouse, name, name)
    return int(n_rows)


@cache  # parsing our SELECTs takes 1.5 s of a processor, and every night of a process asks for the same
def tables_read(sql: str) -> frozenset[str]:
    """Names of the tables a SELECT reads; its own CTEs are none."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    own = {cte.alias for cte in tree.find_all(exp.CTE)}
    return frozenset(table.name for table in tree.find_all(exp.Table) if table.name and table.name not in own)


def build_order(sqls: Mapping[str, str]) -> list[str]:
    """Order in which to build the tables, so that each comes after those its SELECT reads.

    Among tables that could be next the alphabet decides. Raises BuildCycle naming the circle.
    """
    needs = {name: sorted(tables_read(sql).intersection(sqls)) for name, sql in sqls.items()}
    sorter = TopologicalSorter(needs)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise BuildCycle(f"tables need each other: {circle}; break the circle in transforms/sql") from error
    order: list[str] = []
    ready: list[str] = sorted(sorter.get_ready())
    while ready:
        name = ready.pop(0)
        order.append(name)
        sorter.done(name)
        ready = sorted([*ready, *sorter.get_ready()])
    return order


def _require_inside(name: str, frame: pa.Table, where: Mapping[str, str]) -> None:
    for column, value in sorted(where.items()):
        if column not in frame.column_names:
            raise PartitionFault(f"{name} has no column {column} to replace a partition by")
        outside = frame.num_rows - (pc.sum(pc.equal(frame[column], value)).as_py() or 0)
        if outside:
            raise PartitionFault(
                f"{name}: {outside} of {frame.num_rows} rows have another {column} than {value!r}: "
                "they would be there twice after the next load"
            )


def _require_new_keys(warehouse: Warehouse, name: str) -> None:
    key = ", ".join(primary_key(declared_table(name)))
    query = f"SELECT {key} FROM {INCOMING} INTERSECT SELECT {key} FROM {name}"  # noqa: S608
    [[n_rows]] = warehouse.rows(f"SELECT count(*) FROM ({query})")  # noqa: S608
    if n_rows:
        rows = warehouse.rows(f"SELECT * FROM ({query}) ORDER BY ALL LIMIT 5")  # noqa: S608
        columns = primary_key(declared_table(name))
        examples = tuple(dict(zip(columns, row, strict=True)) for row in rows)
        raise DataFault([Failure(name, "primary_key", f"the table has {key} already", int(n_rows), examples)])


def _require_declared_columns(
    warehouse: Warehouse, name: str, sql: str, parameters: Mapping[str, Any] | None
) -> None:
    declared = {spec.name: spec.sql_type for spec in column_specs(declared_table(name))}
    given = {str(row[0]): str(row[1]) for row in warehouse.rows(f"DESCRIBE {sql}", parameters)}
    faults = [f"column {column} is missing" for column in declared if column not in given]
    faults += [f"column {column} is not declared" for column in given if column not in declared]
    faults += [
        f"column {column} is {given[column]}, declared {kind}: cast it in the SELECT"
        for column, kind in declared.items()
        if column in given and not _fits(given[column], kind)
    ]
    if faults:
        raise ColumnFault(f"the SELECT for {name} does not fit its declaration: " + "; ".join(faults))


def _fits(given: str, declared: str) -> bool:
    if given == declared or given.strip('"').startswith("NULL"):
        return True
    return bool(re.match(TYPES_THAT_FIT.get(declared, "$^"), given))
