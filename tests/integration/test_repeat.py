"""Nights after nights, without Prefect: nothing done twice, the same inputs give the same release."""

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from exports.verify import verify
from flows.replay import replay
from tests.nights import SMALL, release_bytes, release_folder, run_night, step, write_drop, write_market
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

pytestmark = pytest.mark.slow

MORE = b"title,company,description,posted\nBackend Developer,Invented Works,You know Python and Docker.,2026-06-20\n"


def latest(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "releases/v1/latest.json").read_bytes())
    return found


def tables(home: Path, *, without: tuple[str, ...] = ("meta_run",)) -> dict[str, Any]:
    with open_warehouse(Settings(home, threads=1), read_only=True) as warehouse:
        names = [row[0] for row in warehouse.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
        return {
            name: warehouse.arrow(f"SELECT * FROM {name} ORDER BY ALL")
            for name in names
            if name not in without
        }


def assert_same_numbers(home: Path, other: Path) -> None:
    """All tables but the bookkeeping; a source that is no longer offered may stay in the raw ones."""
    left, right = tables(home), tables(other)
    names = [name for name in left if name.startswith(("core_", "weight_", "export_"))]
    names.remove("export_source")  # filled with a release
    # What is known of a text stays known: of these tables, the rows of texts that are loaded.
    for name in ("core_reading", "core_mention", "core_posting_title", "core_signature"):
        left[name], right[name] = of_loaded(left, name), of_loaded(right, name)
        assert right[name].num_rows > 0, f"{name}: nothing is compared"
    assert [name for name in names if not left[name].equals(right[name])] == []


def of_loaded(found: dict[str, pa.Table], name: str) -> pa.Table:
    versions = found["core_posting"]["posting_version"]
    return found[name].filter(pc.is_in(found[name]["posting_version"], versions.combine_chunks()))


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A market (A) and one drop more."""
    folder = tmp_path_factory.mktemp("drops")
    more = write_drop(folder / "more", {"more.csv": MORE})
    return write_market(folder / "a", n_postings=240, only=SMALL), more


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, drops: tuple[Path, Path]) -> Path:
    home = tmp_path_factory.mktemp("undisturbed")
    run_night(home, drops[0])
    return home


def test_drops_a_then_a_and_b_then_a_again(
    tmp_path: Path, drops: tuple[Path, Path], undisturbed: Path
) -> None:
    """One home: a second time does nothing, growth reads what is new, going back makes nothing new."""
    a, b = drops
    home = tmp_path / "home"
    first = run_night(home, a, threads=2)
    bytes_of_a = release_bytes(release_folder(home))
    # A fresh home and another number of threads: the same bytes, manifest and checksums included.
    assert bytes_of_a == release_bytes(release_folder(undisturbed))
    state, pointer = tables(home), latest(home)

    again = run_night(home, a)
    assert again["data_version"] == first["data_version"]
    assert (step(again, "load"), step(again, "read")) == ({}, {})
    assert step(again, "release")["state"] == "inputs unchanged, release kept"
    assert release_bytes(release_folder(home)) == bytes_of_a
    for name, frame in tables(home).items():
        assert frame.equals(state[name]), name
    refreshed = latest(home)
    assert datetime.fromisoformat(refreshed["stale_after"]) >= datetime.fromisoformat(pointer["stale_after"])
    assert refreshed["published_at"] == pointer["published_at"]

    grown = run_night(home, a, b)
    assert grown["data_version"] == "2026-06-29.1"
    assert step(grown, "load")["files_loaded_now"] == 1
    assert step(grown, "read")["postings_read_now"] == 1
    assert any("invented_board stands in no group" in warning for warning in grown["warnings"])

    back = run_night(home, a)
    assert back["data_version"] == first["data_version"] == latest(home)["latest"]
    assert sorted(path.name for path in (home / "releases/v1/releases").iterdir()) == [
        "2026-06-29.0",
        "2026-06-29.1",
    ]
    assert release_bytes(release_folder(home)) == bytes_of_a
    assert verify(home / "releases/v1") == []
    # The warehouse speaks of the release in place again, as if B had never been there.
    assert_same_numbers(home, undisturbed)


def test_another_period_or_day_is_another_night_over_the_same_readings(
    tmp_path: Path, drops: tuple[Path, Path], undisturbed: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(undisturbed, home)
    other = run_night(home, drops[0], as_of="2026-03-31", periods=("2025-05..2025-12", "2025-05..2025-12"))
    assert other["data_version"] == "2026-03-31.0"
    assert (step(other, "load")["files_loaded_now"], step(other, "read")["postings_read_now"]) == (0, 0)
    manifest = json.loads((release_folder(home) / "manifest.json").read_bytes())
    periods = [(period["period_start"], period["period_end"]) for period in manifest["periods"]]
    assert periods == [("2025-04-01", "2026-03-31"), ("2025-05-01", "2025-12-31")]
    values = pq.read_table(release_folder(home) / "tables/metric_value.parquet")
    assert {str(day) for day in values["as_of"].to_pylist()} == {"2026-03-31"}
    same = run_night(home, drops[0], as_of="2026-03-31", periods=("2025-05..2025-12",))
    assert same["data_version"] == "2026-03-31.0"


def test_a_replayed_file_is_loaded_again(tmp_path: Path) -> None:
    home = tmp_path / "home"
    settings = Settings(home, threads=1)
    drop = write_drop(
        tmp_path / "d", {"a.csv": MORE + b"one cell\n", "b.csv": MORE + MORE.split(b"\n", 1)[1]}
    )
    first = run_night(home, drop)
    before = tables(home)
    text = replay(settings, source="invented_board", list_only=True)
    assert text.splitlines() == ["       1  invented_board  raw_posting  row_rejected  cell_count"]
    [_, row] = replay(settings, source=None, list_only=True, n_rows=5).splitlines()
    assert row.startswith("invented_board/") and "/a.csv, row " in row and ": cell_count: " in row
    assert replay(settings, source="another", list_only=False) == "nothing is in quarantine from another"
    told = replay(settings, source=None, list_only=False)
    assert "1 files will be loaded again by the next night: skillweights nightly --drop DIR" in told
    again = run_night(home, drop)
    assert step(again, "load")["files_loaded_now"] == 1
    assert step(again, "load")["rows_rejected"] == 1
    # The same bytes under the same code are the same rows, so the release stays.
    assert again["data_version"] == first["data_version"]
    after = tables(home)
    names = [name for name in after if name not in ("meta_run", "meta_load")]
    assert [name for name in names if not after[name].equals(before[name])] == []
    assert step(run_night(home, drop), "load") == {}


def test_a_lost_warehouse_is_made_again_with_the_same_bytes(
    tmp_path: Path, drops: tuple[Path, Path], undisturbed: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(undisturbed, home)
    before = release_bytes(release_folder(home))
    shutil.rmtree(home / "warehouse")
    again = run_night(home, drops[0])
    assert (again["data_version"], step(again, "release")["state"]) == (
        "2026-06-29.0",
        "inputs unchanged, release kept",
    )
    assert_same_numbers(home, undisturbed)
    assert release_bytes(release_folder(home)) == before
    # With the releases gone as well, the same bytes are written again.
    shutil.rmtree(home / "releases")
    run_night(home, drops[0])
    assert release_bytes(release_folder(home)) == before


def test_a_release_that_lost_a_byte_is_not_taken_for_complete(
    tmp_path: Path, drops: tuple[Path, Path], undisturbed: Path
) -> None:
    """The next night says so and the pointer stays; a release is never overwritten in silence."""
    home = tmp_path / "home"
    shutil.copytree(undisturbed, home)
    path = release_folder(home) / "tables/skill.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    pointer = (home / "releases/v1/latest.json").read_bytes()
    with pytest.raises(Exception, match=r"tables/skill\.parquet"):
        run_night(home, drops[0])
    assert (home / "releases/v1/latest.json").read_bytes() == pointer


@pytest.mark.parametrize(
    ("licence", "terms_class", "channel"),
    [("none stated", None, "local"), ("None stated", "open", "local"), ("CC-BY-4.0", "derive", "nightly")],
)
def test_the_channel_follows_the_strictest_terms(
    tmp_path: Path, licence: str, terms_class: str | None, channel: str
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": MORE}, licence=licence, terms_class=terms_class)
    run_night(tmp_path / "home", drop)
    folder = release_folder(tmp_path / "home")
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert (manifest["channel"], manifest["synthetic"]) == (channel, True)
    assert latest(tmp_path / "home")["channel"] == channel
    pages = [json.loads(path.read_bytes()) for path in sorted((folder / "json/occupation").iterdir())]
    assert pages
    for page in pages:
        assert "SYNTHETIC" in json.dumps(page)
        assert ("LOCAL" in json.dumps(page)) == (channel == "local")


def test_real_data_are_not_called_synthetic(tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": MORE}, synthetic=None)
    run_night(tmp_path / "home", drop)
    folder = release_folder(tmp_path / "home")
    assert json.loads((folder / "manifest.json").read_bytes())["synthetic"] is False
    assert not [p for p in folder.rglob("*.json") if b"SYNTHETIC" in p.read_bytes()]
