"""Bookkeeping: which run did what, and which file is loaded under which code."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.meta_load import MetaLoad
from schemas.meta_run import MetaRun
from warehouse.check import require_valid
from warehouse.connection import Warehouse
from warehouse.load import append_rows


class UnknownRun(LookupError):
    """A run that was never started."""


@dataclass(frozen=True)
class Load:
    """One file loaded into one table; see ``meta_load``."""

    load_key: str
    table_name: str
    snapshot_sha256: str
    source_id: str
    release: str
    file: str
    n_rows_in: int
    n_rows_out: int
    n_rows_rejected: int
    counts: Mapping[str, int]
    run_id: str


def canonical_json(value: object) -> str:
    """JSON with sorted keys and no spaces: equal values give equal text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def key_of(*parts: str) -> str:
    """SHA-256 over parts, each with its length, so that no two lists of parts share a key."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()


def start_run(
    warehouse: Warehouse,
    *,
    run_id: str,
    flow: str,
    parameters: Mapping[str, Any],
    code_version: str,
    config_sha256: str,
    started_at: datetime,
    night_key: str | None = None,
) -> tuple[str, ...]:
    """Write the run down as running; returns runs that were killed before they ended, now ``failed``.

    Whoever has the warehouse open is its only writer, so a run still marked running is a dead one.
    """
    with warehouse.transaction():
        killed = tuple(
            str(row[0])
            for row in warehouse.rows(
                "SELECT run_id FROM meta_run WHERE run_state = 'running' ORDER BY run_id"
            )
        )
        warehouse.run(
            "UPDATE meta_run SET run_state = 'failed', ended_at = $ended_at, report_json = $report "
            "WHERE run_state = 'running'",
            {"ended_at": _utc(started_at), "report": canonical_json({"error": "killed before it ended"})},
        )
        row = {
            "run_id": run_id,
            "flow": flow,
            "parameters_json": canonical_json(parameters),
            "code_version": code_version,
            "config_sha256": config_sha256,
            "night_key": night_key,
            "started_at": _utc(started_at),
            "run_state": "running",
        }
        append_rows(warehouse, "meta_run", pa.Table.from_pylist([row], schema=arrow_schema(MetaRun)))
    return killed


def end_run(
    warehouse: Warehouse,
    run_id: str,
    *,
    run_state: str,
    ended_at: datetime,
    data_version: str | None = None,
    night_key: str | None = None,
    report: Mapping[str, Any] | None = None,
) -> None:
    """Write down how a run ended. Raises UnknownRun."""
    with warehouse.transaction():
        [[n_rows]] = warehouse.rows(
            "UPDATE meta_run SET run_state = $run_state, ended_at = $ended_at, data_version = $data_version, "
            "night_key = coalesce($night_key, night_key), report_json = $report WHERE run_id = $run_id",
            {
                "run_id": run_id,
                "run_state": run_state,
                "ended_at": _utc(ended_at),
                "data_version": data_version,
                "night_key": night_key,
                "report": None if report is None else canonical_json(report),
            },
        )
        if not n_rows:
            raise UnknownRun(f"run {run_id} was never started; call start_run first")
        require_valid(warehouse, "meta_run", "meta_run")


def is_loaded(warehouse: Warehouse, load_key: str, table_name: str) -> bool:
    """Whether this file is in this table, loaded by this code."""
    rows = warehouse.rows(
        "SELECT 1 FROM meta_load WHERE load_key = $load_key AND table_name = $table_name",
        {"load_key": load_key, "table_name": table_name},
    )
    return bool(rows)


def loads(warehouse: Warehouse) -> pa.Table:
    """All of ``meta_load``, in the order of its key."""
    return warehouse.arrow("SELECT * FROM meta_load ORDER BY load_key, table_name")


def record_load(warehouse: Warehouse, load: Load) -> None:
    """Write a load down in place of any earlier one of the same file into the same table."""
    row = {
        "load_key": load.load_key,
        "table_name": load.table_name,
        "snapshot_sha256": load.snapshot_sha256,
        "source_id": load.source_id,
        "release": load.release,
        "file": load.file,
        "n_rows_in": load.n_rows_in,
        "n_rows_out": load.n_rows_out,
        "n_rows_rejected": load.n_rows_rejected,
        "counts_json": canonical_json(load.counts),
        "run_id": load.run_id,
    }
    with warehouse.transaction():
        warehouse.run(
            "DELETE FROM meta_load WHERE table_name = $table_name AND (load_key = $load_key "
            "OR (source_id = $source_id AND release = $release AND file = $file))",
            row,
        )
        append_rows(warehouse, "meta_load", pa.Table.from_pylist([row], schema=arrow_schema(MetaLoad)))


def _utc(moment: datetime) -> datetime:
    """The moment in UTC, without zone, as the warehouse keeps it; one without zone is taken as UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
