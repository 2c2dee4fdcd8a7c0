"""verify names the file of every change, and garbage gives faults, never an exception."""

import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pytest

from exports import checksums, verify_files
from exports.canonical import canonical_bytes, read_canonical, read_sealed, sealed
from exports.fault import Fault
from exports.release import export_tables
from exports.tables import conformed, read_table, table_entry, table_path, write_table
from exports.verify import verify
from exports.verify_files import file_faults
from exports.verify_json import json_faults
from exports.verify_tables import read_tables
from tests.drawn_release import TIMES, published

pytestmark = pytest.mark.slow

VERSION = "2022-12-31.0"
INSIDE = f"releases/{VERSION}"
Change = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("home"))


@pytest.fixture
def root(tmp_path: Path, pristine: Path) -> Path:
    shutil.copytree(pristine, tmp_path / "v1")
    return tmp_path / "v1"


@pytest.fixture
def release(root: Path) -> Path:
    return root / INSIDE


def faulty(faults: list[Fault]) -> set[str]:
    return {fault.file for fault in faults}


def positions(size: int, n: int, seed: str) -> list[int]:
    inner = random.Random(seed).sample(range(size), min(n, size))
    return sorted({0, size - 1, size // 2, *inner})


def changes(size: int, seed: str) -> list[Change]:
    """Deleted, flipped and inserted bytes here and there, a cut in the middle, nothing left, a tail."""
    found: list[Change] = []
    for at in positions(size, 3, seed):
        found.append(lambda data, at=at: data[:at] + data[at + 1 :])  # type: ignore[misc]
        found.append(lambda data, at=at: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])  # type: ignore[misc]
        found.append(lambda data, at=at: data[:at] + b"0" + data[at:])  # type: ignore[misc]
    found.append(lambda data: data[: len(data) // 2])
    found.append(lambda data: b"")
    found.append(lambda data: data + b"\n")
    return found


@contextmanager
def others_hashed_once(release: Path, name: str) -> Iterator[None]:
    """Inside, the files of a release beside the one that is changed again and again are not read each time."""
    read = checksums.sha256_of_file
    known = {release / other: read(release / other) for other in checksums.release_files(release)}
    del known[release / name]
    with (
        patch.object(checksums, "sha256_of_file", lambda path: known.get(path) or read(path)),
        patch.object(verify_files, "read_sealed", cache(read_sealed)),
    ):
        yield


def test_the_untouched_release_and_root_have_no_fault(pristine: Path) -> None:
    assert verify(pristine) == []
    assert verify(pristine / INSIDE) == []


def test_a_lost_byte_of_any_file_of_a_release_is_told_with_its_name(release: Path) -> None:
    for name in checksums.release_files(release):
        data = (release / name).read_bytes()
        [at] = random.Random(name).sample(range(len(data)), 1)
        (release / name).write_bytes(data[:at] + data[at + 1 :])
        assert name in faulty(file_faults(release)), name
        (release / name).write_bytes(data)


@pytest.mark.slow
def test_every_change_to_any_file_of_a_release_is_told_with_its_name(release: Path) -> None:
    """By the check of files alone, which verify runs first: a full verify per change would take minutes."""
    for name in checksums.release_files(release):
        path = release / name
        data = path.read_bytes()
        with others_hashed_once(release, name):
            for change in changes(len(data), name):
                path.write_bytes(change(data))
                assert name in faulty(file_faults(release)), name
            path.unlink()
            assert name in faulty(file_faults(release)), f"{name} deleted"
            path.write_bytes(data)
    assert file_faults(release) == []


def test_verify_itself_tells_one_lost_byte_of_each_kind_of_file(root: Path) -> None:
    for name in (
        "latest.json",
        f"{INSIDE}/SHA256SUMS",
        f"{INSIDE}/tables/metric_value.parquet",
        f"{INSIDE}/json/occupation/designer.json",
    ):
        data = (root / name).read_bytes()
        at = len(data) // 3
        (root / name).write_bytes(data[:at] + data[at + 1 :])
        assert name in faulty(verify(root)), name
        (root / name).write_bytes(data)
    assert verify(root) == []


@pytest.mark.parametrize("name", ["latest.json", "releases.json"])
def test_any_one_byte_lost_from_a_pointer_is_noticed(pristine: Path, name: str) -> None:
    data = (pristine / name).read_bytes()
    for at in range(len(data)):
        with pytest.raises(ValueError):
            read_sealed(data[:at] + data[at + 1 :])


def test_any_one_byte_lost_from_the_checksums_is_noticed_without_a_pointer(release: Path) -> None:
    data = (release / "SHA256SUMS").read_bytes()
    for at in range(0, len(data), 61):
        (release / "SHA256SUMS").write_bytes(data[:at] + data[at + 1 :])
        assert "SHA256SUMS" in faulty(file_faults(release)), at


def test_no_byte_can_be_lost_from_the_checksums_without_changing_what_they_say(pristine: Path) -> None:
    data = (pristine / INSIDE / "SHA256SUMS").read_bytes()
    whole = checksums.parse_sums(data)
    for at in range(len(data)):
        with suppress(ValueError):
            assert checksums.parse_sums(data[:at] + data[at + 1 :]) != whole, at


@pytest.mark.slow
def test_any_one_byte_lost_from_the_manifest_breaks_its_seal(pristine: Path) -> None:
    """A sealed file as the pointers are, of which each byte is tried; every 97th of this one, for it is long."""
    data = (pristine / INSIDE / "manifest.json").read_bytes()
    for at in range(0, len(data), 97):
        with pytest.raises(ValueError):
            read_sealed(data[:at] + data[at + 1 :])


@pytest.mark.slow
def test_a_byte_lost_from_checksums_or_manifest_is_told_with_its_name(release: Path) -> None:
    """Each byte by what reads the file, above; here some of them by the check of the folder."""
    for name, step in (("SHA256SUMS", 31), ("manifest.json", 499)):
        data = (release / name).read_bytes()
        with others_hashed_once(release, name):
            for at in range(0, len(data), step):
                (release / name).write_bytes(data[:at] + data[at + 1 :])
                assert name in faulty(file_faults(release)), (name, at)
        (release / name).write_bytes(data)


@pytest.mark.parametrize(
    "name", ["notes.txt", ".hidden", "tables/extra.parquet", "json/occupation/pilot.json", "new/deep/file"]
)
def test_an_added_file_is_told(root: Path, name: str) -> None:
    path = root / INSIDE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"{}")
    assert name in faulty(file_faults(root / INSIDE))


def test_strangers_in_the_root_are_told(root: Path) -> None:
    (root / "notes.txt").write_bytes(b"")
    (root / ".latest.json.new").write_bytes(b"")
    (root / "releases" / "2022-12-31.9").mkdir()
    (root / "releases" / "old").write_bytes(b"")
    told = faulty(verify(root))
    assert {"notes.txt", ".latest.json.new", "releases/old", "releases.json"} <= told
    assert any(file.startswith("releases/2022-12-31.9") for file in told)


def test_links_and_empty_folders_are_refused(root: Path, release: Path) -> None:
    table = release / "tables" / "skill.parquet"
    table.rename(root.parent / "elsewhere.parquet")
    table.symlink_to(root.parent / "elsewhere.parquet")
    (release / "json" / "empty").mkdir()
    found = {fault.file: fault.message for fault in verify(release)}
    assert "symbolic link" in found["tables/skill.parquet"]
    assert found["json/empty"] == "is an empty folder"


def rewrite(release: Path, name: str, column: str, value: object) -> None:
    """Change one row of a table that has a value in `column` and write the table as we write tables."""
    table = export_tables()[name]
    rows = read_table(release / table_path(name)).to_pylist()
    at = next(i for i, row in enumerate(rows) if row[column] is not None and row.get("geo") != "all")
    rows[at][column] = value
    frame = conformed(table, pa.Table.from_pylist(rows, read_table(release / table_path(name)).schema))
    write_table(table, frame, release / table_path(name))


def fix_sums(release: Path) -> None:
    (release / "SHA256SUMS").write_bytes(checksums.sums_bytes(release))


def fix_manifest(release: Path, name: str) -> None:
    """Make the manifest true to a changed table and sealed again."""
    manifest = read_sealed((release / "manifest.json").read_bytes())
    path = release / table_path(name)
    entry = next(entry for entry in manifest["tables"] if entry["name"] == name)
    entry |= table_entry(name, export_tables()[name], read_table(path))
    entry |= {"bytes": path.stat().st_size, "sha256": checksums.sha256_of_file(path)}
    (release / "manifest.json").write_bytes(canonical_bytes(sealed(manifest)))


def test_a_changed_row_is_told_even_after_the_checksums_are_made_to_fit(root: Path, release: Path) -> None:
    rewrite(release, "metric_value", "n_employers", 77)
    fix_sums(release)
    assert "tables/metric_value.parquet" in faulty(verify(release))
    assert f"{INSIDE}/tables/metric_value.parquet" in faulty(verify(root))


def test_a_changed_row_that_manifest_and_checksums_agree_to_is_told_by_the_pointer(
    root: Path, release: Path
) -> None:
    rewrite(release, "metric_value", "n_employers", 77)
    fix_manifest(release, "metric_value")
    fix_sums(release)
    assert {"latest.json", "releases.json"} <= faulty(verify(root))


@pytest.mark.parametrize(
    ("name", "column", "value", "file"),
    [
        ("occupation", "n_families_headline", 401, "json/occupation/all.json"),
        ("occupation_skill", "posting_share_n", 77, "tables/occupation_skill.parquet"),
        ("skill_pair", "npmi", 0.25, "json/occupation/backend-developer.json"),
        ("skill", "skill_label", "Renamed", "tables/occupation_skill.parquet"),
        ("source", "attribution_text", "ours", "ATTRIBUTION.txt"),
        ("taxonomy_map", "code", "15-1254.00", "json/occupation/backend-developer.json"),
    ],
)
def test_tables_pages_and_texts_are_held_against_each_other(
    release: Path, name: str, column: str, value: object, file: str
) -> None:
    rewrite(release, name, column, value)
    fix_manifest(release, name)
    fix_sums(release)
    assert file in faulty(verify(release))


def told_after(release: Path, name: str, change: Callable[[dict[str, Any]], None]) -> list[str]:
    """What the check of JSON says about a file after a change, whatever its checksums say."""
    value = json.loads((release / name).read_bytes())
    change(value)
    (release / name).write_bytes(canonical_bytes(value))
    manifest = read_sealed((release / "manifest.json").read_bytes())
    frames, faults = read_tables(release, set(checksums.release_files(release)))
    assert faults == []
    return [fault.message for fault in json_faults(release, manifest, frames) if fault.file == name]


def first_metric(page: dict[str, Any]) -> dict[str, Any]:
    metric: dict[str, Any] = page["skills"][0]["periods"][0]["posting_share"]
    return metric


def first_pairs(page: dict[str, Any]) -> dict[str, Any]:
    pairs: dict[str, Any] = page["skills"][0]["periods"][0]["pairs_with"]
    return pairs


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda page: page.update(synthetic=False), "synthetic is False"),
        (lambda page: page.update(notice=None), "notice is None"),
        (lambda page: page.pop("notice"), "notice is None"),
        (lambda page: page.update(data_version="2022-12-31.1"), "data_version is"),
        (lambda page: page.update({"$schema": "https://data.example.org/x"}), "is not that of such a page"),
        (lambda page: page.update(extra=1), "breaks its schema"),
        (lambda page: page["skills"].reverse(), "not ordered"),
        (lambda page: page["skills"].pop(0), "is not on the page"),
        (lambda page: page["skills"].append(page["skills"][-1]), "is in no table"),
        (lambda page: page["periods"].pop(), "periods: 1 shown"),
        (lambda page: page["occupation"].update(label="Boss"), "occupation: label"),
        (lambda page: page["occupation"]["mappings"].pop(), "mappings: 1 shown"),
        (lambda page: page["omitted"]["periods"][0].update(n_skills=9), "n_skills of"),
        (lambda page: page["attribution"].pop(), "attribution is not"),
        (lambda page: first_metric(page).update(value=0.5, ci_high=1.0), "posting_share: value is 0.5"),
        (lambda page: first_metric(page).update(reason="small_cell"), "posting_share: $.reason"),
        (lambda page: first_metric(page).update(n=None), "posting_share: $.n"),
        (lambda page: first_metric(page).pop("geo"), "'geo' is a required property"),
        (lambda page: first_pairs(page)["items"].reverse(), "pairs_with"),
        (lambda page: first_pairs(page)["items"].pop(), "pairs, not"),
        (lambda page: first_pairs(page).update(n_pairs=1), "status, reason or n_pairs"),
        (lambda page: first_pairs(page)["items"][0].update(lift=-1), "lift"),
        (lambda page: first_pairs(page)["items"][0].update(label="X"), "label is 'X'"),
    ],
)
def test_a_page_that_says_anything_but_its_rows_is_told(
    release: Path, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    name = "json/occupation/backend-developer.json"
    told = told_after(release, name, change)
    assert any(message in text for text in told), told


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda page: page["others"][0]["skills"].pop(), "is not on the page"),
        (lambda page: page["others"][0]["skills"].append("zz-top"), "is in no table"),
        (lambda page: page["others"][0]["posting_share"].update(reason_detail="x"), "reason_detail is 'x'"),
        (lambda page: page["others"][0]["posting_share"].update(reason=None), "others[0]: posting_share"),
        (lambda page: page["others"].pop(), "is not on the page"),
    ],
)
def test_zeros_and_withheld_shares_are_held_against_the_tables(
    release: Path, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    pages = sorted((release / "json" / "occupation").glob("*.json"))
    name = next(path.name for path in pages if read_canonical(path.read_bytes())["others"])
    told = told_after(release, f"json/occupation/{name}", change)
    assert any(message in text for text in told), told


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("json/index.json", lambda v: v["occupations"].pop(), "does not list the occupations"),
        ("json/index.json", lambda v: v["occupations"][0].update(path="x"), "path or period is not that"),
        ("json/index.json", lambda v: v["occupations"][0].update(n_families=1), "n_families is 1"),
        ("json/slugs.json", lambda v: v["skills"].pop("sql"), "skills are not those"),
        ("LICENSES.json", lambda v: v["sources"].pop(), "does not name the sources"),
        ("LICENSES.json", lambda v: v.update(synthetic=False), "synthetic or data_version"),
    ],
)
def test_lists_are_held_against_the_tables(
    release: Path, name: str, change: Callable[[dict[str, Any]], None], message: str
) -> None:
    told = told_after(release, name, change)
    assert any(message in text for text in told), told


