"""kill -9 at many moments: the next night completes, with the bytes of a night that nobody disturbed."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.kill_drill import LINES, STEPS
from tests.nights import SMALL, release_bytes, release_folder, run_night, write_market

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_market(tmp_path_factory.mktemp("drops"), n_postings=240, only=SMALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, drops: Path) -> list[dict[str, Any]]:
    """What the drill says after each kill and after each next night."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kill_drill", str(tmp_path_factory.mktemp("drill")), str(drops)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_every_night_that_should_die_died(told: list[dict[str, Any]]) -> None:
    died = [entry["moment"] for entry in told if entry["signal"] == signal.SIGKILL]
    assert set(died) >= {f"as it says {line!r}" for line in LINES} | {f"after step {s!r}" for s in STEPS}


def test_the_pointer_never_names_a_release_with_a_fault(told: list[dict[str, Any]]) -> None:
    assert {entry["moment"]: entry["faults"] for entry in told if entry["faults"]} == {}


def test_the_next_night_ends_with_the_bytes_of_an_undisturbed_one(
    told: list[dict[str, Any]], drops: Path, tmp_path: Path
) -> None:
    run_night(tmp_path, drops)
    undisturbed = release_bytes(release_folder(tmp_path))
    ends = [entry for entry in told if "files" in entry]
    assert len(ends) == 1 + len(STEPS)
    assert [entry["moment"] for entry in ends if entry["signal"]] == []
    assert [entry["moment"] for entry in ends if entry["files"] != undisturbed] == []


def test_nothing_half_done_is_left(told: list[dict[str, Any]]) -> None:
    for entry in (entry for entry in told if "files" in entry):
        assert entry["root"] == ["latest.json", "releases", "releases.json"], entry["moment"]
        assert len(entry["releases"]) == 1, entry["moment"]
        assert entry["staging"] == [], entry["moment"]
