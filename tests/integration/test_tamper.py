"""A real release, changed: `skillweights verify` ends with 1 and names the file."""

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from exports import checksums
from flows.cli import app
from flows.exit_code import FAILED, OK
from tests.nights import SMALL, run_night, write_market

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    run_night(home, write_market(tmp_path_factory.mktemp("drops"), n_postings=400, only=SMALL))
    return home / "releases" / "v1"


def verify(root: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = int(app(["verify", str(root)], result_action="return_value") or OK)
    return code, capsys.readouterr().out


def files(root: Path) -> list[Path]:
    return [path for path in sorted(root.rglob("*")) if path.is_file()]


def test_the_release_itself_has_no_fault(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(root, capsys) == (OK, f"{root}: verified, no fault\n")
    [release] = (root / "releases").iterdir()
    assert verify(release, capsys)[0] == OK


def told_without_a_byte(
    root: Path, paths: list[Path], capsys: pytest.CaptureFixture[str]
) -> tuple[int, set[str]]:
    """Exit code and the files named when each of these files has lost one byte."""
    kept = {path: path.read_bytes() for path in paths}
    for path, data in kept.items():
        at = len(path.name) * 7919 % len(data)
        path.write_bytes(data[:at] + data[at + 1 :])
    try:
        code, told = verify(root, capsys)
    finally:
        for path, data in kept.items():
            path.write_bytes(data)
    return code, {line.split(": ")[0] for line in told.splitlines()}


def test_a_byte_deleted_from_any_file_is_told_with_its_name(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folders = ("occupation", "tables", "schema", "forest")
    alike = [[path for path in files(root) if path.parent.name == folder] for folder in folders]
    alone = [path for path in files(root) if path.parent.name not in folders]
    for path in [*alone, *(several[0] for several in alike)]:
        code, named = told_without_a_byte(root, [path], capsys)
        assert code == FAILED, path
        assert str(path.relative_to(root)) in named
    # Files of these folders are many and alike: all at once, each of them named.
    assert [len(several) > 1 for several in alike] == [True] * len(folders)
    for several in alike:
        code, named = told_without_a_byte(root, several, capsys)
        assert code == FAILED
        assert {str(path.relative_to(root)) for path in several} <= named
    assert verify(root, capsys)[0] == OK


@pytest.mark.parametrize(
    "name", ["notes.txt", "tables/more.parquet", "json/occupation/pilot.json", ".hidden"]
)
def test_an_added_file_is_told_with_its_name(
    root: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    [release] = (root / "releases").iterdir()
    path = release / name
    path.write_bytes(b"{}")
    try:
        code, told = verify(root, capsys)
    finally:
        path.unlink()
    assert code == FAILED
    assert f"releases/{release.name}/{name}: " in told


def reseal(release: Path) -> None:
    """Checksums written again, as somebody would who knows that they are there."""
    listed = [name for name in checksums.release_files(release) if name != checksums.SUMS]
    lines = [f"{checksums.sha256_of_file(release / name)}  {name}\n" for name in sorted(listed)]
    (release / checksums.SUMS).write_text("".join(lines))


@pytest.mark.parametrize("also_checksums", [False, True])
@pytest.mark.parametrize("table", ["metric_value", "occupation_skill", "skill", "skill_pair", "source"])
def test_a_changed_row_in_a_properly_written_table_is_told(
    root: Path, tmp_path: Path, table: str, also_checksums: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "v1"
    shutil.copytree(root, copy)
    [release] = (copy / "releases").iterdir()
    path = release / f"tables/{table}.parquet"
    frame = pq.read_table(path)
    column = {"metric_value": "value", "occupation_skill": "posting_share", "skill_pair": "lift"}.get(table)
    if column:
        changed = pc.multiply(frame[column], 0.99)
    else:
        column = {"skill": "skill_label", "source": "licence"}[table]
        changed = pa.array([f"{value}!" for value in frame[column].to_pylist()])
    position = frame.schema.get_field_index(column)
    pq.write_table(
        frame.set_column(position, frame.schema.field(column), changed.cast(frame[column].type)), path
    )
    if also_checksums:
        reseal(release)
    code, told = verify(copy, capsys)
    assert code == FAILED
    assert f"releases/{release.name}/tables/{table}.parquet: " in told


def test_a_pointer_to_an_older_manifest_is_told(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "v1"
    shutil.copytree(root, copy)
    [release] = (copy / "releases").iterdir()
    release.rename(release.with_name("2020-01-01.0"))
    code, told = verify(copy, capsys)
    assert code == FAILED
    assert "latest.json: " in told
    assert "releases/2020-01-01.0: holds release " in told