@pytest.mark.slow
@pytest.mark.parametrize("garbage", [None, [], {}, "x", 0, [None], [{}], {"a": 1}])
def test_a_well_formed_manifest_full_of_nonsense_gives_faults_and_no_exception(
    release: Path, garbage: object
) -> None:
    manifest = read_sealed((release / "manifest.json").read_bytes())
    for field in ("tables", "files", "periods", "json", "k_min", "data_version", "checks", "attribution"):
        (release / "manifest.json").write_bytes(canonical_bytes(sealed(manifest | {field: garbage})))
        fix_sums(release)
        assert verify(release), field


def test_a_well_formed_pointer_full_of_nonsense_gives_faults_and_no_exception(root: Path) -> None:
    shutil.rmtree(root / "releases")  # what they point to is not the matter here
    for name in ("latest.json", "releases.json"):
        data = (root / name).read_bytes()
        for value in ({}, {"latest": None}, {"releases": [None]}, {"latest": "../..", "path": ""}):
            (root / name).write_bytes(canonical_bytes(sealed(value)))
            assert name in faulty(verify(root)), value
        (root / name).write_bytes(data)


@pytest.mark.slow
def test_garbage_in_every_file_gives_faults_and_no_exception(root: Path) -> None:
    draw = random.Random(5)
    folders: dict[str, list[str]] = {}
    for name in checksums.release_files(root):
        folders.setdefault(str(Path(name).parent), []).append(name)
    # All tables, since each has its own reader's mistakes to make; of other folders the first two.
    chosen = [
        names if folder.endswith(("tables", VERSION)) else names[:2] for folder, names in folders.items()
    ]
    for name in (name for names in chosen for name in names):
        data = (root / name).read_bytes()
        (root / name).write_bytes(draw.randbytes(200))
        assert name in faulty(verify(root)), name
        (root / name).write_bytes(data)


