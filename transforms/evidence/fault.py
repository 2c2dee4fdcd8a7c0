"""What is wrong with an entry: named rule, place, message. All faults are listed at once."""

from collections.abc import Iterable
from dataclasses import dataclass

MEND = "mend the file, then run `skillweights study check`"


@dataclass(frozen=True, order=True)
class Fault:
    """One broken rule at one place, such as ``config/studies/2004-bertrand.toml: BM2004-race``."""

    where: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.rule}: {self.message}"


class EvidenceFault(ValueError):
    """The registry breaks its rules; ``faults`` holds all of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Sort the faults, drop repeats and list all of them in the message."""
        self.faults = tuple(sorted(set(faults)))
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"{len(self.faults)} fault(s) in the evidence registry; {MEND}\n{lines}")
