"""Publishing moves the pointer last; whatever kills it, running again completes it with the same bytes."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from exports.fault import ReleaseFault
from exports.publish import heartbeat, publish
from exports.release import find_release, next_data_version
from exports.verify import verify
from tests.drawn_release import AS_OF, TIMES, published, staged

pytestmark = pytest.mark.slow

VERSION = "2022-12-31.0"
STEPS = (
    "verified",
    "synced",
    "moved",
    "read back",
    "releases.json written aside",
    "releases.json",
    "latest.json written aside",
    "latest.json",
)


class Killed(BaseException):
    """Stands for the end of the process: nothing may catch it."""


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return staged(tmp_path_factory.mktemp("written") / "staging")


@pytest.fixture
def root(tmp_path: Path, undisturbed: Path) -> Path:
    """A v1 root of its own with one release."""
    return copy(undisturbed, tmp_path / "v1")


def copy(folder: Path, to: Path) -> Path:
    shutil.copytree(folder, to)
    return to


def night(home: Path, written: Path) -> None:
    """What a night does at its end: complete a release that is in place, or publish one."""
    root = home / "v1"
    found = find_release(root, "night-1")
    if found:
        heartbeat(root, data_version=found.name, **TIMES)
        return
    version = next_data_version(root, AS_OF)
    shutil.rmtree(home / "staging", ignore_errors=True)
    publish(copy(written, home / "staging"), root, data_version=version, **TIMES)


def test_steps_are_these(tmp_path: Path, written: Path) -> None:
    steps: list[str] = []
    publish(
        copy(written, tmp_path / "staging"), tmp_path / "v1", data_version=VERSION, **TIMES, step=steps.append
    )
    assert tuple(steps) == STEPS


@pytest.mark.parametrize("fatal", ["synced", "moved", "latest.json written aside"])
def test_a_night_after_one_that_died_ends_as_if_undisturbed(
    tmp_path: Path, written: Path, undisturbed: Path, fatal: str
) -> None:
    def step(name: str) -> None:
        if name == fatal:
            raise Killed

    with pytest.raises(Killed):
        publish(
            copy(written, tmp_path / "staging"), tmp_path / "v1", data_version=VERSION, **TIMES, step=step
        )
    assert not (tmp_path / "v1" / "latest.json").exists()
    night(tmp_path, written)
    assert files(tmp_path / "v1") == files(undisturbed)


DRILL = """
import os, signal, sys
from pathlib import Path
from typing import Any
from exports.publish import publish
from tests.drawn_release import TIMES

def step(name):
    if name == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)

publish(Path(sys.argv[1]), Path(sys.argv[2]), data_version="2022-12-31.0", **TIMES, step=step)
"""


@pytest.mark.slow
@pytest.mark.parametrize("fatal", STEPS)
def test_kill_9_after_each_step(tmp_path: Path, written: Path, undisturbed: Path, fatal: str) -> None:
    staging = copy(written, tmp_path / "staging")
    ended = subprocess.run(
        [sys.executable, "-c", DRILL, str(staging), str(tmp_path / "v1"), fatal],
        cwd=Path(__file__).parents[2],
        env=os.environ | {"PYTHONPATH": "."},
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL
    night(tmp_path, written)
    assert files(tmp_path / "v1") == files(undisturbed)
    assert verify(tmp_path / "v1") == []


def test_a_damaged_release_is_not_published_and_the_pointer_stays(
    tmp_path: Path, root: Path, written: Path
) -> None:
    before = (root / "latest.json").read_bytes()
    staging = copy(written, tmp_path / "broken")
    (staging / "json" / "slugs.json").write_bytes(b"{}")
    with pytest.raises(ReleaseFault, match=r"json/slugs\.json: its bytes changed"):
        publish(staging, root, data_version="2022-12-31.1", **TIMES)
    assert (root / "latest.json").read_bytes() == before
    assert not (root / "releases" / "2022-12-31.1").exists()


def test_a_release_in_place_is_never_overwritten(tmp_path: Path, root: Path, written: Path) -> None:
    before = files(root)
    other = staged(tmp_path / "other", seed=2)
    with pytest.raises(ReleaseFault, match="never overwritten"):
        publish(other, root, data_version=VERSION, **TIMES)
    assert files(root) == before
    publish(copy(written, tmp_path / "same"), root, data_version=VERSION, **TIMES)
    assert files(root) == before


def test_a_release_goes_only_under_its_own_version(tmp_path: Path, written: Path) -> None:
    staging = copy(written, tmp_path / "staging")
    with pytest.raises(ReleaseFault, match=r"is of 2022-12-31\.0, not of 2022-12-31\.7"):
        publish(staging, tmp_path / "v1", data_version="2022-12-31.7", **TIMES)


def test_a_second_release_joins_the_list_and_moves_the_pointer(tmp_path: Path, root: Path) -> None:
    published(tmp_path, seed=2, night_key="night-2")
    latest = json.loads((root / "latest.json").read_text(encoding="utf-8"))
    listed = json.loads((root / "releases.json").read_text(encoding="utf-8"))["releases"]
    assert (latest["latest"], latest["path"]) == ("2022-12-31.1", "/v1/releases/2022-12-31.1/")
    assert [entry["data_version"] for entry in listed] == ["2022-12-31.0", "2022-12-31.1"]
    assert verify(root) == []


def test_a_night_that_changes_nothing_only_refreshes_the_pointer(root: Path) -> None:
    before = files(root)
    later: dict[str, Any] = {
        "published_at": "2023-01-02T03:10:00Z",
        "next_expected_at": "2023-01-03",
        "stale_after": "2023-01-10",
    }
    found = heartbeat(root, data_version=VERSION, **later)
    assert found == root / "releases" / VERSION
    latest = json.loads((root / "latest.json").read_text(encoding="utf-8"))
    assert (latest["published_at"], latest["stale_after"]) == (TIMES["published_at"], "2023-01-10")
    assert {n: b for n, b in files(root).items() if n != "latest.json"} == {
        name: data for name, data in before.items() if name != "latest.json"
    }
    assert verify(root) == []


def test_a_heartbeat_refuses_a_release_that_was_changed(root: Path) -> None:
    (root / "releases" / VERSION / "ATTRIBUTION.txt").write_bytes(b"")
    with pytest.raises(ReleaseFault, match=r"ATTRIBUTION\.txt: its bytes changed"):
        heartbeat(root, data_version=VERSION, **TIMES)


@pytest.mark.parametrize("name", ["latest.json", "releases.json"])
def test_a_damaged_pointer_is_not_repaired_in_silence(root: Path, name: str) -> None:
    (root / name).write_bytes((root / name).read_bytes()[:-9])
    with pytest.raises(ReleaseFault, match=f"{name}: .*restore or remove"):
        heartbeat(root, data_version=VERSION, **TIMES)
