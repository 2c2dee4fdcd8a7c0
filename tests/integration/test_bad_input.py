"""Bad input through the command line: the exit code, and what, where and what to do in words.

The command runs in this process with the night as a plain function; that Prefect passes faults on as they
are is told by tests/integration/test_nightly.py.
"""

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from flows.cli import app
from flows.exit_code import BUSY, FAILED, OK, REFUSED
from tests.nights import change_manifest, release_folder, small_configuration, without_prefect, write_drop
from transforms.synthetic_taxonomy import onet_members

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
HEADER = b"title,company,description,posted\n"
ROW = b"Backend Developer,Invented Works,You know Python and Docker.,2026-06-20\n"
CSV = HEADER + ROW


@dataclass(frozen=True)
class Told:
    code: int
    out: str
    err: str

    def refused(self, *words: object) -> None:
        assert self.code == REFUSED, self
        last = self.err[self.err.index("refused: ") :]
        assert [word for word in words if str(word) not in last] == []
        assert "Traceback" not in self.err


Night = Callable[..., Told]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def night(home: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Night]:
    """`skillweights nightly` with these drops and further arguments."""

    def run(*drops: Path, more: tuple[str, ...] = (), environ: Mapping[str, str] | None = None) -> Told:
        arguments = ["nightly", *(part for drop in drops for part in ("--drop", str(drop))), *more]
        settings = {"SKILLWEIGHTS_HOME": str(home), "SKILLWEIGHTS_THREADS": "1"} | dict(environ or {})
        capsys.readouterr()
        with patch.dict(os.environ, settings):
            code = int(app(arguments, result_action="return_value") or OK)
        return Told(code, *capsys.readouterr())

    with without_prefect(small_configuration()):
        yield run


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def onet(folder: Path, data: bytes) -> Path:
    return write_drop(
        folder, {"db.zip": data}, kind="onet", source="invented_onet", release="29.2", postings=None
    )


# The folder and its manifest -------------------------------------------------------------------------


def test_missing_folder_folder_without_manifest_and_file(night: Night, tmp_path: Path, home: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.csv").write_bytes(CSV)
    told = night(tmp_path / "nowhere", tmp_path / "empty", tmp_path / "a.csv")
    told.refused(
        f"{tmp_path}/nowhere does not exist; check the path given to --drop",
        f"{tmp_path}/empty holds no manifest.json",
        f"{tmp_path}/a.csv is a file; give --drop the folder",
    )
    assert not (home / "warehouse").exists()


def test_manifest_without_licence(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV}, licence=None)
    night(drop).refused(f"{drop}/manifest.json", "without a licence line is refused; add `licence`")


