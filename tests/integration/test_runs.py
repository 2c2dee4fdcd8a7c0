"""Runs and loads written down and found again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from warehouse.check import DataFault
from warehouse.connection import Warehouse
from warehouse.runs import (
    Load,
    UnknownRun,
    canonical_json,
    end_run,
    is_loaded,
    key_of,
    loads,
    record_load,
    start_run,
)

NIGHT = "f" * 64
LOAD = Load(
    load_key="1" * 64,
    table_name="raw_posting",
    snapshot_sha256="a" * 64,
    source_id="northwind",
    release="2026-01",
    file="a.csv",
    n_rows_in=3,
    n_rows_out=2,
    n_rows_rejected=1,
    counts={"pay_unreadable": 1, "bom": 1},
    run_id="run-1",
)


def start(warehouse: Warehouse, run_id: str, hour: int) -> tuple[str, ...]:
    return start_run(
        warehouse,
        run_id=run_id,
        flow="nightly",
        parameters={"drops": ["b", "a"], "as_of": None},
        code_version="c",
        config_sha256="0" * 64,
        started_at=datetime(2026, 1, 2, hour, tzinfo=UTC),
    )


def end(
    warehouse: Warehouse,
    run_id: str,
    hour: int,
    state: str = "completed",
    version: str | None = "2026-01-02.0",
) -> None:
    end_run(
        warehouse,
        run_id,
        run_state=state,
        ended_at=datetime(2026, 1, 2, hour, tzinfo=timezone(timedelta(hours=1))),
        data_version=version,
        night_key=NIGHT,
        report={"rows": 3},
    )


def test_a_run_from_start_to_end(warehouse: Warehouse) -> None:
    assert start(warehouse, "run-1", 3) == ()
    assert warehouse.rows("SELECT run_state, ended_at, night_key FROM meta_run") == [("running", None, None)]
    end(warehouse, "run-1", 5)
    assert warehouse.arrow("FROM meta_run").to_pylist() == [
        {
            "run_id": "run-1",
            "flow": "nightly",
            "parameters_json": '{"as_of":null,"drops":["b","a"]}',
            "code_version": "c",
            "config_sha256": "0" * 64,
            "night_key": NIGHT,
            "started_at": datetime(2026, 1, 2, 3),
            "ended_at": datetime(2026, 1, 2, 4),  # 5 o'clock one hour east of UTC
            "run_state": "completed",
            "data_version": "2026-01-02.0",
            "report_json": '{"rows":3}',
        }
    ]


def test_a_killed_run_is_closed_by_the_next(warehouse: Warehouse) -> None:
    start(warehouse, "run-1", 3)
    assert start(warehouse, "run-2", 4) == ("run-1",)
    assert warehouse.rows(
        "SELECT run_id, run_state, ended_at, report_json FROM meta_run ORDER BY run_id"
    ) == [
        ("run-1", "failed", datetime(2026, 1, 2, 4), '{"error":"killed before it ended"}'),
        ("run-2", "running", None, None),
    ]


def test_a_run_has_one_id_and_a_known_state(warehouse: Warehouse) -> None:
    start(warehouse, "run-1", 3)
    with pytest.raises(DataFault, match="run_id already"):
        start(warehouse, "run-1", 4)
    assert warehouse.rows("SELECT run_state FROM meta_run") == [("running",)]
    with pytest.raises(UnknownRun, match="run run-9 was never started"):
        end(warehouse, "run-9", 5)
    with pytest.raises(DataFault, match="run_state_isin"):
        end(warehouse, "run-1", 5, "done")
    assert warehouse.rows("SELECT run_state FROM meta_run") == [("running",)]


def test_a_load_is_known_by_key_and_table(warehouse: Warehouse) -> None:
    record_load(warehouse, LOAD)
    assert is_loaded(warehouse, LOAD.load_key, "raw_posting")
    assert not is_loaded(warehouse, LOAD.load_key, "raw_esco_skill")
    assert not is_loaded(warehouse, "2" * 64, "raw_posting")
    assert loads(warehouse)["counts_json"].to_pylist() == ['{"bom":1,"pay_unreadable":1}']


def test_a_load_under_new_code_takes_the_place_of_the_old(warehouse: Warehouse) -> None:
    record_load(warehouse, LOAD)
    record_load(warehouse, replace(LOAD, file="b.csv", load_key="3" * 64))
    record_load(warehouse, replace(LOAD, load_key="2" * 64, n_rows_out=3, n_rows_rejected=0))
    record_load(warehouse, replace(LOAD, load_key="2" * 64, n_rows_out=3, n_rows_rejected=0))
    assert [(row["load_key"][0], row["file"]) for row in loads(warehouse).to_pylist()] == [
        ("2", "a.csv"),
        ("3", "b.csv"),
    ]


def test_a_load_whose_rows_do_not_add_up_is_refused(warehouse: Warehouse) -> None:
    with pytest.raises(DataFault, match="rows read are loaded or rejected"):
        record_load(warehouse, replace(LOAD, n_rows_out=3))
    assert loads(warehouse).num_rows == 0


def test_keys_tell_lists_of_parts_apart() -> None:
    assert key_of("ab", "c") != key_of("a", "bc") != key_of("abc")
    assert key_of("é") == key_of("é") and len(key_of()) == 64


def test_canonical_json_refuses_what_is_no_number() -> None:
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"a": float("nan")})
