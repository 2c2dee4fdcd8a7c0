"""What a night costs that adds one advert in a hundred: read are the new ones, not the other ninety-nine."""

import shutil
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from flows.configuration import read_configuration
from flows.night import Night, Report, Request
from flows.read import build_lexicon, read_postings
from schemas.derive import arrow_schema
from schemas.table import all_tables
from transforms.drop import parse_manifest
from transforms.posting_file import parse_posting_file
from transforms.synthetic import market
from warehouse.connection import Warehouse, open_warehouse
from warehouse.landing import sha256_of
from warehouse.load import append_rows, replace_partition
from warehouse.settings import Settings

N_ADVERTS = 100_000
"""Reading begins with a second or two, however few adverts there are: the lexicon is compiled."""

ADDED_SHARE = 0.01
SEED = 20260101


def increment_seconds(home: Path, *, n_adverts: int = N_ADVERTS) -> tuple[float, float, int]:
    """Seconds to read a generated market, seconds to read it once more with 1 % added, and adverts read then."""
    shutil.rmtree(home, ignore_errors=True)
    settings = Settings(home=home, threads=2)
    settings.warehouse_folder.mkdir(parents=True)
    adverts = _adverts(n_adverts)
    n_first = round(adverts.num_rows / (1 + ADDED_SHARE))
    with open_warehouse(settings, now=datetime.now(UTC)) as warehouse:
        night = _night(settings, warehouse)
        _fill_inputs(warehouse, adverts)
        build_lexicon(night)
        append_rows(warehouse, "raw_posting", adverts.slice(0, n_first))
        full_s = _seconds_of_reading(night)
        append_rows(warehouse, "raw_posting", adverts.slice(n_first))
        added_s = _seconds_of_reading(night)
    return full_s, added_s, int(night.report.steps[-1]["postings_read_now"])


def _seconds_of_reading(night: Night) -> float:
    started = time.monotonic()
    read_postings(night)
    return time.monotonic() - started


def _night(settings: Settings, warehouse: Warehouse) -> Night:
    return Night(
        settings=settings,
        warehouse=warehouse,
        configuration=read_configuration(),
        request=Request(as_of=None, periods=()),
        run_id="bench",
        started_at=datetime.now(UTC),
        code_version="0" * 16,
        progress=lambda line: None,
        report=Report([], [], lambda: 0.0),
    )


def _adverts(n_adverts: int) -> pa.Table:
    """Rows of raw_posting of a generated market, in the order of its files."""
    files = market(SEED, n_postings=round(n_adverts * (1 + ADDED_SHARE)))
    frames = []
    for name in sorted(files):
        if not name.endswith("manifest.json"):
            continue
        manifest = parse_manifest(files[name], where=name)
        if manifest.kind != "postings":
            continue
        for file in manifest.files:
            data = files[name.removesuffix("manifest.json") + file.path]
            frames.append(parse_posting_file(data, manifest, file.path, sha256_of(data)).table)
    return pa.concat_tables(frames)


def _fill_inputs(warehouse: Warehouse, adverts: pa.Table) -> None:
    named = ["snapshot_sha256", "source_id", "release", "file"]
    rows = [
        row
        | {"source_kind": "postings", "bytes": 0, "licence": "none needed", "terms_class": "open"}
        | {"retrieved_on": date(2026, 6, 30), "synthetic": True, "load_state": "loaded", "load_detail": None}
        | {"release_rank": 1, "n_rows": adverts.num_rows}
        for row in adverts.select(named).group_by(named).aggregate([]).sort_by("file").to_pylist()
    ]
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["meta_input"]))
    replace_partition(warehouse, "meta_input", frame, where={})
