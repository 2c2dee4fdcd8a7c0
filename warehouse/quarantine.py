"""What was refused: kept with row, rule, reason and place, so that it can be looked at and replayed."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.meta_quarantine import MetaQuarantine
from warehouse.connection import Warehouse
from warehouse.load import replace_partition


class RejectedRow(Protocol):
    """A rejected row or emptied field as an adapter hands it over; row 0 is the file as a whole."""

    @property
    def row_number(self) -> int:
        """Position in the file, the first data row being 1."""

    @property
    def rule(self) -> str:
        """Rule that was broken."""

    @property
    def reason(self) -> str:
        """What was wrong, in words."""

    @property
    def action(self) -> str:
        """One of vocabulary.QUARANTINE_ACTIONS."""

    @property
    def row_json(self) -> str | None:
        """The row as read, as JSON."""


def write_rejections(
    warehouse: Warehouse,
    rejections: Sequence[RejectedRow],
    *,
    snapshot_sha256: str,
    table_name: str,
    source_id: str,
    release: str,
    file: str,
) -> int:
    """Replace what is in quarantine from this file and table; returns the rows written.

    A rule that one row breaks twice (two fields emptied) is one row with both reasons.
    """
    place = {"source_id": source_id, "release": release, "file": file, "table_name": table_name}
    merged: dict[tuple[int, str], dict[str, Any]] = {}
    for rejection in rejections:
        key = (rejection.row_number, rejection.rule)
        if key in merged:
            merged[key]["quarantine_reason"] += f"; {rejection.reason}"
            continue
        merged[key] = place | {
            "snapshot_sha256": snapshot_sha256,
            "row_number": rejection.row_number,
            "rule": rejection.rule,
            "quarantine_reason": rejection.reason,
            "action": rejection.action,
            "row_json": rejection.row_json,
        }
    rows = [merged[key] for key in sorted(merged)]
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(MetaQuarantine))
    return replace_partition(warehouse, "meta_quarantine", frame, where=place)


def list_quarantine(warehouse: Warehouse, *, source_id: str | None = None, limit: int = 100) -> pa.Table:
    """Rows in quarantine, of one source or all, in the columns of ``meta_quarantine``, in the order of their place."""
    return warehouse.arrow(
        "SELECT * FROM meta_quarantine WHERE $source_id IS NULL OR source_id = $source_id "
        "ORDER BY source_id, release, file, table_name, row_number, rule LIMIT $n",
        {"source_id": source_id, "n": limit},
    )


def quarantine_counts(warehouse: Warehouse) -> list[tuple[str, str, str, str, int]]:
    """Source, table, action, rule and number of rows in quarantine, the most frequent first."""
    return [
        (str(source), str(table), str(action), str(rule), int(n))
        for source, table, action, rule, n in warehouse.rows(
            "SELECT source_id, table_name, action, rule, count(*) AS n FROM meta_quarantine "
            "GROUP BY ALL ORDER BY n DESC, source_id, table_name, action, rule"
        )
    ]


def replay_candidates(warehouse: Warehouse, source_id: str | None = None) -> list[tuple[str, str]]:
    """Snapshot and file of every load that left something in quarantine, of one source or all."""
    rows = warehouse.rows(
        "SELECT DISTINCT snapshot_sha256, file FROM meta_quarantine "
        "WHERE $source_id IS NULL OR source_id = $source_id ORDER BY file, snapshot_sha256",
        {"source_id": source_id},
    )
    return [(str(snapshot), str(file)) for snapshot, file in rows]


def forget_loads(warehouse: Warehouse, snapshots: Iterable[str]) -> int:
    """Forget that these files were loaded, so that the next night loads them again; returns how many."""
    [[n_rows]] = warehouse.rows(
        "DELETE FROM meta_load WHERE list_contains($snapshots, snapshot_sha256)",
        {"snapshots": sorted(set(snapshots))},
    )
    return int(n_rows)
