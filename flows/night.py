"""What every step of a night is given: nothing below fetches a setting, a connection or the clock itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flows.configuration import Configuration
from flows.period import Period
from transforms.drop import Manifest
from warehouse.connection import Warehouse
from warehouse.landing import Landed
from warehouse.settings import Settings

Progress = Callable[[str], None]
"""Takes one line for the person who waits."""


class InputFault(ValueError):
    """What was offered to the night can't be used; ``faults`` lists everything wrong with it."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Request:
    """What was asked of the night: as-of day and further periods; None and () are the defaults."""

    as_of: date | None
    periods: tuple[Period, ...]


@dataclass(frozen=True)
class OfferedFile:
    """One landed file of a drop."""

    manifest: Manifest
    path: str
    landed: Landed
    manifest_sha256: str


@dataclass
class Report:
    """The run report while it grows: one entry per step, written to meta_run and shown at the end."""

    steps: list[dict[str, Any]]
    warnings: list[str]
    seconds: Callable[[], float]
    """Seconds since the night began; only the report knows them, no release does."""

    def add(self, step: str, **counts: Any) -> None:
        """Add what a step did; counts are numbers or short texts."""
        self.steps.append({"step": step, "done_after_s": round(self.seconds(), 1), **counts})


@dataclass(frozen=True)
class Night:
    """A run under way. ``started_at`` is the only clock reading the steps see."""

    settings: Settings
    warehouse: Warehouse
    configuration: Configuration
    request: Request
    run_id: str
    started_at: datetime
    code_version: str
    progress: Progress
    report: Report
