import gc
import os
from collections.abc import Iterator

import pytest

from warehouse.processes import PER_BATCH, batches_of, each_batch, uncollected


def double_and_pid(number: int) -> tuple[int, int]:
    return 2 * number, os.getpid()


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


def test_batches_hold_every_name_once_in_order() -> None:
    names = [f"role-{number}" for number in range(2 * PER_BATCH + 1)]
    batches = batches_of(names)
    assert [len(batch) for batch in batches] == [PER_BATCH, PER_BATCH, 1]
    assert [name for batch in batches for name in batch] == names
    assert batches_of([]) == []


@pytest.mark.parametrize(("n_calls", "processes"), [(0, 2), (2, 2), (7, 1)])
def test_little_work_stays_in_this_process(n_calls: int, processes: int) -> None:
    found = list(each_batch(double_and_pid, n_calls, ((n,) for n in range(n_calls)), processes=processes))
    assert found == [(2 * n, os.getpid()) for n in range(n_calls)]


@pytest.mark.slow
def test_much_work_is_done_by_other_processes_and_comes_in_order() -> None:
    found = list(each_batch(double_and_pid, 7, ((n,) for n in range(7)), processes=2))
    assert [value for value, _ in found] == [2 * n for n in range(7)]
    assert os.getpid() not in {pid for _, pid in found}


@pytest.mark.slow
def test_no_more_calls_are_drawn_than_soon_are_worked_on() -> None:
    drawn: list[int] = []

    def calls() -> Iterator[tuple[int]]:
        for number in range(9):
            drawn.append(number)
            yield (number,)

    results = each_batch(double_and_pid, 9, calls(), processes=2)
    next(results)
    assert len(drawn) == 4
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_call_raises_is_raised(processes: int) -> None:
    with pytest.raises(ValueError, match="three"):
        list(each_batch(fail_at_three, 5, ((n,) for n in range(5)), processes=processes))


def test_circles_are_looked_for_again_after_the_work_even_if_it_fails() -> None:
    with pytest.raises(ValueError, match="stop"), uncollected():
        assert not gc.isenabled()
        raise ValueError("stop")
    assert gc.isenabled()


def test_who_had_the_search_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
