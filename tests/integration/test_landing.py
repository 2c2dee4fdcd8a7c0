"""Bytes into the landing and back; drop folders of every shape."""

import hashlib
import json
from pathlib import Path

import pytest

from warehouse.landing import (
    DamagedLanding,
    DropFault,
    HashMismatch,
    Landed,
    LandingFault,
    drop_file,
    find_drops,
    land_file,
    landed_path,
    read_landed,
    reland_if_damaged,
    sha256_of,
    write_lock,
)
from warehouse.settings import Settings

DATA = b"id,title\n1,Backend Developer\n"
SHA = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "drop" / "adverts.csv"
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


def test_bytes_lie_under_their_hash(settings: Settings, source: Path) -> None:
    landed = land_file(settings, source, SHA, expected_bytes=len(DATA))
    assert landed == Landed(SHA, settings.landing / "sha256" / SHA[:2] / SHA, len(DATA))
    assert landed.path == landed_path(settings, SHA)
    assert read_landed(settings, SHA) == DATA
    assert list((settings.landing / "incoming").iterdir()) == []


def test_landing_twice_writes_once(settings: Settings, source: Path) -> None:
    landed = land_file(settings, source, SHA)
    before = landed.path.stat()
    assert land_file(settings, source, SHA) == landed
    after = landed.path.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_what_a_killed_copy_left_is_no_obstacle(settings: Settings, source: Path) -> None:
    path = landed_path(settings, SHA)
    path.parent.mkdir(parents=True)
    path.write_bytes(DATA[:5])
    land_file(settings, source, SHA)
    assert read_landed(settings, SHA) == DATA


@pytest.mark.parametrize("already_landed", [False, True])
def test_another_hash_is_refused(settings: Settings, source: Path, already_landed: bool) -> None:
    if already_landed:
        land_file(settings, source, SHA)
    changed = DATA.replace(b"1", b"2")
    source.write_bytes(changed)
    with pytest.raises(HashMismatch) as raised:
        land_file(settings, source, SHA, expected_bytes=len(DATA))
    for words in (str(source), SHA, sha256_of(changed), "Fetch the file again", f"sha256sum '{source}'"):
        assert words in str(raised.value)
    assert landed_path(settings, SHA).exists() == already_landed
    assert not landed_path(settings, sha256_of(changed)).exists()


def test_another_size_than_the_manifest_says_is_refused(settings: Settings, source: Path) -> None:
    with pytest.raises(HashMismatch, match=f"{len(DATA) + 1} bytes, found"):
        land_file(settings, source, SHA, expected_bytes=len(DATA) + 1)


