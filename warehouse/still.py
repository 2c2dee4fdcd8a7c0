"""A statement during which nothing moves any more is interrupted.

DuckDB 2.0 was seen, once in some hundred nights, to wait for ever with every one of its threads asleep (a SELECT with
many materialised parts, on a machine with four times as much to do as it has cores). An interrupt ends that wait.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

SECONDS_BETWEEN_LOOKS = 5.0
LOOKS = 36
"""Three minutes: far longer than a disk keeps anybody waiting."""

QUIET_SHARE = 0.01
"""Of one processor; the threads of a night that waits take 0.3 %."""


class StoodStill(RuntimeError):
    """A statement was interrupted because the process had done nothing for minutes."""


class Watch:
    """Looks now and then at what a process spends while a statement runs. One thread; ``close`` ends it."""

    def __init__(
        self,
        interrupt: Callable[[], None],
        *,
        seconds_between: float = SECONDS_BETWEEN_LOOKS,
        looks: int = LOOKS,
        spent_s: Callable[[], float] = time.process_time,
    ) -> None:
        self._interrupt, self._spent_s = interrupt, spent_s
        self._seconds_between, self._looks = seconds_between, looks
        self._number, self._running, self._stood_still = 0, False, False
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch of statements", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._closed.set()
        self._thread.join()

    @contextmanager
    def statement(self) -> Iterator[None]:
        """Watch the block. Raises StoodStill in place of what the interrupt made it raise."""
        self._number += 1
        self._stood_still = False
        self._running = True
        try:
            yield
        except Exception as error:
            if self._stood_still:
                minutes = self._seconds_between * self._looks / 60
                raise StoodStill(
                    f"the database did nothing for {minutes:.0f} minutes amid a statement and was interrupted; "
                    "what it had begun is undone: run the same command again"
                ) from error
            raise
        finally:
            self._running = False

    def _look(self) -> None:
        number, spent, quiet = 0, 0.0, 0
        while not self._closed.wait(self._seconds_between):
            now_number, now_spent = self._number, self._spent_s()
            same = self._running and now_number == number
            idle = now_spent - spent < QUIET_SHARE * self._seconds_between
            quiet = quiet + 1 if same and idle else 0
            number, spent = now_number, now_spent
            if quiet >= self._looks:
                self._stood_still, quiet = True, 0
                self._interrupt()
