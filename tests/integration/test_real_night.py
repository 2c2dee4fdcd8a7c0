"""A night over part of the real data: real layouts, real terms; skipped where that data is not there.

All taxonomies and every kind without a loader, and four small posting drops. The whole of it is `make bench`.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exports.verify import verify
from flows.configuration import read_configuration
from tests.nights import release_bytes, release_folder, run_night, step
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("SKILLWEIGHTS_REAL_DATA") or ROOT.parent / "shared" / "data")
KINDS = ("onet", "esco", "crosswalk", "wages", "projections", "series")
POSTINGS = ("google_jobs_2018", "linkedin_2019_calibration", "positions_18f", "pythonjobs_2015-2023")
PERIOD = "2015-01..2023-12"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (DATA / "postings").is_dir(),
        reason=f"no real data in {DATA}; set SKILLWEIGHTS_REAL_DATA to the folder that holds it",
    ),
]


def drops() -> tuple[Path, ...]:
    named = [DATA / kind for kind in KINDS] + [DATA / "postings" / name for name in POSTINGS]
    return tuple(path for path in named if path.is_dir())


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    home = tmp_path_factory.mktemp("home")
    return home, run_night(home, *drops(), periods=(PERIOD,), threads=2, configuration=read_configuration())


@pytest.fixture(scope="module")
def manifest(night: tuple[Path, dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release_folder(night[0]) / "manifest.json").read_bytes())
    return found


def test_the_release_verifies_and_is_local(
    night: tuple[Path, dict[str, Any]], manifest: dict[str, Any]
) -> None:
    assert verify(night[0] / "releases/v1") == []
    assert (manifest["channel"], manifest["synthetic"]) == ("local", False)


def test_the_newest_complete_release_of_each_taxonomy_is_used_and_the_rest_reported(
    night: tuple[Path, dict[str, Any]], manifest: dict[str, Any]
) -> None:
    assert (manifest["taxonomy"]["onet_soc"], manifest["taxonomy"]["esco"]) == ("29.2", "1.2.0")
    states = {(entry["source_id"], entry["version"]): entry["state"] for entry in manifest["inputs"]}
    onet = {version: state for (source, version), state in states.items() if "onet" in source.lower()}
    assert onet["29.2"] == "loaded"
    assert {onet[version] for version in ("24.2", "30.2") if version in onet} <= {"not_loaded"}
    told = [entry for entry in manifest["inputs"] if entry["state"] == "not_loaded"]
    assert told
    assert [entry["source_id"] for entry in told if not entry["detail"]] == []
    assert "quarantined" not in states.values()
    assert step(night[1], "load")["files_quarantined"] == 0


def test_the_same_night_again_does_nothing(night: tuple[Path, dict[str, Any]]) -> None:
    home, first = night
    before = release_bytes(home / "releases/v1/releases")
    again = run_night(home, *drops(), periods=(PERIOD,), threads=1, configuration=read_configuration())
    assert again["data_version"] == first["data_version"]
    assert step(again, "load") == {}
    assert release_bytes(home / "releases/v1/releases") == before


def texts(frame: pa.Table) -> Iterator[str]:
    for column in frame.columns:
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            yield from (value for value in column.unique().to_pylist() if value)


def test_no_advert_text_is_in_the_release(night: tuple[Path, dict[str, Any]]) -> None:
    folder = release_folder(night[0])
    with open_warehouse(Settings(night[0], threads=1), read_only=True) as warehouse:
        rows = warehouse.rows(
            "SELECT text FROM raw_posting WHERE length(text) > 400 ORDER BY posting_version LIMIT 500"
        )
    pieces = [text[at : at + 50] for (text,) in rows for at in (0, len(text) // 2, len(text) - 50)]
    held = "\n".join(
        [path.read_text() for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".txt")]
        + [text for path in sorted(folder.rglob("*.parquet")) for text in texts(pq.read_table(path))]
    )
    assert len(pieces) == 1500
    assert [piece for piece in pieces if piece in held] == []
