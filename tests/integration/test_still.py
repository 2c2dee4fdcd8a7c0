import itertools
import threading
import time
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from warehouse.connection import Warehouse, open_warehouse
from warehouse.settings import Settings
from warehouse.still import StoodStill, Watch

SOON = 0.01
LONG_ENOUGH_S = 20.0


def test_a_statement_amid_which_nothing_moves_is_interrupted_and_says_what_to_do() -> None:
    interrupted = threading.Event()
    with (
        closing(Watch(interrupted.set, seconds_between=SOON, looks=3, spent_s=lambda: 7.0)) as watch,
        pytest.raises(StoodStill, match="run the same command again"),
        watch.statement(),
    ):
        assert interrupted.wait(LONG_ENOUGH_S)
        raise RuntimeError("interrupted")


def test_a_statement_that_works_is_left_alone_and_its_own_error_passes() -> None:
    interrupted = threading.Event()
    ticks = itertools.count()
    looked = threading.Event()

    def spent_s() -> float:
        if next(ticks) > 20:
            looked.set()
        return next(ticks) * SOON  # a whole processor

    with (
        closing(Watch(interrupted.set, seconds_between=SOON, looks=3, spent_s=spent_s)) as watch,
        pytest.raises(KeyError),
        watch.statement(),
    ):
        assert looked.wait(LONG_ENOUGH_S)
        raise KeyError("its own")
    assert not interrupted.is_set()


def test_short_statements_after_each_other_are_not_taken_for_one_that_stands() -> None:
    interrupted = threading.Event()
    with closing(Watch(interrupted.set, seconds_between=0.05, looks=4, spent_s=lambda: 7.0)) as watch:
        for _ in range(40):
            with watch.statement():
                time.sleep(SOON)
        time.sleep(0.4)  # nor is the time between them
    assert not interrupted.is_set()


def _asleep(number: int) -> int:
    time.sleep(SOON)
    return number


@pytest.mark.slow  # waits for a statement of twenty seconds
def test_an_interrupt_ends_a_real_statement_and_the_warehouse_goes_on(tmp_path: Path) -> None:
    connection = duckdb.connect(":memory:", config={"threads": 2})
    connection.create_function("asleep", _asleep, ["BIGINT"], "BIGINT", side_effects=True)
    settings = Settings(home=tmp_path, threads=2)
    with closing(Watch(connection.interrupt, seconds_between=0.1, looks=3, spent_s=lambda: 7.0)) as watch:
        warehouse = Warehouse(connection, settings, watch)
        with pytest.raises(StoodStill):
            warehouse.rows("SELECT sum(asleep(i)) FROM range(1000000) AS r(i)")
        assert warehouse.rows("SELECT 41 + 1") == [(42,)]
        warehouse.close()


def test_an_open_warehouse_is_watched_and_its_watch_ends_with_it(settings: Settings) -> None:
    before = threading.active_count()
    with open_warehouse(settings) as warehouse:
        assert threading.active_count() == before + 1
        assert warehouse.rows("SELECT 1") == [(1,)]
    assert threading.active_count() == before