def test_an_empty_file_lands(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    land_file(settings, tmp_path / "empty", sha256_of(b""), expected_bytes=0)
    assert read_landed(settings, sha256_of(b"")) == b""


def test_a_missing_source_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(LandingFault, match=r"gone.csv is missing; copy it there"):
        land_file(settings, tmp_path / "gone.csv", SHA)


def test_a_hash_is_no_path(settings: Settings) -> None:
    for text in ("../../etc/passwd", SHA + "\n", SHA.upper(), ""):
        with pytest.raises(LandingFault, match="is no SHA-256"):
            read_landed(settings, text)


def test_damage_is_found_when_read_and_mended_from_the_source(settings: Settings, source: Path) -> None:
    landed = land_file(settings, source, SHA)
    assert not reland_if_damaged(settings, source, landed)
    landed.path.write_bytes(DATA.replace(b"1", b"7"))
    with pytest.raises(DamagedLanding, match=f"rm -f '{landed.path}'"):
        read_landed(settings, SHA)
    assert reland_if_damaged(settings, source, landed)
    assert read_landed(settings, SHA) == DATA


def test_reading_what_never_landed(settings: Settings) -> None:
    with pytest.raises(LandingFault, match="run the night again with the --drop"):
        read_landed(settings, SHA)


def test_a_lock_holds_manifest_and_files_and_changes_only_with_them(settings: Settings, source: Path) -> None:
    landed = land_file(settings, source, SHA)
    manifest = {"source": "northwind", "licence": "CC BY 4.0", "kind": "postings"}

    def write(release: str) -> Path:
        files = [("b.csv", landed), ("a.csv", landed)]
        return write_lock(
            settings, kind="postings", source="northwind", release=release, manifest=manifest, files=files
        )

    path = write("2026-01")
    assert path == settings.landing / "locks" / "postings" / "northwind" / "2026-01.json"
    entry = {"bytes": len(DATA), "sha256": SHA}
    assert json.loads(path.read_bytes()) == {
        "kind": "postings",
        "source": "northwind",
        "release": "2026-01",
        "manifest": manifest,
        "files": [{"path": "a.csv", **entry}, {"path": "b.csv", **entry}],
    }
    before = path.stat()
    write("2026-01")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    manifest["licence"] = "none stated"
    write("2026-01")
    assert json.loads(path.read_bytes())["manifest"]["licence"] == "none stated"
    assert [p.name for p in path.parent.iterdir()] == ["2026-01.json"]


@pytest.mark.parametrize("name", ["../../up", "..", ".", "a/b", "/root", ".hidden"])
def test_a_lock_stays_among_the_locks(settings: Settings, name: str) -> None:
    path = write_lock(settings, kind="postings", source=name, release=name, manifest={}, files=[])
    assert path.resolve().parents[2] == (settings.landing / "locks").resolve()


# Drop folders


def drop(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text("{}")
    return folder


def test_every_folder_with_a_manifest_is_found_once_and_in_order(tmp_path: Path) -> None:
    wanted = [drop(tmp_path / "tree" / name) for name in ("b", "a", "a/deeper", "c/without/with")]
    (tmp_path / "tree" / "c" / "notes").mkdir()
    found = find_drops([tmp_path / "tree", tmp_path / "tree" / "a"])
    assert [each.folder for each in found] == sorted(wanted)
    assert all(each.manifest == each.folder / "manifest.json" for each in found)


def test_a_root_may_itself_be_the_drop(tmp_path: Path) -> None:
    assert [each.folder for each in find_drops([drop(tmp_path / "one")])] == [tmp_path / "one"]


def test_links_are_followed_once_and_loops_end(tmp_path: Path) -> None:
    real = drop(tmp_path / "elsewhere" / "real")
    tree = tmp_path / "tree"
    drop(tree / "one")
    (tree / "linked").symlink_to(real)
    (tree / "one" / "loop").symlink_to(tree)
    (tree / "dangling").symlink_to(tmp_path / "nowhere")
    assert [each.folder for each in find_drops([tree])] == [tree / "linked", tree / "one"]


def test_all_faults_of_all_roots_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "empty" / "below").mkdir(parents=True)
    drop(tmp_path / "good")
    with pytest.raises(DropFault) as raised:
        find_drops([tmp_path / "missing", tmp_path / "good", tmp_path / "file", tmp_path / "empty"])
    assert len(raised.value.faults) == 3
    assert f"drop {tmp_path / 'missing'} does not exist; check the path" in str(raised.value)
    assert f"drop {tmp_path / 'file'} is a file; give --drop the folder" in str(raised.value)
    assert f"drop {tmp_path / 'empty'} holds no manifest.json" in str(raised.value)


@pytest.mark.parametrize("file", ["../secret", "/etc/passwd", "a/../../b", "", "..\\b", "a\0b"])
def test_a_file_outside_its_drop_is_refused(tmp_path: Path, file: str) -> None:
    with pytest.raises(LandingFault, match="would lie outside the drop"):
        drop_file(tmp_path, file)


def test_a_missing_file_of_a_drop_is_named(tmp_path: Path) -> None:
    with pytest.raises(LandingFault, match=r"gone\.csv is missing; copy it there or take it out of"):
        drop_file(tmp_path, "data/gone.csv")
