"""A million generated postings through the very steps a night runs, table by table, each figure against its bar.

Not in the market: adverts no role names. So the pool's own numbers are withheld and only its counts cost time.
"""

import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from flows.bench_increment import increment_seconds
from flows.bench_market import OWN_SKILLS, fill_market, market_periods
from flows.bench_memory import peak_memory_mb
from flows.configuration import read_configuration
from flows.estimate import fill_estimates, method_parameters
from flows.evidence import evidence
from flows.night import Night, Report, Request
from flows.release import release
from transforms.synthetic_counts import MarketSize
from warehouse.connection import Warehouse, open_warehouse
from warehouse.settings import Settings

SIZES = (100_000, 300_000, 1_000_000)
THREADS = 2
MEMORY_LIMIT = "1500MB"
"""Of the four gigabytes: the arrays and pages of Python, which the database does not see, need the rest."""

SEED = 20260101
ITERATIVE = (
    "weight_rank",
    "weight_pay_premium",
    "weight_skill_cluster",
    "weight_pair_test",
    "weight_specificity",
)
"""Resampled, fitted or selected in rounds; every other table is a SELECT or closed form."""

VERIFY = "verify and publish"
"""A command of its own, which a night runs on what it has exported: told apart from the exports, and with them."""

PAIR_TABLES = ("weight_pair_item", "weight_pair_count", "weight_skill_pair")


@dataclass(frozen=True)
class Step:
    """One step of a night: seconds by the clock, seconds of processors, rows it left."""

    name: str
    wall_s: float
    cpu_s: float
    n_rows: int


@dataclass(frozen=True)
class SizeRun:
    """A night over a market of ``n_postings``; ``peer`` is scipy's X'X of its pairs, ``peer_read`` reading them."""

    n_postings: int
    n_mentions: int
    steps: tuple[Step, ...]
    peer_read: Step
    peer: Step
    peak_mb: float

    def total(self, *, iterative: bool, cpu: bool = False) -> float:
        """Seconds of the group, without verifying what was exported."""
        return sum(
            step.cpu_s if cpu else step.wall_s
            for step in self.steps
            if (step.name in ITERATIVE) == iterative and not step.name.startswith(VERIFY)
        )

    def wall_of(self, *names: str) -> float:
        """Seconds by the clock of all steps whose names begin so."""
        return sum(step.wall_s for step in self.steps if step.name.startswith(names))


def run_apart(size: MarketSize, home: Path) -> SizeRun:
    """`run_size` in a process of its own, so that its memory is told apart."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(run_size, size, home).result()


def run_size(size: MarketSize, home: Path, *, n_own: int = OWN_SKILLS) -> SizeRun:
    """Draw a market into a fresh home and run estimates, exports and release over it, timing each table."""
    shutil.rmtree(home, ignore_errors=True)
    settings = Settings(home=home, threads=THREADS, memory_limit=MEMORY_LIMIT)
    settings.warehouse_folder.mkdir(parents=True)
    watch = _Watch()
    with open_warehouse(settings, now=datetime.now(UTC)) as warehouse:
        fill_market(warehouse, read_configuration(), size, seed=SEED, n_own=n_own)
        [[n_mentions]] = warehouse.rows("SELECT count(*) FROM core_family_skill")
        night = _night(settings, warehouse, size, watch)
        with peak_memory_mb() as peak:
            data_version = _estimate_and_release(night, watch)
        peer_read, peer = _peer(warehouse, night.configuration.method["k_leave"])
        rows = {name: _n_rows(warehouse, name) for name in watch.names}
    if not data_version:
        raise RuntimeError("the night made no release")
    steps = tuple(Step(name, wall, cpu, rows.get(name, 0)) for name, (wall, cpu) in watch.seconds.items())
    return SizeRun(size.n_postings, int(n_mentions), steps, peer_read, peer, peak[0])


class _Watch:
    """Seconds between the lines a night says of its progress, by what the line before named."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._open: tuple[str, float, float] | None = None

    @property
    def names(self) -> list[str]:
        return [name for name in self.seconds if name.startswith(("weight_", "export_"))]

    def __call__(self, line: str) -> None:
        self.stop()
        name = line.removeprefix("estimate ")
        self._open = (name, time.monotonic(), _cpu_s())
        print(f"bench: {line}", file=sys.stderr, flush=True)

    def stop(self) -> None:
        if self._open:
            name, wall, cpu = self._open
            before = self.seconds.get(name, (0.0, 0.0))
            self.seconds[name] = (
                before[0] + time.monotonic() - wall,
                before[1] + _cpu_s() - cpu,
            )
            self._open = None


