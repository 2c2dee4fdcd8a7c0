"""Where everything lies and how much of the machine may be used: one frozen object, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HOME = "SKILLWEIGHTS_HOME"
THREADS = "SKILLWEIGHTS_THREADS"
MEMORY_LIMIT = "SKILLWEIGHTS_MEMORY_LIMIT"
CONTACT = "SKILLWEIGHTS_CONTACT"
READ_ELSEWHERE = (
    "SKILLWEIGHTS_REAL_DATA",
    "SKILLWEIGHTS_SHARED",
    "SKILLWEIGHTS_OPENALEX_KEY",
)
"""Variables with our prefix that tests and flows read; no settings, but no typing errors either."""

MEMORY = re.compile(r"^\s*\d+(\.\d+)?\s*([KMGT]i?B)\s*$", re.IGNORECASE)
ADDRESS = re.compile(r"[^\s@()]+@[^\s@()]+\.[^\s@()]+|https?://[^\s()]+")
DEFAULT_MEMORY_LIMIT = "2GB"


class SettingsFault(ValueError):
    """The environment asks for what can't be had; ``faults`` lists everything wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"the SKILLWEIGHTS_* environment variables have faults:\n{lines}")
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """All paths hang on ``home``; ``threads`` and ``memory_limit`` bound the database."""

    home: Path
    threads: int
    memory_limit: str = DEFAULT_MEMORY_LIMIT
    contact: str | None = None
    """Who asks, told to every service: an e-mail address or a web page."""

    @property
    def warehouse_folder(self) -> Path:
        """Folder of the database file, its lock and what it spills."""
        return self.home / "warehouse"

    @property
    def warehouse_file(self) -> Path:
        """The DuckDB file."""
        return self.warehouse_folder / "skillweights.duckdb"

    @property
    def writer_lock(self) -> Path:
        """Locked by whoever has the warehouse open."""
        return self.warehouse_folder / "writer.lock"

    @property
    def spill(self) -> Path:
        """Where the database puts what doesn't fit into memory."""
        return self.warehouse_folder / "spill"

    @property
    def landing(self) -> Path:
        """Bytes as they came, by hash, and the lock file of each drop."""
        return self.home / "landing"

    @property
    def releases(self) -> Path:
        """Parent of the ``v1`` folder that consumers read."""
        return self.home / "releases"

    @property
    def staging(self) -> Path:
        """Where a release is built before it is moved into place."""
        return self.home / "staging"

    @property
    def prefect_home(self) -> Path:
        """Prefect's own files."""
        return self.home / "prefect"

    @property
    def bench_file(self) -> Path:
        """What ``make bench`` measured."""
        return self.home / "bench.json"

    @property
    def simulate_file(self) -> Path:
        """What ``skillweights simulate`` found."""
        return self.home / "simulate.json"


def settings_from_env(environ: Mapping[str, str]) -> Settings:
    """Settings from the environment variables. Raises SettingsFault listing all faults at once.

    ``SKILLWEIGHTS_HOME`` defaults to ``data`` below the working directory, ``SKILLWEIGHTS_THREADS``
    to the processors this process may use, ``SKILLWEIGHTS_MEMORY_LIMIT`` to 2GB, ``SKILLWEIGHTS_CONTACT``
    to none: only what asks a service needs it.
    """
    faults = _unknown(environ)
    home = Path(environ.get(HOME) or "data").expanduser().absolute()
    blocking = next((path for path in (home, *home.parents) if path.exists() and not path.is_dir()), None)
    if blocking:
        faults.append(f"{HOME}: {blocking} is a file; name a folder, for example: export {HOME}=$PWD/data")
    threads = environ.get(THREADS) or str(len(os.sched_getaffinity(0)))
    if not threads.isdecimal() or int(threads) < 1:
        faults.append(
            f"{THREADS}: {threads!r} is no whole number of at least 1, for example: export {THREADS}=2"
        )
    memory_limit = environ.get(MEMORY_LIMIT) or DEFAULT_MEMORY_LIMIT
    if not MEMORY.match(memory_limit) or float(re.split("[A-Za-z]", memory_limit)[0]) == 0:
        faults.append(f"{MEMORY_LIMIT}: {memory_limit!r} is no size, for example: export {MEMORY_LIMIT}=2GB")
    contact = environ.get(CONTACT) or None
    if contact and not ADDRESS.fullmatch(contact):
        faults.append(
            f"{CONTACT}: {contact!r} is neither an e-mail address nor a web page, for example: "
            f"export {CONTACT}=you@example.org"
        )
    if faults:
        raise SettingsFault(faults)
    return Settings(home=home, threads=int(threads), memory_limit=memory_limit.strip(), contact=contact)


def _unknown(environ: Mapping[str, str]) -> list[str]:
    known = (HOME, THREADS, MEMORY_LIMIT, CONTACT)
    return [
        f"{name}: no such setting; known are {', '.join(known)}; unset it with: unset {name}"
        for name in sorted(environ)
        if name.startswith("SKILLWEIGHTS_") and name not in (*known, *READ_ELSEWHERE)
    ]
