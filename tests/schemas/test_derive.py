"""What follows from a declaration, held against DuckDB, Arrow and literal text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pandera.pyarrow as pandera
import pytest
from pandera.dtypes import Int8

from schemas import columns, derive
from schemas.table import LAYERS, Table, all_tables, declared, keys, table_name
from tests.schemas.examples import TABLES, frame, good_row

GOLDEN = Path(__file__).parent / "golden"
EACH_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))


class CorePeriodUnlike(Table):
    """One row per nothing."""

    thing: str = columns.column("A thing", str_startswith="a")

    class Config:
        metadata = keys(["thing"])


@pytest.fixture(scope="module")
def made() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with every declared table; one transaction, since 600 of them take seconds."""
    connection = duckdb.connect()
    connection.execute("BEGIN")
    for table in TABLES.values():
        for statement in (derive.ddl(table), *derive.comments_sql(table)):
            connection.execute(statement)
    connection.execute("COMMIT")
    yield connection
    connection.close()


@pytest.mark.slow
@EACH_TABLE
def test_ddl_makes_the_declared_table(table: type[Table], made: duckdb.DuckDBPyConnection) -> None:
    columns_made = made.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() "
        "WHERE table_name = $name ORDER BY column_index",
        {"name": table_name(table)},
    ).fetchall()
    assert columns_made == [
        (spec.name, spec.sql_type, spec.description + (f" [{spec.unit}]" if spec.unit else ""))
        for spec in derive.column_specs(table)
    ]
    arrow = made.sql(f"FROM {table_name(table)}").to_arrow_table().schema
    assert [(field.name, field.type) for field in arrow] == [
        (field.name, field.type) for field in derive.arrow_schema(table)
    ]


@EACH_TABLE
def test_declarations_say_what_they_must(table: type[Table]) -> None:
    name = table_name(table)
    assert name.split("_")[0] in LAYERS
    assert derive.grain(table).startswith("One row per ") and derive.grain(table).endswith(".")
    names = [spec.name for spec in derive.column_specs(table)]
    assert derive.primary_key(table) and set(derive.primary_key(table)) <= set(names)
    rules = [rule.name for rule in derive.rules(table)]
    assert len(rules) == len(set(rules))
    module = Path(derive.__file__).parent / f"{name}.py"
    assert module.is_file(), f"{name} stands in schemas/{name}.py"


@EACH_TABLE
def test_arrow_schema_carries_meaning_and_unit(table: type[Table]) -> None:
    schema = derive.arrow_schema(table)
    assert schema.metadata == {b"description": derive.grain(table).encode()}
    for spec, field in zip(derive.column_specs(table), schema, strict=True):
        assert field.nullable == spec.nullable
        assert field.metadata[b"description"].decode() == spec.description
        assert field.metadata.get(b"unit") == (spec.unit.encode() if spec.unit else None)


@pytest.mark.parametrize(
    "name", ["raw_posting", "core_mention", "weight_mask", "export_metric_value", "meta_run"]
)
def test_failing_row_queries_find_nothing_in_good_rows(name: str) -> None:
    table = TABLES[name]
    connection = duckdb.connect()
    connection.register("good", frame(table, [good_row(table)]))
    for rule, query in derive.failing_rows_sql(table, "good").items():
        assert connection.execute(query).fetchall() == [], rule
    assert connection.execute(derive.broken_counts_sql(table, "good")).fetchall() == [
        (0,) * len(derive.rules(table))
    ]
    assert connection.execute(derive.duplicate_keys_sql(table, "good")).fetchall() == []
    assert connection.execute(derive.alike_keys_sql(table, "good")).fetchall() == [(0,)]
    connection.close()


@pytest.mark.slow
@EACH_TABLE
def test_json_contract_is_json_schema(table: type[Table]) -> None:
    contract = derive.json_contract(table)
    jsonschema.Draft202012Validator.check_schema(contract)
    row = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in good_row(table).items()
    }
    jsonschema.validate(json.loads(json.dumps(row)), contract)


def test_one_scan_counts_what_the_queries_find() -> None:
    table = all_tables()["core_period"]
    good = good_row(table)
    backwards = good | {"period_start": good["period_end"], "period_end": good["period_start"]}
    rows = [good, good, backwards, good | {"is_default": None, "period_end": None}]
    connection = duckdb.connect()
    connection.register("rows", frame(table, rows))
    [counts] = connection.execute(derive.broken_counts_sql(table, "rows")).fetchall()
    by_rule = dict(zip([rule.name for rule in derive.rules(table)], counts, strict=True))
    assert by_rule == {
        "period_start_not_null": 0,
        "period_end_not_null": 1,
        "is_default_not_null": 1,
        "period_is_ordered": 1,
    }
    queries = derive.failing_rows_sql(table, "rows")
    assert len(connection.execute(queries["primary_key"]).fetchall()) == 2
    assert len(connection.execute(derive.duplicate_keys_sql(table, "rows")).fetchall()) == 1
    assert connection.execute(derive.alike_keys_sql(table, "rows")).fetchall() == [(1,)]
    connection.close()


def test_a_check_without_sql_form_is_an_error() -> None:
    with pytest.raises(
        derive.NoSqlForm, match=r"core_period_unlike.thing: check str_startswith has no SQL form"
    ):
        derive.rules(CorePeriodUnlike)


def test_a_type_without_sql_form_is_an_error() -> None:
    class CoreOdd(Table):
        """One row per nothing."""

        thing: Int8 = columns.column("A thing")

        class Config:
            metadata = keys(["thing"])

    with pytest.raises(derive.NoSqlForm, match=r"core_odd.thing: type Int8 has no SQL form"):
        derive.column_specs(CoreOdd)


def test_a_column_without_description_is_an_error() -> None:
    class CoreSilent(Table):
        """One row per nothing."""

        thing: str = pandera.Field()

        class Config:
            metadata = keys(["thing"])

    with pytest.raises(ValueError, match=r"core_silent.thing has no description"):
        derive.column_specs(CoreSilent)


def test_a_table_without_key_is_an_error() -> None:
    class CoreKeyless(Table):
        """One row per nothing."""

        thing: str = columns.column("A thing")

    with pytest.raises(TypeError, match="CoreKeyless declares no key"):
        declared(CoreKeyless)


@pytest.mark.parametrize(
    ("value", "sql"),
    [("it's", "'it''s'"), (3, "3"), (0.5, "0.5"), (True, "TRUE"), (None, "NULL")],
)
def test_literal(value: Any, sql: str) -> None:
    assert derive.literal(value) == sql


def test_dictionary_page_is_golden() -> None:
    assert derive.dictionary_page(TABLES["core_period"]) == (GOLDEN / "core_period.md").read_text()


def test_json_contract_is_golden() -> None:
    contract = json.dumps(derive.json_contract(TABLES["core_period"]), indent=2) + "\n"
    assert contract == (GOLDEN / "core_period.json").read_text()
