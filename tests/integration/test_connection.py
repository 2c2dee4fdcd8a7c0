"""One writer, settled tables, clear words for what is wrong; on real files."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from schemas.derive import column_specs
from schemas.table import all_tables
from warehouse.connection import DamagedWarehouse, NoWarehouse, SecondWriter, open_warehouse
from warehouse.settings import Settings

ROOT = Path(__file__).parents[2]
EXTENSIONS = ("autoload_known_extensions", "autoinstall_known_extensions")

HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from warehouse.connection import open_warehouse
from warehouse.settings import Settings
with open_warehouse(Settings(Path(sys.argv[1]), 1), now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)):
    print("open", flush=True)
    time.sleep(60)
"""


def holder(settings: Settings) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(settings.home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "open\n"
    return process


@pytest.fixture
def bare(tmp_path: Path) -> Settings:
    """A home where nobody opened a warehouse yet."""
    return Settings(tmp_path / "bare", threads=1, memory_limit="200MB")


@pytest.mark.slow
def test_every_declared_table_is_there(bare: Settings) -> None:
    with open_warehouse(bare) as warehouse:
        assert warehouse.rebuilt == ()
        made = warehouse.rows(
            "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        )
        options = {
            name: warehouse.rows(f"SELECT current_setting('{name}')")[0][0]
            for name in ("threads", "memory_limit", "TimeZone", "temp_directory", *EXTENSIONS)
        }
    declared = [(n, s.name, s.sql_type) for n, t in all_tables().items() for s in column_specs(t)]
    assert sorted(made) == sorted(declared)
    assert options == {
        "threads": 1,
        "memory_limit": "190.7 MiB",
        "TimeZone": "UTC",
        "temp_directory": str(bare.spill),
        **dict.fromkeys(EXTENSIONS, False),
    }


@pytest.mark.slow
def test_a_second_writer_in_another_process_is_refused(settings: Settings) -> None:
    process = holder(settings)
    try:
        for read_only in (False, True):
            with (
                pytest.raises(SecondWriter) as raised,
                open_warehouse(settings, read_only=read_only),
            ):
                pass
            assert str(settings.warehouse_file) in str(raised.value)
            assert f"process {process.pid} is writing since 2026-01-02T03:04:05Z" in str(raised.value)
            assert f"kill {process.pid}" in str(raised.value)
    finally:
        process.kill()
        process.wait()
    with open_warehouse(settings) as warehouse:  # a killed writer leaves no lock behind
        assert warehouse.rows("SELECT count(*) FROM meta_run") == [(0,)]


def test_a_second_writer_in_the_same_process_is_refused(settings: Settings) -> None:
    with (
        open_warehouse(settings),
        pytest.raises(SecondWriter, match=f"process {os.getpid()} is writing"),
        open_warehouse(settings),
    ):
        pass


def test_two_readers_get_along_and_keep_a_writer_out(settings: Settings) -> None:
    with open_warehouse(settings):
        pass
    with open_warehouse(settings, read_only=True) as one, open_warehouse(settings, read_only=True) as two:
        assert one.rows("FROM meta_run") == two.rows("FROM meta_run") == []
        with pytest.raises(duckdb.Error):
            one.run("DELETE FROM meta_run")
        with pytest.raises(SecondWriter, match="is reading"), open_warehouse(settings):
            pass


@pytest.mark.slow
def test_another_program_with_the_file_open_is_named(settings: Settings) -> None:
    with open_warehouse(settings):
        pass
    script = (
        "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(settings.warehouse_file)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout and process.stdout.readline() == "open\n"
    try:
        with pytest.raises(SecondWriter, match=f"PID {process.pid}"), open_warehouse(settings):
            pass
    finally:
        process.kill()
        process.wait()


def wait_for_ever(ready: str) -> None:
    Path(ready).write_text(str(os.getpid()))
    time.sleep(60)


def test_a_forked_worker_does_not_keep_the_lock(settings: Settings, tmp_path: Path) -> None:
    """A worker that outlives its killed parent must not lock the next night out."""
    with open_warehouse(settings):
        child = multiprocessing.get_context("fork").Process(
            target=wait_for_ever, args=(str(tmp_path / "ready"),)
        )
        child.start()
    try:
        while not (tmp_path / "ready").exists():
            time.sleep(0.01)
        with open_warehouse(settings):
            pass
    finally:
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.join()


def test_reading_what_is_not_there(bare: Settings) -> None:
    with (
        pytest.raises(NoWarehouse, match="make one with: skillweights nightly"),
        open_warehouse(bare, read_only=True),
    ):
        pass


@pytest.mark.parametrize("content", [b"not a database, " * 1000, b"short"])
def test_a_file_that_is_no_database(bare: Settings, content: bytes) -> None:
    bare.warehouse_folder.mkdir(parents=True)
    bare.warehouse_file.write_bytes(content)
    with pytest.raises(DamagedWarehouse) as raised, open_warehouse(bare):
        pass
    assert f"rm -f '{bare.warehouse_file}'" in str(raised.value)
    assert "landing replays it" in str(raised.value)
    assert bare.warehouse_file.read_bytes() == content


@pytest.mark.slow
def test_an_empty_file_is_what_a_kill_left_and_begun_anew(bare: Settings) -> None:
    bare.warehouse_folder.mkdir(parents=True)
    bare.warehouse_file.write_bytes(b"")
    with open_warehouse(bare) as warehouse:
        assert warehouse.rows("FROM meta_run") == []


@pytest.mark.slow
def test_damage_inside_the_file_is_named(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.run(
            "INSERT INTO core_family BY NAME "
            "SELECT md5(i::text) AS posting_id, sha256(i::text) AS family_id FROM range(100000) t(i)"
        )
    data = bytearray(settings.warehouse_file.read_bytes())
    for block in range(3 * 4096, len(data), 262_144):
        data[block + 1000 : block + 1010] = b"\xff" * 10
    settings.warehouse_file.write_bytes(bytes(data))
    with pytest.raises(DamagedWarehouse, match="landing replays it"), open_warehouse(settings) as warehouse:
        warehouse.rows("SELECT max(posting_id), max(family_id) FROM core_family")


def load_row(table: str, key: str) -> str:
    zeros = "0" * 63
    return (
        f"INSERT INTO meta_load VALUES ('{zeros}{key}', '{table}', '{zeros}{key}', "
        "'s', 'r', 'f', 1, 1, 0, '{}', 'run')"
    )


def test_a_table_that_is_declared_otherwise_is_rebuilt_and_its_loads_forgotten(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.run(load_row("raw_posting", "1"))
        warehouse.run(load_row("raw_onet_occupation", "2"))
        warehouse.run("ALTER TABLE raw_posting DROP COLUMN company")
        warehouse.run("ALTER TABLE core_mention ALTER section TYPE BIGINT")
        warehouse.run("INSERT INTO core_skill SELECT 'a', 'a', 'a', 'a', 'a', 'a', 'a'")
        warehouse.run("CREATE TABLE core_ghost (thing BIGINT)")
    with open_warehouse(settings) as warehouse:
        # core_reading says what core_mention was read from, so it goes with it, and what else was read
        assert warehouse.rebuilt == (
            "core_ghost",
            "core_mention",
            "core_reading",
            "core_reading_role",
            "raw_posting",
        )
        assert warehouse.rows("SELECT table_name FROM meta_load") == [("raw_onet_occupation",)]
        assert warehouse.rows("SELECT count(*) FROM core_skill") == [(1,)]
        assert "company" in warehouse.arrow("FROM raw_posting").column_names
    with open_warehouse(settings) as warehouse:
        assert warehouse.rebuilt == ()


def test_only_parameters_that_occur_are_passed(settings: Settings) -> None:
    everything = {"a": 1, "b": 2, "c": 3}
    with open_warehouse(settings) as warehouse:
        assert warehouse.rows("SELECT $a, '$b' -- $c", everything) == [(1, "$b")]
        assert warehouse.arrow("SELECT $b::BIGINT AS b", everything).to_pylist() == [{"b": 2}]
        with pytest.raises(duckdb.Error, match="d"):
            warehouse.rows("SELECT $d", everything)


def test_statements_can_follow_each_other_without_draining(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.run("SELECT * FROM range(100000)")
        assert warehouse.arrow("SELECT 1 AS one").num_rows == 1


def test_batches_come_while_other_statements_run(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.run(
            "INSERT INTO core_period SELECT DATE '2020-01-01' + i::int, NULL, NULL FROM range(5000) t(i)"
        )
        seen = 0
        for batch in warehouse.batches(
            "SELECT period_start FROM core_period WHERE period_start >= $first",
            {"first": datetime(2020, 1, 1, tzinfo=UTC).date(), "unused": 1},
            rows_per_batch=2048,
        ):
            seen += batch.num_rows
            warehouse.run("INSERT INTO core_period VALUES (NULL, NULL, NULL)")
        assert seen == 5000


def test_a_transaction_is_all_or_nothing_and_inner_ones_are_part_of_it(settings: Settings) -> None:
    insert = "INSERT INTO core_period VALUES (NULL, NULL, TRUE)"
    with open_warehouse(settings) as warehouse:
        with pytest.raises(ZeroDivisionError), warehouse.transaction():
            with warehouse.transaction():
                warehouse.run(insert)
            raise ZeroDivisionError
        assert warehouse.rows("FROM core_period") == []
        with warehouse.transaction():
            warehouse.run(insert)
            with warehouse.transaction():
                warehouse.run(insert)
        assert warehouse.rows("SELECT count(*) FROM core_period") == [(2,)]
        with pytest.raises(duckdb.Error), warehouse.transaction():
            warehouse.run(insert)
            warehouse.run("SELECT error('no')")
        assert warehouse.rows("SELECT count(*) FROM core_period") == [(2,)]


def test_a_registered_frame_is_gone_after_its_block(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        with warehouse.registered("three", pa.table({"n": [1, 2, 3]})) as name:
            assert warehouse.rows(f"SELECT sum(n) FROM {name}") == [(6,)]
        with pytest.raises(duckdb.Error, match="three"):
            warehouse.rows("FROM three")


def test_coded_rows_are_those_of_the_select(bare: Settings) -> None:
    query = "SELECT concat('n', i % 3) AS name, i FROM range(7) AS numbers (i) ORDER BY i"
    with open_warehouse(bare) as warehouse:
        found = warehouse.coded(query)
        assert pa.types.is_dictionary(found["name"].type)
        assert found.to_pylist() == warehouse.arrow(query).to_pylist()
        assert warehouse.coded("SELECT 'a' AS name WHERE false").num_rows == 0


def test_the_memory_limit_is_back_after_the_work(bare: Settings) -> None:
    def limit() -> object:
        return warehouse.rows("SELECT current_setting('memory_limit')")

    with open_warehouse(bare) as warehouse:
        before = limit()
        with pytest.raises(ValueError, match="stop"), warehouse.memory_limit("100MB"):
            assert limit() != before
            raise ValueError("stop")
        assert limit() == before
