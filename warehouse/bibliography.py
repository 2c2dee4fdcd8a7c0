"""What bibliographic services said of our DOIs: a file in the landing, and the table that mirrors it.

The file is the record: a lost warehouse is made again from landing, and a retraction must not be lost with it.
"""

import json
import os
from collections.abc import Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import rfc8785

from schemas.derive import arrow_schema
from schemas.meta_bibliography import MetaBibliography
from warehouse.connection import Warehouse
from warehouse.landing import LandingFault, landed_path, sha256_of
from warehouse.load import replace_partition
from warehouse.settings import Settings

TABLE = "meta_bibliography"
FILE = "bibliography.json"
HASH = "sha256_of_rest"
DAYS = ("checked_on", "told_since")
Row = dict[str, Any]


def store_checks(warehouse: Warehouse, rows: Sequence[Row], *, watch_rows: int | None = None) -> None:
    """Replace all checks by ``rows`` of meta_bibliography, in the table and then durably in the landing.

    ``watch_rows`` is the size of the Retraction Watch file they rest on; None keeps what was stated.
    """
    frame = _frame(rows)
    n_rows = _content(warehouse.settings).get("watch_rows", 0) if watch_rows is None else watch_rows
    with warehouse.transaction():
        replace_partition(warehouse, TABLE, frame, where={})
        _write(warehouse.settings, frame.to_pylist(), n_rows)


def restore_checks(warehouse: Warehouse) -> list[Row]:
    """Fill the table from the landing where they differ; its rows in the order of their key.

    Raises LandingFault where the file is damaged: going on would let retracted findings come back.
    """
    rows = read_checks(warehouse.settings)
    frame = _frame(rows)
    if not frame.equals(warehouse.arrow(f"SELECT * FROM {TABLE} ORDER BY doi, told_by").cast(frame.schema)):  # noqa: S608
        replace_partition(warehouse, TABLE, frame, where={})
    return list(frame.to_pylist())


def watch_rows(settings: Settings) -> int:
    """Rows of the Retraction Watch file the checks rest on; 0 where there was none."""
    return int(_content(settings).get("watch_rows", 0))


def land_answer(settings: Settings, body: bytes, *, keep: bool = True) -> str:
    """Hash of an answer, which is kept under it as it came unless ``keep`` is False."""
    sha256 = sha256_of(body)
    path = landed_path(settings, sha256)
    if keep and not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{sha256}.{os.getpid()}")
        temporary.write_bytes(body)
        temporary.replace(path)
    return sha256


def _frame(rows: Sequence[Row]) -> pa.Table:
    ordered = sorted(rows, key=lambda row: (row["doi"], row["told_by"]))
    return pa.Table.from_pylist(ordered, schema=arrow_schema(MetaBibliography))


def _write(settings: Settings, rows: Sequence[Row], n_rows: int) -> None:
    checks = [row | {name: row[name].isoformat() for name in DAYS} for row in rows]
    content: dict[str, Any] = {"checks": checks, "watch_rows": n_rows}
    data = rfc8785.dumps(content | {HASH: sha256_of(rfc8785.dumps(content))}) + b"\n"
    settings.landing.mkdir(parents=True, exist_ok=True)
    temporary = settings.landing / f".{FILE}.{os.getpid()}"
    with temporary.open("wb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    temporary.replace(settings.landing / FILE)


def read_checks(settings: Settings) -> list[Row]:
    """The checks kept in the landing, none where nothing was ever asked. Raises LandingFault where damaged."""
    return [
        row | {name: date.fromisoformat(row[name]) for name in DAYS}
        for row in _content(settings).get("checks", [])
    ]


def _content(settings: Settings) -> Row:
    path = settings.landing / FILE
    if not path.is_file():
        return {}
    try:
        content: Row = json.loads(path.read_bytes())
        if sha256_of(rfc8785.dumps({n: v for n, v in content.items() if n != HASH})) != content[HASH]:
            raise ValueError("its contents do not have the hash it states")
        return content
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise LandingFault(
            f"{path} is damaged ({error}): what it said of retractions is lost. Delete it and ask again: "
            f"rm -f '{path}' && skillweights bibliography"
        ) from error
