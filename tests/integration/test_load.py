"""Partitions, batches and whole tables into a real warehouse; nothing half, nothing unchecked."""

import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from schemas.table import all_tables
from tests.schemas.examples import frame, good_row
from warehouse.check import DataFault
from warehouse.connection import Warehouse, open_warehouse
from warehouse.load import (
    BuildCycle,
    ColumnFault,
    PartitionFault,
    append_rows,
    build,
    build_order,
    replace_partition,
    tables_read,
)
from warehouse.settings import Settings

ROOT = Path(__file__).parents[2]
TABLES = all_tables()
POSTING = TABLES["raw_posting"]
PERIOD = TABLES["core_period"]


def postings(file: str, *numbers: int) -> pa.Table:
    return frame(POSTING, [good_row(POSTING, file=file, row_number=number) for number in numbers])


def stored(warehouse: Warehouse) -> list[tuple[str, int]]:
    return warehouse.rows("SELECT file, row_number FROM raw_posting ORDER BY ALL")


def test_a_partition_is_replaced_and_others_stay(warehouse: Warehouse) -> None:
    assert replace_partition(warehouse, "raw_posting", postings("a", 1, 2), where={"file": "a"}) == 2
    assert replace_partition(warehouse, "raw_posting", postings("b", 1), where={"file": "b"}) == 1
    assert replace_partition(warehouse, "raw_posting", postings("a", 3), where={"file": "a"}) == 1
    assert stored(warehouse) == [("a", 3), ("b", 1)]
    assert replace_partition(warehouse, "raw_posting", postings("a"), where={"file": "a"}) == 0
    assert stored(warehouse) == [("b", 1)]


def test_without_a_where_the_table_is_replaced(warehouse: Warehouse) -> None:
    replace_partition(warehouse, "raw_posting", postings("a", 1), where={})
    replace_partition(warehouse, "raw_posting", postings("b", 1), where={})
    assert stored(warehouse) == [("b", 1)]


def test_values_arrive_as_they_were(warehouse: Warehouse) -> None:
    rows = postings("a", 1, 2)
    replace_partition(warehouse, "raw_posting", rows.select(rows.column_names[::-1]), where={"file": "a"})
    assert warehouse.arrow("FROM raw_posting ORDER BY row_number").to_pylist() == rows.to_pylist()


def test_a_broken_rule_leaves_everything_as_it_was(warehouse: Warehouse) -> None:
    replace_partition(warehouse, "raw_posting", postings("a", 1), where={"file": "a"})
    with pytest.raises(DataFault, match="rule row_number_greater_than_or_equal_to"):
        replace_partition(warehouse, "raw_posting", postings("a", 2, 0), where={"file": "a"})
    with pytest.raises(DataFault, match="rule primary_key"):
        replace_partition(warehouse, "raw_posting", postings("a", 2, 2), where={"file": "a"})
    assert stored(warehouse) == [("a", 1)]


def test_a_row_of_another_partition_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(PartitionFault, match="raw_posting: 1 of 2 rows have another file than 'a'"):
        mixed = pa.concat_tables([postings("a", 1), postings("b", 1)])
        replace_partition(warehouse, "raw_posting", mixed, where={"file": "a"})
    with pytest.raises(PartitionFault, match="no column flavour"):
        replace_partition(warehouse, "raw_posting", postings("a", 1), where={"flavour": "a"})


def test_a_partition_outside_the_key_may_not_take_a_key_twice(warehouse: Warehouse) -> None:
    one = frame(POSTING, [good_row(POSTING, snapshot_sha256="1" * 64)])
    two = frame(POSTING, [good_row(POSTING, snapshot_sha256="2" * 64)])
    replace_partition(warehouse, "raw_posting", one, where={"snapshot_sha256": "1" * 64})
    with pytest.raises(DataFault, match="the table has source_id, release, file, row_number already: 1 rows"):
        replace_partition(warehouse, "raw_posting", two, where={"snapshot_sha256": "2" * 64})
    assert warehouse.rows("SELECT snapshot_sha256 FROM raw_posting") == [("1" * 64,)]


