"""Evidence of a release: findings.json against its tables, forest plots against syntheses, notes against removals."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow as pa

from exports.changes import CHANGES
from exports.fault import Fault
from exports.findings_json import FINDINGS, FOREST, TABLES, findings_body, forest_path

Fields = Mapping[str, Any]
SVG = "{http://www.w3.org/2000/svg}svg"


def findings_faults(folder: Path, page: Fields | None, frames: Mapping[str, pa.Table]) -> list[Fault]:
    """Faults of everything but the tables themselves; ``page`` is findings.json where it keeps its schema."""
    if not set(TABLES) <= set(frames):
        return []
    faults = list(_forest_faults(folder, frames["synthesis"].to_pylist()))
    faults += _notes_faults(folder, frames["finding_removed"].column("finding_id").to_pylist())
    if page is not None:
        faults += [Fault(FINDINGS, text) for text in _different(page, findings_body(frames))]
    return faults


def _different(page: Fields, body: Fields) -> Iterator[str]:
    for name, wanted in body.items():
        found = page.get(name)
        if found == wanted:
            continue
        if isinstance(wanted, list) and isinstance(found, list) and len(found) == len(wanted):
            place = next(n for n, pair in enumerate(zip(found, wanted, strict=True)) if pair[0] != pair[1])
            key = next(iter(wanted[place].values()), place)
            columns = [field for field in wanted[place] if found[place].get(field) != wanted[place][field]]
            yield f"{name}: {key}: {', '.join(columns) or 'its fields'} differ from the tables"
        elif isinstance(wanted, list) and isinstance(found, list):
            yield f"{name}: {len(found)} entries, the tables have {len(wanted)}"
        else:
            yield f"{name} is not what the tables say"


def _forest_faults(folder: Path, syntheses: list[dict[str, Any]]) -> Iterator[Fault]:
    wanted = {path: row for row in syntheses if (path := forest_path(row))}
    present = {
        path.relative_to(folder).as_posix() for path in (folder / FOREST).glob("**/*") if path.is_file()
    }
    for name in sorted(set(wanted) - present):
        yield Fault(name, "is missing: table synthesis has the claim")
    for name in sorted(present - set(wanted)):
        yield Fault(name, "is the plot of no row of table synthesis")
    for name in sorted(present & set(wanted)):
        try:
            root = ElementTree.fromstring((folder / name).read_bytes())
        except (OSError, ElementTree.ParseError) as error:
            yield Fault(name, f"is no SVG: {error}")
            continue
        text = " ".join(root.itertext())
        lost = [finding for finding in wanted[name]["finding_ids"] if finding not in text]
        if root.tag != SVG or lost:
            yield Fault(name, f"does not show {', '.join(lost)}" if lost else "is no SVG")


def _notes_faults(folder: Path, removed: list[str]) -> Iterator[Fault]:
    notes = folder / CHANGES
    if not notes.is_file():
        yield Fault(CHANGES, "is missing")
        return
    text = notes.read_text(encoding="utf-8", errors="replace")
    for name in removed:
        if f"* {name}: " not in text:
            yield Fault(CHANGES, f"does not say that {name} is left out")