def _cpu_s() -> float:
    """Seconds of processors, those of processes that have ended included."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def _night(settings: Settings, warehouse: Warehouse, size: MarketSize, watch: _Watch) -> Night:
    as_of, period = market_periods(size)
    started = time.monotonic()
    return Night(
        settings=settings,
        warehouse=warehouse,
        configuration=read_configuration(),
        request=Request(as_of=as_of, periods=(period,)),
        run_id="bench",
        started_at=datetime.now(UTC),
        code_version="0" * 16,
        progress=watch,
        report=Report([], [], lambda: time.monotonic() - started),
    )


def _estimate_and_release(night: Night, watch: _Watch) -> str:
    as_of = night.request.as_of
    if as_of is None:
        raise RuntimeError("a bench night has a day")
    watch("periods")
    estimated, _ = fill_estimates(night, as_of, method_parameters(night))
    found = evidence(night, estimated, [])
    data_version = release(
        night, [], estimated, found, key="0" * 64, taxonomy={"onet": "", "esco": ""}, previous=None
    )
    watch.stop()
    return data_version


def _n_rows(warehouse: Warehouse, name: str) -> int:
    [[n_rows]] = warehouse.rows(f"SELECT count(*) FROM {name}")  # noqa: S608
    return int(n_rows)


PEER = """
    WITH numbered AS (SELECT skill_id, row_number() OVER (ORDER BY skill_id) - 1 AS skill_number FROM core_skill)
    SELECT
        CAST(dense_rank() OVER (ORDER BY occupation, period_start) - 1 AS INTEGER) AS cell,
        CAST(dense_rank() OVER (ORDER BY family_id) - 1 AS INTEGER) AS family,
        CAST(skill_number AS INTEGER) AS skill
    FROM weight_posting
    JOIN core_family_skill USING (family_id)
    JOIN numbered USING (skill_id)
    SEMI JOIN (
        SELECT occupation, period_start, period_end, skill_id
        FROM weight_posting_share
        WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
    ) AS frequent USING (occupation, period_start, period_end, skill_id)
    WHERE source_group = 'all' AND geo = 'all'
    ORDER BY cell, family
"""


def _peer(warehouse: Warehouse, k_leave: int) -> tuple[Step, Step]:
    """Families with each two skills of each occupation and period by scipy: numbers read, then matrices and X'X."""
    wall, cpu = time.monotonic(), time.process_time()
    frame = warehouse.arrow(PEER, {"k_leave": k_leave})
    cell, family, skill = (frame[name].to_numpy() for name in ("cell", "family", "skill"))
    edges = np.flatnonzero(np.diff(cell, prepend=-1, append=-1))
    n_pairs = 0
    read = Step("scipy reading", time.monotonic() - wall, time.process_time() - cpu, frame.num_rows)
    wall, cpu = time.monotonic(), time.process_time()
    for first, last in pairwise(edges):
        rows = np.unique(family[first:last], return_inverse=True)[1]
        ones = np.ones(last - first, dtype=np.int32)
        matrix = csr_array((ones, (rows, skill[first:last])))
        n_pairs += (matrix.T @ matrix).nnz
    return read, Step("scipy X'X", time.monotonic() - wall, time.process_time() - cpu, n_pairs)


SQL_BAR_S = 120.0
ITERATIVE_BAR_S = 600.0
MEMORY_BAR_MB = 4096.0
INCREMENT_BAR_SHARE = 0.05
Figure = tuple[str, float, str, float | None, bool | None, str]
"""Name, value, unit, bar, whether it holds (None: no bar) and what it is held against."""


def estimate_figures(home: Path, sizes: tuple[int, ...] = SIZES) -> list[Figure]:
    """Run every size in a fresh home, print its table, and return all figures.

    Bars are those of wall time at the largest size; CPU seconds stand beside them, since other work on a
    machine makes the one longer and the other not.
    """
    runs = []
    for n_postings in sizes:
        runs.append(run_apart(MarketSize(n_postings), home / f"million-{n_postings}"))
        _print_run(runs[-1])
        shutil.rmtree(home / f"million-{n_postings}", ignore_errors=True)
    figures = [figure for run in runs for figure in _of_run(run)]
    figures += _of_largest(runs[-1])
    figures += [_slope(runs, iterative=False), _slope(runs, iterative=True)]
    full_s, added_s, n_read = increment_seconds(home / "increment")
    shutil.rmtree(home / "increment", ignore_errors=True)
    share = added_s / full_s
    against = f"5 %: {n_read} adverts read in {added_s:.1f} s, the others before in {full_s:.1f} s"
    figures.append(
        (
            "increment_of_text_stage",
            share,
            "share",
            INCREMENT_BAR_SHARE,
            share <= INCREMENT_BAR_SHARE,
            against,
        )
    )
    return figures