def test_other_columns_or_types_are_named(warehouse: Warehouse) -> None:
    good = frame(PERIOD, [good_row(PERIOD)])
    with pytest.raises(TypeError, match="core_period: column is_default is missing; column extra is not"):
        replace_partition(
            warehouse, "core_period", good.rename_columns([*good.column_names[:2], "extra"]), where={}
        )
    with pytest.raises(TypeError, match="column period_start is string, declared date32"):
        texts = good.set_column(0, "period_start", pa.array(["2025-01-01"]))
        replace_partition(warehouse, "core_period", texts, where={})
    with pytest.raises(KeyError, match=r"declare it in schemas/core_nothing\.py"):
        replace_partition(warehouse, "core_nothing", good, where={})


def test_appended_rows_have_new_keys(warehouse: Warehouse) -> None:
    assert append_rows(warehouse, "raw_posting", postings("a", 1, 2)) == 2
    assert append_rows(warehouse, "raw_posting", postings("a", 3)) == 1
    with pytest.raises(DataFault, match=r"rule primary_key: .* already: 1 rows"):
        append_rows(warehouse, "raw_posting", postings("a", 3, 4))
    assert stored(warehouse) == [("a", 1), ("a", 2), ("a", 3)]


# build

PERIOD_SQL = """
-- One row per period.
SELECT $first::DATE AS period_start, DATE '2025-12-31' AS period_end, TRUE AS is_default;
"""


def test_build_fills_the_table_anew(warehouse: Warehouse) -> None:
    for first in (date(2025, 1, 1), date(2025, 2, 1)):
        assert build(warehouse, "core_period", PERIOD_SQL, {"first": first, "unused": 0}) == 1
        assert warehouse.rows("FROM core_period") == [(first, date(2025, 12, 31), True)]


def test_build_of_no_rows_empties_the_table(warehouse: Warehouse) -> None:
    build(warehouse, "core_period", PERIOD_SQL, {"first": date(2025, 1, 1)})
    assert build(warehouse, "core_period", "FROM core_period WHERE false") == 0
    assert warehouse.rows("FROM core_period") == []


def test_build_rolls_back_when_a_rule_is_broken(warehouse: Warehouse) -> None:
    build(warehouse, "core_period", PERIOD_SQL, {"first": date(2025, 1, 1)})
    with pytest.raises(DataFault) as raised:
        build(warehouse, "core_period", PERIOD_SQL, {"first": date(2026, 1, 1)})
    assert "rule period_is_ordered: a period ends on or after the day it starts: 1 rows" in str(raised.value)
    assert "datetime.date(2026, 1, 1)" in str(raised.value)
    with pytest.raises(duckdb.Error):
        build(
            warehouse,
            "core_period",
            "SELECT error('no')::DATE AS period_start, NULL AS period_end, NULL AS is_default",
        )
    assert warehouse.rows("FROM core_period") == [(date(2025, 1, 1), date(2025, 12, 31), True)]


def test_a_column_left_out_is_no_column_of_nulls(warehouse: Warehouse) -> None:
    with pytest.raises(ColumnFault, match="column is_default is missing; column extra is not declared"):
        build(
            warehouse,
            "core_period",
            "SELECT DATE '2025-01-01' AS period_start, NULL AS period_end, 1 AS extra",
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "fits"),
    [
        ("1", True),
        ("sum(1)", True),  # HUGEINT
        ("1::UTINYINT", True),
        ("NULL", True),
        ("1.5", False),  # DECIMAL
        ("1.5::DOUBLE", False),
        ("'1'", False),
        ("TRUE", False),
    ],
)
def test_what_goes_into_a_whole_number(warehouse: Warehouse, value: str, fits: bool) -> None:
    sql = (
        "SELECT 'backend-developer' AS occupation, 'all' AS source_group, 'all' AS geo, DATE '2025-01-01' AS "
        f"period_start, DATE '2025-12-31' AS period_end, {value} AS n_families, 1 AS n_employers, "
        "1 AS effective_employers, ['a'] AS source_ids"
    )
    if not fits:
        with pytest.raises(ColumnFault, match=r"column n_families is \w+.*, declared BIGINT: cast it"):
            build(warehouse, "weight_occupation", sql)
    elif value == "NULL":
        with pytest.raises(DataFault, match="n_families must not be null"):
            build(warehouse, "weight_occupation", sql)
    else:
        assert build(warehouse, "weight_occupation", sql) == 1


