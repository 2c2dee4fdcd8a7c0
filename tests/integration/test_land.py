"""Landing whole drops: every fault of every drop named at once, nothing landed twice."""

import json
from pathlib import Path

import pytest

from flows.land import land, read_manifests
from flows.night import InputFault, OfferedFile, Report
from tests.nights import change_manifest, write_drop
from warehouse.settings import Settings

CSV = b"title,description\nBackend Developer,We use Python and Docker every day.\n"


@pytest.fixture
def report() -> Report:
    return Report([], [], lambda: 0.0)


def refused(settings: Settings, *drops: Path) -> list[str]:
    report = Report([], [], lambda: 0.0)
    with pytest.raises(InputFault) as fault:
        land(settings, list(drops), report)
    assert report.steps == []
    return fault.value.faults


def paths(offered: list[OfferedFile]) -> list[tuple[str, str]]:
    return [(file.manifest.source, file.path) for file in offered]


def test_every_file_of_a_tree_is_landed_in_the_order_of_drop_and_path(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    write_drop(tmp_path / "drops" / "z", {"b.csv": CSV, "a.csv": CSV + b"\n"}, source="board_a")
    write_drop(tmp_path / "drops" / "a" / "deep", {"c.csv": CSV}, source="board_b")
    offered = land(settings, [tmp_path / "drops"], report)
    assert paths(offered) == [("board_a", "a.csv"), ("board_a", "b.csv"), ("board_b", "c.csv")]
    assert all(file.landed.path.read_bytes().startswith(b"title") for file in offered)
    assert report.steps == [
        {"step": "land", "done_after_s": 0.0, "drops": 2, "files": 3, "damaged_files_replaced": 0}
        | {"bytes": 3 * len(CSV) + 1}
    ]
    lock = json.loads((settings.landing / "locks/postings/board_a/2026-06.json").read_bytes())
    assert [file["path"] for file in lock["files"]] == ["a.csv", "b.csv"]


def test_the_order_of_drops_does_not_matter_and_a_drop_given_twice_counts_once(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    one = write_drop(tmp_path / "one", {"a.csv": CSV}, source="board_a")
    two = write_drop(tmp_path / "two", {"b.csv": CSV}, source="board_b")
    first = land(settings, [one, two], report)
    second = land(settings, [two, one, tmp_path, two / ".." / "two"], report)
    assert paths(second) == paths(first)
    assert [step["files"] for step in report.steps] == [2, 2]


def test_a_copy_of_a_drop_with_the_same_bytes_counts_once(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    one = write_drop(tmp_path / "one", {"a.csv": CSV})
    two = write_drop(tmp_path / "copy", {"a.csv": CSV})
    assert len(land(settings, [one, two], report)) == 1


def test_the_same_release_twice_with_other_bytes_is_refused(settings: Settings, tmp_path: Path) -> None:
    one = write_drop(tmp_path / "one", {"a.csv": CSV})
    two = write_drop(tmp_path / "two", {"a.csv": CSV + b"Data Engineer,Airflow and SQL.\n"})
    assert refused(settings, one, two) == [
        f"{one}/manifest.json and {two}/manifest.json both hold invented_board 2026-06 a.csv, with different "
        "bytes; leave one of the two out"
    ]


def test_synthetic_and_real_drops_do_not_mix(settings: Settings, tmp_path: Path) -> None:
    made = write_drop(tmp_path / "made", {"a.csv": CSV})
    real = write_drop(tmp_path / "real", {"b.csv": CSV}, source="real_board", synthetic=None)
    [fault] = refused(settings, made, real)
    assert f"{made}/manifest.json says synthetic: true" in fault
    assert "SKILLWEIGHTS_HOME" in fault
    assert str(real) not in fault


def test_faults_of_all_files_of_all_drops_are_told_at_once(settings: Settings, tmp_path: Path) -> None:
    hashed = write_drop(tmp_path / "hashed", {"a.csv": CSV, "b.csv": CSV}, source="hashed")
    (hashed / "a.csv").write_bytes(CSV.replace(b"Python", b"Pythom"))
    sized = write_drop(tmp_path / "sized", {"a.csv": CSV}, source="sized")
    manifest = json.loads((sized / "manifest.json").read_bytes())
    manifest["files"][0]["bytes"] += 1
    (sized / "manifest.json").write_text(json.dumps(manifest))
    missing = write_drop(tmp_path / "missing", {"a.csv": CSV}, source="missing")
    (missing / "a.csv").unlink()
    faults = refused(settings, tmp_path)
    assert len(faults) == 3
    assert f"{hashed}/a.csv is not the file its manifest.json speaks of: expected sha256" in faults[0]
    assert f"{missing}/a.csv is missing" in faults[1]
    assert f"{sized}/a.csv is not the file" in faults[2]
    assert f"and {len(CSV) + 1} bytes, found" in faults[2]
    assert "sha256sum" in faults[2]


def test_manifests_are_all_read_before_any_file_is_landed(settings: Settings, tmp_path: Path) -> None:
    write_drop(tmp_path / "good", {"a.csv": CSV})
    write_drop(tmp_path / "no licence", {"a.csv": CSV}, licence=None)
    write_drop(tmp_path / "no kind", {"a.csv": CSV}, kind="gossip", release=2026.06)
    faults = refused(settings, tmp_path)
    assert [fault.split(":")[0] for fault in faults] == [
        f"{tmp_path}/no kind/manifest.json",
        f"{tmp_path}/no licence/manifest.json",
    ]
    assert "`release` is the number 2026.06" in faults[0] or "`release` is the number 2026.0" in faults[0]
    assert "no licence: a drop without a licence line is refused" in faults[1]
    assert not settings.landing.exists()


def test_folders_that_hold_no_drop_are_told_all_at_once(settings: Settings, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    file = tmp_path / "file.csv"
    file.write_bytes(CSV)
    faults = refused(settings, tmp_path / "nowhere", empty, file)
    assert [
        str(path) in fault for path, fault in zip((tmp_path / "nowhere", empty, file), faults, strict=True)
    ]
    assert "does not exist; check the path given to --drop" in faults[0]
    assert "holds no manifest.json" in faults[1]
    assert "is a file; give --drop the folder" in faults[2]


def test_a_drop_without_stated_terms_is_local_and_says_so(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV}, licence="None stated", terms_class="open")
    [file] = land(settings, [drop], report)
    assert file.manifest.terms_class == "local"
    assert report.warnings == [
        f'{drop}/manifest.json: licence "None stated" states no terms: used as local, although the manifest '
        "claims open"
    ]


def test_a_damaged_landed_file_is_replaced_from_the_drop(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    [file] = land(settings, [drop], report)
    file.landed.path.chmod(0o644)
    file.landed.path.write_bytes(b"x" * len(CSV))
    land(settings, [drop], report)
    assert file.landed.path.read_bytes() == CSV
    assert [step["damaged_files_replaced"] for step in report.steps] == [0, 1]


def test_a_manifest_that_is_no_manifest_is_told(tmp_path: Path) -> None:
    for name, data in {"list": b"[]", "half": b'{"a":', "latin": b'{"licence": "\xff"}'}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_bytes(data)
    with pytest.raises(InputFault) as fault:
        read_manifests([tmp_path])
    told = fault.value.faults
    assert "not JSON" in told[0]
    assert "not UTF-8" in told[1]
    assert "a JSON list: write one object" in told[2]


def test_a_new_manifest_of_the_same_files_is_another_input(
    settings: Settings, tmp_path: Path, report: Report
) -> None:
    drop = write_drop(tmp_path / "d", {"a.csv": CSV})
    [before] = land(settings, [drop], report)
    change_manifest(drop, licence="CC-BY-4.0")
    [after] = land(settings, [drop], report)
    assert after.landed == before.landed
    assert after.manifest_sha256 != before.manifest_sha256
