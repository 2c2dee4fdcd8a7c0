"""What follows from a table declaration: DDL, Arrow schema, failing-row SQL, JSON contract, dictionary page.

Nothing here knows a database: all functions return text or Arrow objects.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from schemas.table import Table, declared, table_name

SQL_TYPES = {
    "String": "VARCHAR",
    "Int64": "BIGINT",
    "Float64": "DOUBLE",
    "Boolean": "BOOLEAN",
    "Date": "DATE",
    "Datetime": "TIMESTAMP",
    "List(String)": "VARCHAR[]",
    "List(Int64)": "BIGINT[]",
}

ARROW_TYPES: dict[str, pa.DataType] = {
    "VARCHAR": pa.string(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
    "VARCHAR[]": pa.list_(pa.string()),
    "BIGINT[]": pa.list_(pa.int64()),
}

JSON_TYPES = {
    "VARCHAR": "string",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "BOOLEAN": "boolean",
    "DATE": "string",
    "TIMESTAMP": "string",
    "VARCHAR[]": "array",
    "BIGINT[]": "array",
}


class NoSqlForm(TypeError):
    """A declared check or type has no SQL form, so rows inside the warehouse could not be held to it."""


@dataclass(frozen=True)
class ColumnSpec:
    """One declared column; ``checks`` are pairs of check name and its parameters."""

    name: str
    sql_type: str
    nullable: bool
    unit: str | None
    description: str
    checks: tuple[tuple[str, dict[str, Any]], ...]


@dataclass(frozen=True)
class Rule:
    """One failing-row rule: ``sql`` is true on a good row; ``message`` is what a bad one raises."""

    name: str
    sql: str
    message: str


def literal(value: object) -> str:
    """A value as an SQL literal."""
    if isinstance(value, bool) or value is None:
        return str(value).upper() if value is not None else "NULL"
    if isinstance(value, int | float):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def _length(name: str, parameters: dict[str, Any]) -> str:
    low, high = parameters.get("min_value"), parameters.get("max_value")
    parts = [f"length({name}) >= {low}"] if low is not None else []
    parts += [f"length({name}) <= {high}"] if high is not None else []
    return " AND ".join(parts)


CHECK_SQL: dict[str, Callable[[str, dict[str, Any]], str]] = {
    "greater_than": lambda n, p: f"{n} > {literal(p['min_value'])}",
    "greater_than_or_equal_to": lambda n, p: f"{n} >= {literal(p['min_value'])}",
    "less_than": lambda n, p: f"{n} < {literal(p['max_value'])}",
    "less_than_or_equal_to": lambda n, p: f"{n} <= {literal(p['max_value'])}",
    "isin": lambda n, p: f"{n} IN ({', '.join(literal(v) for v in p['allowed_values'])})",
    "str_matches": lambda n, p: f"regexp_matches({n}, {literal(p['pattern'])})",
    "str_length": _length,
}


@cache  # pandera builds its schema anew at every call, and a night asks a thousand times: 0.5 s of a processor
def column_specs(table: type[Table]) -> tuple[ColumnSpec, ...]:
    """Columns of a table in declared order. Raises NoSqlForm, ValueError for a column without description."""
    specs = []
    for name, column in table.to_schema().columns.items():
        kind = str(column.dtype)
        if kind not in SQL_TYPES:
            raise NoSqlForm(
                f"{table_name(table)}.{name}: type {kind} has no SQL form; add it to derive.SQL_TYPES"
            )
        if not column.description:
            raise ValueError(
                f"{table_name(table)}.{name} has no description; declare it with columns.column(...)"
            )
        checks = tuple((str(check.name), dict(check.statistics or {})) for check in column.checks)
        specs.append(
            ColumnSpec(
                name,
                SQL_TYPES[kind],
                bool(column.nullable),
                (column.metadata or {}).get("unit"),
                column.description,
                checks,
            )
        )
    return tuple(specs)


def primary_key(table: type[Table]) -> tuple[str, ...]:
    """Columns that name a row; also the total order in which the table is written."""
    return tuple(declared(table)["primary_key"])


@cache
def rules(table: type[Table]) -> tuple[Rule, ...]:
    """Every rule a row must keep: not null, column checks, finite numbers, cross-column rules.

    Raises NoSqlForm where a pandera check has no SQL form.
    """
    found = []
    for spec in column_specs(table):
        if not spec.nullable:
            found.append(
                Rule(f"{spec.name}_not_null", f"{spec.name} IS NOT NULL", f"{spec.name} must not be null")
            )
        if spec.sql_type == "DOUBLE":
            found.append(
                Rule(f"{spec.name}_finite", f"isfinite({spec.name})", f"{spec.name} must be a finite number")
            )
        for check, parameters in spec.checks:
            if check not in CHECK_SQL:
                raise NoSqlForm(
                    f"{table_name(table)}.{spec.name}: check {check} has no SQL form; "
                    "add it to derive.CHECK_SQL"
                )
            sql = CHECK_SQL[check](spec.name, parameters)
            found.append(Rule(f"{spec.name}_{check}", sql, f"{spec.name} must satisfy {sql}"))
    for name, (sql, message) in declared(table)["rules"].items():
        found.append(Rule(name, sql, message))
    return tuple(found)


def failing_rows_sql(table: type[Table], relation: str) -> dict[str, str]:
    """One query per rule that returns the rows of ``relation`` breaking it, and one for duplicate keys."""
    queries = {rule.name: f"SELECT * FROM {relation} WHERE NOT ({rule.sql})" for rule in rules(table)}  # noqa: S608
    key = ", ".join(primary_key(table))
    several = f"count(*) OVER (PARTITION BY {key}) > 1"
    queries["primary_key"] = f"SELECT * FROM {relation} QUALIFY {several}"  # noqa: S608
    return queries


def broken_counts_sql(table: type[Table], relation: str) -> str:
    """One query, one scan: per rule how many rows of ``relation`` break it, in the order of ``rules``."""
    counts = ", ".join(f"count(*) FILTER (WHERE NOT ({rule.sql}))" for rule in rules(table))
    return f"SELECT {counts} FROM {relation}"  # noqa: S608


def duplicate_keys_sql(table: type[Table], relation: str) -> str:
    """One query: keys that more than one row of ``relation`` has."""
    key = ", ".join(primary_key(table))
    return f"SELECT {key} FROM {relation} GROUP BY {key} HAVING count(*) > 1"  # noqa: S608


def alike_keys_sql(table: type[Table], relation: str) -> str:
    """One query: how many rows at least share a key, or its hash; 0 proves that none do, at a fifth of the cost."""
    key = ", ".join(primary_key(table))
    return f"SELECT count(*) - count(DISTINCT hash({key})) FROM {relation}"  # noqa: S608


def verdict_sql(table: type[Table], relation: str, *, position: str) -> str:
    """One query over ``relation``: its columns and ``broken_rules``, the names of the rules a row breaks.

    ``position`` is a column of ``relation`` that orders its rows: of rows with one key all but the
    first break ``primary_key``.
    """
    tests = ", ".join(f"CASE WHEN NOT ({rule.sql}) THEN {literal(rule.name)} END" for rule in rules(table))
    key = ", ".join(primary_key(table))
    duplicate = (
        f"CASE WHEN row_number() OVER (PARTITION BY {key} ORDER BY {position}) > 1 THEN 'primary_key' END"
    )
    return (
        f"SELECT *, list_filter([{tests}, {duplicate}], lambda name: name IS NOT NULL) AS broken_rules "  # noqa: S608
        f"FROM {relation}"
    )


def ddl(table: type[Table]) -> str:
    """CREATE TABLE statement; no PRIMARY KEY (25.8 s against 1.5 s on 3.2 M rows): the key is a rule."""
    columns = ",\n  ".join(f"{spec.name} {spec.sql_type}" for spec in column_specs(table))
    return f"CREATE TABLE IF NOT EXISTS {table_name(table)} (\n  {columns}\n)"


def comments_sql(table: type[Table]) -> list[str]:
    """COMMENT statements, so that the warehouse file explains itself."""
    name = table_name(table)
    statements = [f"COMMENT ON TABLE {name} IS {literal(grain(table))}"]
    for spec in column_specs(table):
        text = spec.description + (f" [{spec.unit}]" if spec.unit else "")
        statements.append(f"COMMENT ON COLUMN {name}.{spec.name} IS {literal(text)}")
    return statements


def grain(table: type[Table]) -> str:
    """First line of the docstring: what one row is."""
    return (table.__doc__ or "").strip().splitlines()[0]


def arrow_schema(table: type[Table]) -> pa.Schema:
    """Arrow schema; descriptions and units are field metadata, the grain is table metadata."""
    fields = []
    for spec in column_specs(table):
        metadata = {"description": spec.description} | ({"unit": spec.unit} if spec.unit else {})
        fields.append(
            pa.field(spec.name, ARROW_TYPES[spec.sql_type], nullable=spec.nullable, metadata=metadata)
        )
    return pa.schema(fields, metadata={"description": grain(table)})


def json_contract(table: type[Table]) -> dict[str, Any]:
    """JSON Schema of one row, with units and the cross-column rules in words."""
    properties: dict[str, Any] = {}
    for spec in column_specs(table):
        kind = JSON_TYPES[spec.sql_type]
        entry: dict[str, Any] = {
            "type": [kind, "null"] if spec.nullable else kind,
            "description": spec.description,
            "unit": spec.unit,
        }
        if spec.sql_type in ("DATE", "TIMESTAMP"):
            entry["format"] = "date" if spec.sql_type == "DATE" else "date-time"
        if kind == "array":
            entry["items"] = {"type": "integer" if spec.sql_type == "BIGINT[]" else "string"}
        entry |= _json_checks(spec)
        properties[spec.name] = entry
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": table_name(table),
        "description": grain(table),
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": properties,
        "primary_key": list(primary_key(table)),
        "rules": {rule.name: rule.message for rule in rules(table)},
    }


def _json_checks(spec: ColumnSpec) -> dict[str, Any]:
    words = {
        "greater_than": ("exclusiveMinimum", "min_value"),
        "greater_than_or_equal_to": ("minimum", "min_value"),
        "less_than": ("exclusiveMaximum", "max_value"),
        "less_than_or_equal_to": ("maximum", "max_value"),
        "str_matches": ("pattern", "pattern"),
    }
    found: dict[str, Any] = {}
    for check, parameters in spec.checks:
        if check == "isin":
            found["enum"] = [*parameters["allowed_values"], *([None] if spec.nullable else [])]
        elif check == "str_length":
            found["minLength"] = parameters.get("min_value") or 0
        else:
            word, parameter = words[check]
            found[word] = parameters[parameter]
    return found


def dictionary_page(table: type[Table]) -> str:
    """Markdown section of the data dictionary."""
    lines = [f"## {table_name(table)}", "", grain(table), ""]
    lines += [f"Key: {', '.join(f'`{name}`' for name in primary_key(table))}", ""]
    lines += ["| column | type | unit | null | meaning |", "|---|---|---|---|---|"]
    for spec in column_specs(table):
        null = "yes" if spec.nullable else ""
        lines.append(f"| `{spec.name}` | {spec.sql_type} | {spec.unit or ''} | {null} | {spec.description} |")
    crossing = declared(table)["rules"]
    if crossing:
        lines += ["", "Rules:", ""] + [f"- `{name}`: {message}" for name, (_, message) in crossing.items()]
    return "\n".join(lines) + "\n"
