"""A program that starts nights and kills them, each in a process of its own, and says what was left behind.

``python -m tests.kill_drill FOLDER DROPS`` prints one JSON line per kill. It imports everything once and forks
a night per kill, before anything here has opened a database.
"""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from exports.publish import publish
from exports.verify import verify
from flows.estimate import estimators, selects
from tests.nights import release_bytes, release_folder, run_night, small_configuration
from warehouse.load import build_order

LINES = ("load 3/", "read ", "estimate core_posting", "estimate weight_mask", "write release")
"""The night dies as it says so: between two files, after a batch, between two tables, before the release."""

STEPS = ("moved", "latest.json written aside", "latest.json")
"""The night dies right after this step of publishing; tests of publishing itself kill at all of them."""

DELAYS = (0.5, 1.2)
"""Seconds after the last line before which nothing was killed, wherever the night happens to be."""


def die() -> None:
    """As `kill -9` does: no handler, no buffer, no goodbye."""
    os.kill(os.getpid(), signal.SIGKILL)


def forked(work: Callable[[], None]) -> int:
    """Do it in a process of its own; 0, or the signal that ended it, or 1000 for an exception."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return ended(child)


def ended(child: int) -> int:
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 1000 * os.WEXITSTATUS(status)


def night(home: Path, drops: Path, *, line: str | None = None, step: str | None = None) -> None:
    """A night that dies as it says ``line``, or right after ``step`` of publishing."""

    def say(said: str) -> None:
        if line and said.startswith(line):
            die()

    def after(name: str) -> None:
        if name == step:
            die()

    with (
        patch.object(import_module("flows.nightly"), "_say", say),  # imported here for the sake of test_kill
        patch.object(import_module("flows.release"), "publish", partial(publish, step=after)),
    ):
        run_night(home, drops)


def killed_after(home: Path, drops: Path, delay: float) -> int:
    child = os.fork()
    if child == 0:
        try:
            night(home, drops)
        finally:
            os._exit(0)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    return ended(child)


def left(home: Path) -> list[str]:
    """Faults of what latest.json names; a reader must never find any, whenever the night died."""
    if not (home / "releases/v1/latest.json").exists():
        return []
    faults: list[str] = []
    folder = release_folder(home)
    read_end, write_end = os.pipe()
    child = os.fork()
    if child == 0:
        found = [f"{fault.file}: {fault.message}" for fault in verify(folder)]
        os.write(write_end, json.dumps(found).encode()[:60_000])
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as reader:
        faults = json.loads(reader.read())
    ended(child)
    return faults


def tell(moment: str, ended_by: int, home: Path, **more: Any) -> None:
    print(json.dumps({"moment": moment, "signal": ended_by, "faults": left(home)} | more), flush=True)


def told_end(moment: str, home: Path, drops: Path) -> None:
    """The next night, undisturbed: how it ended and what it left."""
    code = forked(lambda: night(home, drops))
    root = home / "releases" / "v1"
    tell(
        moment,
        code,
        home,
        files=release_bytes(release_folder(home)) if code == 0 else {},
        root=sorted(path.name for path in root.iterdir()),
        releases=sorted(path.name for path in (root / "releases").iterdir()),
        staging=sorted(path.name for path in (home / "staging").iterdir()),
    )


def import_once() -> None:
    """What takes a process its first seconds, here and not in every child: Prefect, SciPy, parsing the SELECTs."""
    import_module("flows.nightly")
    small_configuration()
    build_order(selects() | {name: estimator.reads for name, estimator in estimators().items()})


def main(folder: Path, drops: Path) -> None:
    """One home killed again and again, then let through; then a home killed at each step of publishing."""
    import_once()
    home = folder / "home"
    for line in LINES:
        tell(f"as it says {line!r}", forked(lambda line=line: night(home, drops, line=line)), home)  # type: ignore[misc]
    before_release = folder / "before release"
    shutil.copytree(home, before_release)
    for delay in DELAYS:
        tell(f"after {delay} s", killed_after(home, drops, delay), home)
    told_end("the chain", home, drops)
    for step in STEPS:
        home = folder / step
        shutil.copytree(before_release, home)
        tell(f"after step {step!r}", forked(lambda home=home, step=step: night(home, drops, step=step)), home)  # type: ignore[misc]
        told_end(f"step {step}", home, drops)
        shutil.rmtree(home)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