def test_a_pointer_to_no_folder_or_to_other_bytes_is_told(root: Path) -> None:
    pointer = read_sealed((root / "latest.json").read_bytes())
    shutil.rmtree(root / INSIDE / "tables")  # what the release holds is not the matter here
    for change in ({"latest": "2030-01-01.0"}, {"manifest_sha256": "0" * 64}, {"synthetic": False}):
        (root / "latest.json").write_bytes(canonical_bytes(sealed(pointer | change)))
        assert "latest.json" in faulty(verify(root)), change


def test_a_removed_release_a_removed_pointer_and_a_renamed_folder_are_told(root: Path) -> None:
    (root / INSIDE).rename(root / "releases" / "2022-12-31.5")
    assert {"latest.json", "releases.json", "releases/2022-12-31.5"} <= faulty(verify(root))
    shutil.rmtree(root / "releases" / "2022-12-31.5")
    assert {"latest.json", "releases.json"} <= faulty(verify(root))
    (root / "latest.json").unlink()
    assert "latest.json" in faulty(verify(root))


def test_a_folder_that_is_no_release_and_a_missing_one_are_told(tmp_path: Path) -> None:
    assert "neither" in verify(tmp_path)[0].message
    assert verify(tmp_path / "none")[0].message == "is not a folder"


def test_times_of_the_pointer_are_those_given(root: Path) -> None:
    pointer = read_sealed((root / "latest.json").read_bytes())
    assert {name: pointer[name] for name in TIMES} == TIMES
