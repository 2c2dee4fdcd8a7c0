"""Work in batches, spread over processes where there is much of it: Python's own steps can't share a core's threads.

Processes are spawned: a program that asks for more than one has to guard its main module, as the commands do.
"""

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from itertools import islice
from typing import Any, TypeVar

PER_BATCH = 25
"""Occupations in a batch: memory holds what is made of so many."""

ALONE = 2
"""So many batches are done sooner than other processes begin."""

Result = TypeVar("Result")


def batches_of(names: Sequence[str]) -> list[Sequence[str]]:
    """The names, at most PER_BATCH together, in their order."""
    return [names[start : start + PER_BATCH] for start in range(0, len(names), PER_BATCH)]


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for circles of references inside: among millions of rows it takes a third of the time, for nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