def test_manifest_that_is_not_json(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    (drop / "manifest.json").write_text("{")
    night(drop).refused(f"{drop}/manifest.json", "not JSON")


def test_manifest_with_a_path_that_leads_elsewhere(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    change_manifest(drop, files=[{"path": "../a.csv", "bytes": 1, "sha256": "0" * 64}])
    night(drop).refused(f"{drop}/manifest.json", "leaves the drop folder with `..`")


def test_wrong_hash_and_wrong_size_together(night: Night, tmp_path: Path) -> None:
    one = write_drop(tmp_path / "one", {"a.csv": CSV})
    (one / "a.csv").write_bytes(CSV.replace(b"Docker", b"Dacker"))
    two = write_drop(tmp_path / "two", {"b.csv": CSV}, source="another")
    manifest = json.loads((two / "manifest.json").read_bytes())
    manifest["files"][0]["bytes"] = 1
    (two / "manifest.json").write_text(json.dumps(manifest))
    night(one, two).refused(
        f"{one}/a.csv is not the file its manifest.json speaks of",
        f"{two}/b.csv is not the file",
        "1 bytes, found",
        "Fetch the file again",
    )


def test_missing_file(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    (drop / "a.csv").unlink()
    night(drop).refused(f"{drop}/a.csv is missing; copy it there or take it out")


def test_synthetic_and_real_drops_together(night: Night, tmp_path: Path) -> None:
    made = write_drop(tmp_path / "made", {"a.csv": CSV})
    real = write_drop(tmp_path / "real", {"b.csv": CSV}, source="another", synthetic=None)
    night(made, real).refused("can't share a night", f"{made}/manifest.json says synthetic: true", "HOME")


def test_the_same_release_twice_with_other_bytes(night: Night, tmp_path: Path) -> None:
    one = write_drop(tmp_path / "one", {"a.csv": CSV})
    two = write_drop(tmp_path / "two", {"a.csv": CSV + ROW})
    night(one, two).refused(one, two, "with different bytes; leave one of the two out")


# Taxonomies ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (zipped({n: d.replace(b"Title", b"Titel") for n, d in onet_members("29.2").items()}), "Title"),
        (zipped(onet_members("29.2"))[:-100], "truncated or damaged"),
        (b"", "the file is empty; fetch it again"),
        (zipped(onet_members("29.2") | {"../x.txt": b""}), "'../x.txt' would lie outside the folder"),
        (zipped(onet_members("29.2") | {"bomb.txt": bytes(30_000_000)}), "a size bomb"),
    ],
    ids=["renamed column", "truncated", "empty", "traversal", "bomb"],
)
def test_a_taxonomy_that_can_not_be_trusted(night: Night, tmp_path: Path, data: bytes, words: str) -> None:
    postings = write_drop(tmp_path / "p", {"a.csv": CSV})
    drop = onet(tmp_path / "o", data)
    night(postings, drop).refused(f"{drop}/manifest.json: ", words)


def test_only_taxonomies_and_no_postings(night: Night, tmp_path: Path) -> None:
    night(onet(tmp_path / "o", zipped(onet_members("29.2")))).refused("no posting file could be loaded")


# Posting files ---------------------------------------------------------------------------------------


def test_an_unreadable_posting_file_is_refused_when_it_is_the_only_one_and_quarantined_beside_others(
    night: Night, tmp_path: Path, home: Path
) -> None:
    import gzip

    bad = {
        "header.csv": ROW * 2,
        "empty.csv": b"",
        "cut.csv.gz": gzip.compress(CSV * 99, mtime=0)[:-10],
    }
    for name, data in bad.items():
        drop = write_drop(tmp_path / name / "d", {name: data})
        night(drop).refused("no posting file could be loaded", f"{drop}/manifest.json: {name}: ")
    latin = CSV.replace(b"You know", "Zürich: you know".encode("cp1252"))
    drop = write_drop(tmp_path / "beside", bad | {"good.csv": latin})
    told = night(drop)
    assert told.code == OK, told
    for name in bad:
        assert f"warning: quarantined: {drop}/manifest.json: {name}: " in told.err
    assert "files_quarantined 3" in told.out
    assert "postings_read_now 1" in told.out
    manifest = json.loads((release_folder(home) / "manifest.json").read_bytes())
    states = {(entry["state"], entry["detail"] is None) for entry in manifest["inputs"]}
    assert states == {("loaded", True), ("quarantined", False)}


def test_a_night_of_no_dates_is_told_which_column_to_map(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": b"title,description\nBackend Developer,You know Python.\n"})
    manifest = json.loads((drop / "manifest.json").read_bytes())
    del manifest["retrieved_on"], manifest["release"]
    (drop / "manifest.json").write_text(json.dumps(manifest | {"release": "undated"}))
    told = night(drop)
    told.refused("no posting has a first-seen day", "map a date column in `postings.columns`")


def test_terms_that_allow_no_number_are_never_counted(night: Night, tmp_path: Path, home: Path) -> None:
    write_drop(tmp_path / "d" / "open", {"a.csv": CSV})
    closed = write_drop(
        tmp_path / "d" / "closed", {"b.csv": CSV}, source="closed", terms_class="display_only"
    )
    told = night(tmp_path / "d")
    assert (told.code, "files_not_loaded 1" in told.out) == (OK, True)
    manifest = json.loads((release_folder(home) / "manifest.json").read_bytes())
    [entry] = [entry for entry in manifest["inputs"] if entry["source_id"] == "closed"]
    assert (entry["state"], entry["rows"]) == ("not_loaded", 0)
    assert manifest["coverage"]["postings_total"] == 1
    night(closed).refused("no posting file could be loaded", "terms class display_only")


def test_drops_given_twice_and_nested_count_once(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d" / "inner", {"a.csv": CSV})
    told = night(drop, tmp_path / "d", drop)
    assert told.code == OK
    assert "files 1," in told.out


# The request and the settings ------------------------------------------------------------------------


def test_bad_period_and_bad_day_are_told_together(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    more = ("--period", "2018", "--period", "2022-12..2018-01", "--as-of", "yesterday")
    night(drop, more=more).refused(
        "--period '2018': write FROM..TO as 2018-01..2022-12",
        "--period '2022-12..2018-01': it ends before it starts",
        "--as-of 'yesterday': write a day as 2026-11-22",
    )


def test_a_period_without_a_posting_is_a_release_that_says_so(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    assert night(drop, more=("--as-of", "1999-12-31", "--period", "1990-01..1990-12")).code == OK


def test_bad_settings_are_told_all_at_once(night: Night, tmp_path: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    environ = {
        "SKILLWEIGHTS_HOME": str(drop / "a.csv"),
        "SKILLWEIGHTS_THREADS": "many",
        "SKILLWEIGHTS_MEMORY_LIMIT": "much",
        "SKILLWEIGHTS_TREADS": "2",
    }
    night(drop, environ=environ).refused(
        f"SKILLWEIGHTS_HOME: {drop}/a.csv is a file; name a folder",
        "SKILLWEIGHTS_THREADS: 'many' is no whole number",
        "SKILLWEIGHTS_MEMORY_LIMIT: 'much' is no size",
        "SKILLWEIGHTS_TREADS: no such setting; known are SKILLWEIGHTS_HOME",
    )


def test_bad_configuration(night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import flows.configuration as module

    shutil.copytree(module.CONFIG_FOLDER, tmp_path / "config")
    (tmp_path / "config" / "method.toml").write_text("")
    (tmp_path / "config" / "occupations.csv").write_text("slug\n")
    monkeypatch.setattr(module.read_configuration, "__defaults__", (tmp_path / "config",))
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    night(drop).refused("config/ can't be used", "occupations.csv: no column occupation")


HOLDER = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from warehouse.connection import open_warehouse
from warehouse.settings import Settings
with open_warehouse(Settings(Path(sys.argv[1]), 1), now=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)):
    print("open", flush=True)
    time.sleep(600)
"""


def test_a_second_writer(
    night: Night, tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "open\n"
        told = night(drop)
        assert told.code == BUSY
        assert (
            f"busy: the warehouse {home}/warehouse/skillweights.duckdb is in use: process {holder.pid}"
            in told.err
        )
        assert "since 2026-01-02T03:04:05Z" in told.err
        assert f"kill {holder.pid}" in told.err
        with patch.dict(os.environ, {"SKILLWEIGHTS_HOME": str(home)}):
            assert app(["explain", "a", "b"], result_action="return_value") == BUSY
    finally:
        holder.kill()
        holder.wait()
    assert night(drop).code == OK


def test_a_damaged_warehouse_is_told_and_made_again(night: Night, tmp_path: Path, home: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    file = home / "warehouse" / "skillweights.duckdb"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"not a database, but long enough to look like one" * 500)
    night(drop).refused(f"{file} can't be read as a warehouse", f"rm -f '{file}'")
    file.unlink()
    assert night(drop).code == OK


def test_a_failed_night_leaves_the_pointer_where_it_was(night: Night, tmp_path: Path, home: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    assert night(drop).code == OK
    pointer = (home / "releases/v1/latest.json").read_bytes()
    night(drop, onet(tmp_path / "o", b"no zip")).refused("no zip archive")
    assert (home / "releases/v1/latest.json").read_bytes() == pointer
    assert [path.name for path in (home / "releases/v1/releases").iterdir()] == ["2026-06-20.0"]


def test_a_night_over_a_damaged_release_fails_with_its_name(night: Night, tmp_path: Path, home: Path) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    assert night(drop).code == OK
    path = release_folder(home) / "tables" / "skill.parquet"
    path.write_bytes(path.read_bytes()[:-1])
    told = night(drop)
    assert told.code == FAILED
    assert "failed: " in told.err
    assert "tables/skill.parquet: " in told.err
    assert "Traceback" not in told.err
