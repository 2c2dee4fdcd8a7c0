"""The facts a release states about itself, and which releases a folder holds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from exports import checksums
from exports.canonical import read_sealed
from exports.fault import Fault, ReleaseFault
from schemas.table import Table, all_tables
from schemas.vocabulary import LOAD_STATES

CHANNELS = ("local", "nightly", "stable")
INPUT_FIELDS = (
    "source_id",
    "version",
    "retrieved_at",
    "sha256",
    "rows",
    "license_id",
    "redistributable",
    "url",
    "state",
    "detail",
)
DATA_VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})\.(0|[1-9]\d*)")
RFC3339_UTC = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")
SITE = "https://data.example.org/v1"
"""Placeholder host of `$schema` and `$id` addresses until a release is served somewhere."""

SYNTHETIC_NOTICE = "SYNTHETIC: made by a generator; these numbers say nothing about any labour market."
LOCAL_NOTICE = "LOCAL: rests on a source without a stated licence; not for publication."

Period = tuple[date, date]


@dataclass(frozen=True)
class ReleaseFacts:
    """What the night knows about its release; every value is given, none is read from a clock.

    ``periods`` stand in the order in which pages show them and hold ``default_period``.
    ``inputs`` hold the fields INPUT_FIELDS each; ``created_at`` is RFC 3339 in UTC, ending in Z.
    """

    as_of: date
    periods: tuple[Period, ...]
    default_period: Period
    channel: str
    synthetic: bool
    method_version: str
    schema_version: str
    night_key: str
    code_version: str
    code_commit: str | None
    created_at: str
    inputs: tuple[Mapping[str, Any], ...]
    taxonomy: Mapping[str, Any]
    k_min: int
    k_enter: int
    employer_min: int
    coverage: Mapping[str, Any]
    tool_versions: Mapping[str, str]

    def require_sound(self) -> None:
        """Raise ReleaseFault naming every fact that can't be stated."""
        faults = []
        if self.channel not in CHANNELS:
            faults.append(f"channel {self.channel!r} is none of {', '.join(CHANNELS)}")
        if self.default_period not in self.periods:
            faults.append("default_period is not among periods")
        if len(set(self.periods)) != len(self.periods):
            faults.append("a period is given twice")
        if not RFC3339_UTC.fullmatch(self.created_at):
            faults.append(f"created_at {self.created_at!r} is not RFC 3339 in UTC (2026-11-22T03:10:00Z)")
        for number, entry in enumerate(self.inputs):
            if set(entry) != set(INPUT_FIELDS):
                odd = ", ".join(sorted(set(entry) ^ set(INPUT_FIELDS)))
                faults.append(f"inputs[{number}] has missing or unknown fields: {odd}")
            elif entry["state"] not in LOAD_STATES:
                faults.append(f"inputs[{number}].state {entry['state']!r} is unknown")
        faults += [f"{f.name} is empty" for f in fields(self) if getattr(self, f.name) == ""]
        if faults:
            raise ReleaseFault("facts of the release", [Fault("manifest.json", text) for text in faults])


def notice(*, synthetic: bool, channel: str) -> str | None:
    """The warning every page of such a release carries, or None."""
    texts = [SYNTHETIC_NOTICE] if synthetic else []
    texts += [LOCAL_NOTICE] if channel == "local" else []
    return " ".join(texts) or None


def export_tables() -> dict[str, type[Table]]:
    """Declared export tables by the name they have in a release (`occupation`, ...), sorted."""
    prefix = "export_"
    return {
        name.removeprefix(prefix): table for name, table in all_tables().items() if name.startswith(prefix)
    }


def version_key(data_version: str) -> tuple[str, int]:
    """(date, number) of a data version, which is how versions compare. Raises ValueError."""
    match = DATA_VERSION.fullmatch(data_version)
    if not match:
        raise ValueError(f"{data_version!r} is not a data version (YYYY-MM-DD.N)")
    return match[1], int(match[2])


def data_versions(releases_root: Path) -> list[str]:
    """Data versions that have a folder, oldest first; `releases_root` is the v1 folder."""
    folder = releases_root / "releases"
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted((name for name in names if DATA_VERSION.fullmatch(name)), key=version_key)


def next_data_version(releases_root: Path, as_of: date) -> str:
    """The first unused `YYYY-MM-DD.N` of a day; numbers count on, they never fill a gap."""
    day = as_of.isoformat()
    used = [version_key(name)[1] for name in data_versions(releases_root) if name.startswith(day)]
    return f"{day}.{max(used, default=-1) + 1}"


def find_release(root: Path, night_key: str) -> Path | None:
    """The newest complete release below a v1 folder made by a night with this key, or None.

    Complete: its checksum file names a manifest with that very hash and all listed files exist.
    Contents are not read again here; that is ``exports.verify.verify``.
    """
    for name in reversed(data_versions(root)):
        folder = root / "releases" / name
        try:
            data = (folder / "manifest.json").read_bytes()
            manifest = read_sealed(data)
            sums = checksums.parse_sums((folder / checksums.SUMS).read_bytes())
        except (OSError, ValueError):
            continue
        if manifest.get("night_key") != night_key or sums.get("manifest.json") != checksums.sha256(data):
            continue
        if all((folder / file).is_file() for file in sums):
            return folder
    return None