# Order


def test_tables_read_leaves_out_own_ctes() -> None:
    sql = """
    WITH counted AS (SELECT * FROM core_posting JOIN core_family USING (posting_id)),
         listed AS (SELECT list_filter([1, 2], lambda x: x > 1) AS l FROM counted)
    SELECT * FROM listed WHERE EXISTS (SELECT 1 FROM core_skill) ORDER BY ALL
    """
    assert tables_read(sql) == {"core_posting", "core_family", "core_skill"}


def test_build_order_follows_what_each_reads_and_then_the_alphabet() -> None:
    sqls = {
        "export_metric_value": "SELECT * FROM weight_posting_share JOIN core_skill USING (skill_id)",
        "weight_posting_share": "SELECT * FROM weight_posting",
        "weight_posting": "SELECT * FROM core_posting",
        "core_family": "SELECT * FROM core_posting",
        "core_posting": "SELECT * FROM raw_posting",
    }
    assert build_order(sqls) == [
        "core_posting",
        "core_family",
        "weight_posting",
        "weight_posting_share",
        "export_metric_value",
    ]
    assert build_order(dict(reversed(sqls.items()))) == build_order(sqls)


def test_a_circle_is_named() -> None:
    sqls = {"a": "SELECT * FROM b", "b": "SELECT * FROM c", "c": "SELECT * FROM a", "d": "SELECT 1"}
    with pytest.raises(BuildCycle) as raised:
        build_order(sqls)
    assert re.search(r"a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c", str(raised.value))


def test_a_table_that_reads_itself_is_a_circle() -> None:
    with pytest.raises(BuildCycle, match="a -> a"):
        build_order({"a": "SELECT * FROM a"})


# kill -9

PARTITION_ROWS = 20_000
LOADER = """
import sys
from pathlib import Path
import pyarrow as pa
from schemas.derive import arrow_schema
from schemas.core_family import CoreFamily
from warehouse.connection import open_warehouse
from warehouse.load import replace_partition
from warehouse.settings import Settings
n, first = int(sys.argv[2]), int(sys.argv[3])
with open_warehouse(Settings(Path(sys.argv[1]), 1)) as warehouse:
    print("open", flush=True)
    for turn in range(first, 10_000):
        part = str(turn % 4)
        rows = {
            "posting_id": [f"pst_{int(part) * n + i:016x}" for i in range(n)],
            "family_id": [f"fam_{turn:016x}"] * n,
            "family_method": ["own"] * n,
            "family_score": [None] * n,
            "merged_with": [None] * n,
            "family_version": [part] * n,
        }
        frame = pa.table(rows, schema=arrow_schema(CoreFamily))
        replace_partition(warehouse, "core_family", frame, where={"family_version": part})
        print(turn, flush=True)
"""


@pytest.mark.slow
def test_a_kill_leaves_whole_partitions_only(tmp_path: Path) -> None:
    """Five kills at seeded moments: what was reported is there, each partition is one whole turn."""
    settings = Settings(tmp_path / "home", threads=1, memory_limit="500MB")
    moments = random.Random(20260102)
    last = 0
    for _ in range(5):
        process = subprocess.Popen(
            [sys.executable, "-c", LOADER, str(settings.home), str(PARTITION_ROWS), str(last + 1)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout and process.stdout.readline() == "open\n"
        last = int(process.stdout.readline())  # at least one turn, then a kill at any moment
        try:
            process.wait(timeout=moments.uniform(0.0, 0.6))
        except subprocess.TimeoutExpired:
            process.kill()
        last = max([last, *map(int, process.communicate()[0].split())])
        with open_warehouse(settings) as warehouse:
            assert warehouse.rebuilt == ()
            found = warehouse.rows(
                "SELECT family_version, count(*), count(DISTINCT posting_id), count(DISTINCT family_id), "
                "max(family_id) FROM core_family GROUP BY family_version ORDER BY family_version"
            )
        turns = {part: int(family.removeprefix("fam_"), 16) for part, *_, family in found}
        assert [row[1:4] for row in found] == [(PARTITION_ROWS, PARTITION_ROWS, 1)] * len(found)
        # the kill may fall between a commit and its report, never the other way round
        assert turns[str(last % 4)] >= last
        assert max(turns.values()) <= last + 1
