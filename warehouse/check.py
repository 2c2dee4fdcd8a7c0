"""Rows held to their declaration: by SQL inside the warehouse, by pandera where they enter and leave."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pandera.errors
import pyarrow as pa
import pyarrow.compute as pc

from schemas.derive import (
    alike_keys_sql,
    arrow_schema,
    broken_counts_sql,
    column_specs,
    duplicate_keys_sql,
    failing_rows_sql,
    primary_key,
    rules,
    verdict_sql,
)
from schemas.table import Table, all_tables, table_name
from warehouse.coded import plain, plain_type
from warehouse.connection import Warehouse

MAX_EXAMPLES = 5
MAX_CHARACTERS = 80


@dataclass(frozen=True)
class Failure:
    """One broken rule: how many rows break it and up to five of them, texts shortened."""

    table: str
    rule: str
    message: str
    n_rows: int
    examples: tuple[dict[str, Any], ...]

    def __str__(self) -> str:
        head = f"{self.table}: rule {self.rule}: {self.message}: {self.n_rows} rows"
        return "\n".join([head, *(f"    {example}" for example in self.examples)])


class DataFault(ValueError):
    """Rows break the rules of their table; ``failures`` lists every broken rule."""

    def __init__(self, failures: Iterable[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__("\n".join(str(failure) for failure in self.failures))


@dataclass(frozen=True)
class Split:
    """Rows that keep all rules, and for each other row its position in the frame and the rules it breaks."""

    good: pa.Table
    broken: tuple[tuple[int, tuple[str, ...]], ...]


def declared_table(name: str) -> type[Table]:
    """The declaration of a table. Raises KeyError naming it."""
    tables = all_tables()
    if name not in tables:
        raise KeyError(f"no table {name} is declared; declare it in schemas/{name}.py")
    return tables[name]


def shorten(value: object) -> object:
    """The value, a long text cut to 80 characters, so that no advert spills into a log."""
    if isinstance(value, str) and len(value) > MAX_CHARACTERS:
        return value[: MAX_CHARACTERS - 1] + "…"
    if isinstance(value, list):
        return [shorten(item) for item in value[:MAX_EXAMPLES]]
    return value


def failures(warehouse: Warehouse, name: str, relation: str) -> list[Failure]:
    """Broken rules of table ``name`` among the rows of ``relation`` (a table, view or registered frame)."""
    table = declared_table(name)
    [counts] = warehouse.rows(broken_counts_sql(table, relation))
    found = []
    for rule, n_rows in zip(rules(table), counts, strict=True):
        if n_rows:
            query = failing_rows_sql(table, relation)[rule.name]
            examples = _examples(warehouse, table, query, rule.sql)
            found.append(Failure(name, rule.name, rule.message, int(n_rows), examples))
    [[n_alike]] = warehouse.rows(alike_keys_sql(table, relation))
    if not n_alike:
        return found
    duplicates = duplicate_keys_sql(table, relation)
    [[n_keys]] = warehouse.rows(f"SELECT count(*) FROM ({duplicates})")  # noqa: S608
    if n_keys:
        examples = _examples(warehouse, table, duplicates, "")
        message = f"more than one row has the same {', '.join(primary_key(table))}"
        found.append(Failure(name, "primary_key", message, int(n_keys), examples))
    return found


def require_valid(warehouse: Warehouse, name: str, relation: str) -> None:
    """Raise DataFault unless every row of ``relation`` keeps the rules of table ``name``."""
    found = failures(warehouse, name, relation)
    if found:
        raise DataFault(found)


def _examples(
    warehouse: Warehouse, table: type[Table], query: str, rule_sql: str
) -> tuple[dict[str, Any], ...]:
    """Key columns and those the rule speaks of, of the first five rows in the order of the key."""
    key = primary_key(table)
    words = set(re.findall(r"\w+", rule_sql))
    shown = [spec.name for spec in column_specs(table) if spec.name in key or spec.name in words]
    rows = warehouse.rows(
        f"SELECT {', '.join(shown)} FROM ({query}) ORDER BY {', '.join(key)} LIMIT {MAX_EXAMPLES}"  # noqa: S608
    )
    return tuple({name: shorten(value) for name, value in zip(shown, row, strict=True)} for row in rows)


def split_valid(table: type[Table], frame: pa.Table) -> Split:
    """Tell rows that keep all rules from those that don't; of rows with one key the first is kept.

    Raises TypeError where columns or types of ``frame`` differ from the declaration.
    """
    require_columns(table, frame)
    numbered = frame.append_column("row_position", pa.array(range(frame.num_rows), pa.int64()))
    connection = duckdb.connect(
        config={"threads": 1, "autoinstall_known_extensions": False, "autoload_known_extensions": False}
    )
    try:
        connection.execute("SET enable_progress_bar = false")
        connection.register("frame", numbered)
        verdict = verdict_sql(table, "frame", position="row_position")
        found = connection.execute(
            f"SELECT row_position, broken_rules FROM ({verdict}) WHERE len(broken_rules) > 0 "  # noqa: S608
            "ORDER BY row_position"
        ).fetchall()
    finally:
        connection.close()
    broken = tuple((int(position), tuple(names)) for position, names in found)
    if not broken:
        return Split(frame, ())
    bad = {position for position, _ in broken}
    return Split(frame.filter(pa.array([i not in bad for i in range(frame.num_rows)], pa.bool_())), broken)


def require_columns(table: type[Table], frame: pa.Table) -> None:
    """Raise TypeError naming every column of ``frame`` that is missing, undeclared or of another type."""
    declared = {field.name: field.type for field in arrow_schema(table)}
    given = {field.name: field.type for field in frame.schema}
    faults = [f"column {name} is missing" for name in declared if name not in given]
    faults += [f"column {name} is not declared" for name in given if name not in declared]
    faults += [
        f"column {name} is {given[name]}, declared {declared[name]}"
        for name in declared
        if name in given and given[name] != declared[name]
    ]
    if faults:
        raise TypeError(f"{table_name(table)}: " + "; ".join(faults))


def validate_frame(table: type[Table], frame: pa.Table) -> None:
    """Raise DataFault unless columns, types, nulls and column checks are as pandera has them declared.

    For what enters and leaves the warehouse; rules across columns are ``split_valid``'s and
    ``require_valid``'s.
    """
    if _passes(table, _distinct_values(table, frame)):
        return
    try:
        table.validate(plain(frame), lazy=True)
    except pandera.errors.SchemaErrors as errors:
        raise DataFault(_pandera_failures(table, errors.failure_cases.to_pylist())) from None


def _passes(table: type[Table], frame: pa.Table | None) -> bool:
    if frame is None:
        return False
    try:
        table.validate(frame)
    except (pandera.errors.SchemaError, pandera.errors.SchemaErrors):
        return False
    return True


def _distinct_values(table: type[Table], frame: pa.Table) -> pa.Table | None:
    """A frame that passes if and only if ``frame`` does, and that is often a hundredth of it; None: look at all.

    Every check is of one value of one column, so each column's distinct values do, filled up with the first.
    A list, which Arrow tells no distinct values of, stands for all lists where no check looks into it.
    """
    checked = {spec.name for spec in column_specs(table) if spec.checks}
    columns = []
    for field in frame.schema:
        column = frame.column(field.name)
        if not pa.types.is_nested(field.type):
            columns.append(column.unique().cast(plain_type(field.type)))
        elif field.name in checked:
            return None
        else:
            some = [column.filter(held).slice(0, 1) for held in (column.is_valid(), column.is_null())]
            columns.append(pa.chunked_array([chunk for part in some for chunk in part.chunks], field.type))
    longest = max((len(column) for column in columns), default=0)
    if not longest:
        return plain(frame.slice(0, 0))
    position = pa.array(range(longest))
    filled = [column.take(pc.if_else(pc.less(position, len(column)), position, 0)) for column in columns]
    return pa.table(filled, schema=plain(frame.slice(0, 0)).schema)


def _pandera_failures(table: type[Table], cases: list[Mapping[str, Any]]) -> list[Failure]:
    grouped: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for case in cases:
        of_frame = case["schema_context"] != "Column"
        column = str(case["failure_case"] if of_frame else case["column"])
        grouped.setdefault((column, str(case["check"])), []).append(case)
    found = []
    for (column, check), group in sorted(grouped.items()):
        examples = tuple({column: shorten(case["failure_case"])} for case in group[:MAX_EXAMPLES])
        message = PANDERA_WORDS.get(check, "{column} must satisfy {check}").format(column=column, check=check)
        rule = f"{column}_{check.split('(')[0]}".replace("not_nullable", "not_null")
        found.append(Failure(table_name(table), rule, message, len(group), examples))
    return found


PANDERA_WORDS = {
    "column_in_schema": "column {column} is not declared",
    "column_in_dataframe": "column {column} is missing",
    "not_nullable": "{column} must not be null",
}
