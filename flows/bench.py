"""What the night costs: whole nights in fresh homes, measured from outside, each figure against its bar."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from flows.bench_estimates import estimate_figures
from flows.bench_families import FORUM, family_figures, reposts
from flows.bench_memory import pss_mb
from flows.bench_text import text_stage_rates
from flows.real_data import real_data_folder
from warehouse.connection import open_warehouse
from warehouse.settings import Settings

PERIOD = "2018-01..2022-12"
FIRST_NIGHT_S = 300.0
MEMORY_MB = 3000.0
SECOND_NIGHT_SHARE = 0.25
SECOND_NIGHT_S = 20.0
MEBIBYTE = 1024


@dataclass(frozen=True)
class Measured:
    """One figure: ``bar`` is the limit it is held to, ``holds`` whether it keeps it (None: no bar)."""

    name: str
    value: float
    unit: str
    bar: float | None
    holds: bool | None
    measured_against: str


@dataclass(frozen=True)
class NightRun:
    """A night measured from outside: wall seconds, and the largest memory of all its processes together."""

    seconds: float
    peak_mb: float


def bench(settings: Settings, real_data: Path | None) -> bool:
    """Measure, print a table, write bench.json in the home; whether every bar holds."""
    drops = real_data or real_data_folder(os.environ)
    figures = list(_embedded(settings.home / "bench"))
    if drops is None:
        print("no real drops (SKILLWEIGHTS_REAL_DATA, ../shared/data): the real night is not measured")
    else:
        figures += _real_nights(settings.home / "bench", drops)
    figures += [
        Measured(name, value, unit, bar, None if bar is None else value >= bar, against)
        for name, value, unit, bar, against in [*text_stage_rates(drops), *family_figures(drops)]
    ]
    figures += [Measured(*figure) for figure in estimate_figures(settings.home / "bench")]
    settings.bench_file.parent.mkdir(parents=True, exist_ok=True)
    settings.bench_file.write_text(
        json.dumps([asdict(figure) for figure in figures], indent=1) + "\n", encoding="utf-8"
    )
    _print(figures)
    if drops is not None:
        with open_warehouse(
            replace(settings, home=settings.home / "bench" / "real"), read_only=True
        ) as warehouse:
            print(reposts(warehouse, FORUM))
    print(f"written to {settings.bench_file}")
    return all(figure.holds is not False for figure in figures)


def _embedded(folder: Path) -> Iterator[Measured]:
    home = folder / "embedded"
    shutil.rmtree(home, ignore_errors=True)
    first = _night(home, [])
    second = _night(home, [])
    yield Measured("embedded_night_first", first.seconds, "s", None, None, "no bar of its own")
    yield Measured(
        "embedded_night_second", second.seconds, "s", 60.0, second.seconds < 60.0, "the second run's bar"
    )


def _real_nights(folder: Path, drops: Path) -> Iterator[Measured]:
    home, fresh = folder / "real", folder / "real-fresh"
    for path in (home, fresh):
        shutil.rmtree(path, ignore_errors=True)
    arguments = ["--drop", str(drops), "--period", PERIOD]
    first = _night(home, arguments)
    before = _files(home)
    second = _night(home, arguments)
    after = _files(home)
    _night(fresh, arguments)
    limit = max(SECOND_NIGHT_SHARE * first.seconds, SECOND_NIGHT_S)
    yield Measured(
        "real_night_first", first.seconds, "s", FIRST_NIGHT_S, first.seconds < FIRST_NIGHT_S, "5 minutes"
    )
    yield Measured(
        "real_night_peak_memory",
        first.peak_mb,
        "MB",
        MEMORY_MB,
        first.peak_mb < MEMORY_MB,
        "3 GB, all processes together",
    )
    yield Measured(
        "real_night_second",
        second.seconds,
        "s",
        limit,
        second.seconds <= limit,
        "25 % of the first run or 20 s",
    )
    yield _count("real_night_second_new_or_changed_files", before, after)
    yield _count("real_night_fresh_home_different_files", before, _files(fresh))


def _count(name: str, left: dict[str, bytes], right: dict[str, bytes]) -> Measured:
    n_different = sum(left.get(file) != right.get(file) for file in {*left, *right})
    return Measured(name, n_different, "files", 0, n_different == 0, f"{len(left)} files of the first run")


def _files(home: Path) -> dict[str, bytes]:
    """Every file of every release of a home; the pointers beside them are meant to change."""
    root = home / "releases" / "v1" / "releases"
    return {
        str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
    }


def _night(home: Path, arguments: list[str]) -> NightRun:
    """Run one night in a process of its own. Raises RuntimeError with its last lines where it fails."""
    print(f"night in {home.name} ...", file=sys.stderr, flush=True)
    environment = os.environ | {"SKILLWEIGHTS_HOME": str(home)}
    started = time.monotonic()
    process = subprocess.Popen(
        [str(Path(sys.executable).with_name("skillweights")), "nightly", *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch, args=(process, peak), daemon=True)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.monotonic() - started
    watcher.join()
    if process.returncode:
        raise RuntimeError(
            f"the night ended with exit code {process.returncode}:\n" + "\n".join(output.splitlines()[-15:])
        )
    return NightRun(round(seconds, 1), round(peak[0], 1))


def _watch(process: "subprocess.Popen[str]", peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], _session_mb(process.pid))
        time.sleep(0.5)


def _session_mb(session: int) -> float:
    """Proportional set size of all processes of a session: shared pages count once."""
    total = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[3]) != session:
                continue
            total += pss_mb(int(folder.name))
        except (OSError, IndexError, ValueError):
            continue
    return total


def _print(figures: list[Measured]) -> None:
    print(f"{'figure':<42} {'value':>12} {'unit':<14} {'bar':>9}  holds  against")
    for figure in figures:
        bar = "" if figure.bar is None else f"{figure.bar:,.1f}"
        holds = {None: "", True: "yes", False: "NO"}[figure.holds]
        value = f"{figure.value:,.{1 if abs(figure.value) >= 10 else 3}f}"
        row = f"{figure.name:<42} {value:>12} {figure.unit:<14} {bar:>9}  {holds:<5}"
        print(f"{row}  {figure.measured_against}")