def _of_run(run: SizeRun) -> Iterator[Figure]:
    """Wall and CPU seconds of each step, without a bar."""
    for step in (*run.steps, run.peer_read, run.peer):
        against = f"{run.n_postings:,} postings, {step.n_rows:,} rows, {step.cpu_s:.1f} s of processors"
        yield f"{run.n_postings}_{step.name.replace(' ', '_')}", step.wall_s, "s", None, None, against


def _of_largest(run: SizeRun) -> Iterator[Figure]:
    named = f"{run.n_postings:,} postings"
    for name, iterative, bar in (
        ("estimates_and_exports", False, SQL_BAR_S),
        ("iterative_estimates", True, ITERATIVE_BAR_S),
    ):
        wall, cpu = run.total(iterative=iterative), run.total(iterative=iterative, cpu=True)
        yield name, wall, "s", bar, wall <= bar, f"{named}, {cpu:.1f} s of processors"
    verify_s = run.wall_of(VERIFY)
    yield "verify_of_exports", verify_s, "s", None, None, f"{named}; a command of its own, in no other figure"
    with_verify = run.total(iterative=False) + verify_s
    yield "estimates_exports_and_verify", with_verify, "s", None, None, f"{named}; what a night waits for"
    yield "estimates_peak_memory", run.peak_mb, "MB", MEMORY_BAR_MB, run.peak_mb <= MEMORY_BAR_MB, named
    yield from _pair_figures(run)


def _pair_figures(run: SizeRun) -> Iterator[Figure]:
    """Counting from the warehouse's rows against X'X from the same rows; and all tables of pairs against X'X alone."""
    counted, peer = run.wall_of("weight_pair_count"), run.peer_read.wall_s + run.peer.wall_s
    ratio = counted / max(peer, 1e-9)
    against = (
        f"rows read, counted with employers, checked and stored {counted:.1f} s; by scipy.sparse rows read "
        f"{run.peer_read.wall_s:.1f} s, X'X {run.peer.wall_s:.1f} s"
    )
    yield "pairs_over_scipy", ratio, "times", 1.0, ratio <= 1.0, against
    tables = run.wall_of(*PAIR_TABLES)
    against = f"tables {', '.join(PAIR_TABLES)} {tables:.1f} s; X'X without reading {run.peer.wall_s:.1f} s"
    yield "pair_tables_over_bare_product", tables / max(run.peer.wall_s, 1e-9), "times", None, None, against


def _slope(runs: list[SizeRun], *, iterative: bool) -> Figure:
    """Slope of log CPU time on log postings by least squares: 1 is linear. CPU, lest other work decides."""
    sizes = np.log([run.n_postings for run in runs])
    seconds = np.log([max(run.total(iterative=iterative, cpu=True), 1e-9) for run in runs])
    slope = float(np.polyfit(sizes, seconds, 1)[0]) if len(runs) > 1 else 0.0
    name = "growth_of_iterative_estimates" if iterative else "growth_of_estimates_and_exports"
    span = f"log seconds on log postings, {runs[0].n_postings:,} to {runs[-1].n_postings:,}; at most linear"
    return name, round(slope, 3), "slope", 1.0, slope <= 1.0, span


def _print_run(run: SizeRun) -> None:
    print(f"{run.n_postings:,} postings, {run.n_mentions:,} skills asked for, peak {run.peak_mb:,.0f} MB")
    print(f"{'step':32} {'wall s':>9} {'cpu s':>9} {'rows':>12}")
    for step in [*run.steps, run.peer_read, run.peer]:
        print(f"{step.name:32} {step.wall_s:9.2f} {step.cpu_s:9.2f} {step.n_rows:12,}")
    for label, iterative in (("SQL estimates and exports", False), ("iterative", True)):
        wall, cpu = run.total(iterative=iterative), run.total(iterative=iterative, cpu=True)
        print(f"{label:32} {wall:9.2f} {cpu:9.2f}")
    print(f"{'with verify':32} {run.total(iterative=False) + run.wall_of(VERIFY):9.2f}")
