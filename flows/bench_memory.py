"""Memory of a process and all it began, sampled while it works: pages they share count once."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEBIBYTE = 1024
"""In the kibibytes of the kernel's files."""

SECONDS_BETWEEN = 0.5


@contextmanager
def peak_memory_mb() -> Iterator[list[float]]:
    """A list whose one entry is, at the end, the largest sum seen of this process and those below it."""
    peak, done = [0.0], threading.Event()

    def sample() -> None:
        while not done.wait(SECONDS_BETWEEN):
            peak[0] = max(peak[0], tree_mb(os.getpid()))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()


def tree_mb(root: int) -> float:
    """Proportional set size of a process and of all below it."""
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
    family, grown = {root}, True
    while grown:
        below = {pid for pid, parent in parents.items() if parent in family} - family
        family |= below
        grown = bool(below)
    return sum(pss_mb(pid) for pid in family)


def pss_mb(pid: int) -> float:
    """Proportional set size of one process; 0 where it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / MEBIBYTE
