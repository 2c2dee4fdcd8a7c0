"""What ``verify`` reports and what writing raises."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of one file; ``file`` is its path inside the folder that was verified."""

    file: str
    message: str

    def __str__(self) -> str:
        # A file name need not be text; what can't be printed is shown as its bytes.
        return f"{self.file}: {self.message}".encode("utf-8", "backslashreplace").decode()


class ReleaseFault(ValueError):
    """A release can't be written or published; lists every fault found."""

    def __init__(self, where: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        lines = "\n".join(f"  {fault}" for fault in self.faults)
        super().__init__(f"{where}: {len(self.faults)} fault(s)\n{lines}")
