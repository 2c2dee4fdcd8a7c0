"""Occupations in batches, so that memory holds the pages of a few; many batches are worked off by several processes.

Processes are spawned: a program that asks for more than one has to guard its main module, as the commands do.

A page of 1,000 skills takes 50 ms of Python to write and as long to check, which threads can't share.
"""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

PER_BATCH = 25
"""Occupations in a batch."""

ALONE = 2
"""So many batches are done sooner than other processes begin."""

PAGE_TABLES = ("metric_value", "skill_pair", "occupation", "skill", "taxonomy_map")
"""Tables that pages of occupations are made of."""

Result = TypeVar("Result")


def batches_of(names: Sequence[str]) -> list[Sequence[str]]:
    """The names, at most PER_BATCH together, in their order."""
    return [names[start : start + PER_BATCH] for start in range(0, len(names), PER_BATCH)]


def frames_of(frames: Mapping[str, pa.Table], slugs: Sequence[str]) -> dict[str, pa.Table]:
    """What pages of these occupations are made of; rows of other occupations are left out."""
    occupations = frames["occupation"]
    ids = occupations.filter(pc.is_in(occupations["occupation"], pa.array(slugs, pa.string())))[
        "occupation_id"
    ]
    found = {name: frames[name] for name in PAGE_TABLES}
    for name in ("metric_value", "skill_pair", "occupation"):
        found[name] = found[name].filter(pc.is_in(found[name]["occupation_id"], ids.combine_chunks()))
    return found


def each_batch(
    function: Callable[..., Result], n_batches: int, calls: Iterable[tuple[Any, ...]], *, processes: int
) -> Iterator[Result]:
    """What the function returns for each call, in their order; with many batches from several processes.

    A call is drawn only when a process is about to be free for it. What the function raises is raised here.
    """
    if n_batches <= ALONE or processes == 1:
        yield from (function(*call) for call in calls)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting = iter(calls)
        begun: deque[Future[Result]] = deque()
        begun.extend(pool.submit(function, *call) for call in islice(waiting, processes + 1))
        while begun:
            found = begun.popleft().result()
            begun.extend(pool.submit(function, *call) for call in islice(waiting, 1))
            yield found
