"""Labelled samples of config/double_samples.csv: what judges found among adverts read as asking, and as not asking."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from schemas.columns import SKILL_CLASS
from schemas.core_double_sample import CoreDoubleSample
from schemas.derive import arrow_schema

READ = ("n_read_judged", "n_read_true")
MISSED = ("n_read", "n_unread", "n_unread_judged", "n_unread_true")
WORDS = ("sample", "reader_version", "drawn_from", "judged_by")
COLUMNS = ("sample", "skill_class", "reader_version", *READ, *MISSED, "drawn_from", "judged_by", "judged_on")


def double_samples(rows: Iterable[Mapping[str, str]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Rows of core_double_sample, and every fault of the file by line.

    The counts of all adverts and of those read as not asking may be empty together: such a sample
    tells how many reads are right and nothing of what is missed.
    """
    found: dict[str, dict[str, Any]] = {}
    faults: list[str] = []
    for number, row in enumerate(rows, start=2):
        where = f"double_samples.csv line {number}"
        faults += [f"{where}: {name} is empty" for name in WORDS if not row[name].strip()]
        skill_class = row["skill_class"].strip()
        if not re.fullmatch(SKILL_CLASS, skill_class):
            faults.append(f"{where}: skill_class {skill_class!r} is none of ambiguous, plain, skill:<slug>")
        if skill_class in found:
            faults.append(f"{where}: {skill_class} has a sample already; a class has one")
        counts, wrong = _counts(row)
        judged_on, dated = _day(row["judged_on"])
        faults += [f"{where}: {text}" for text in (*wrong, *dated)]
        found[skill_class] = {
            **{name: row[name].strip() for name in WORDS},
            "skill_class": skill_class,
            **counts,
            "judged_on": judged_on,
        }
    return list(found.values()), faults


def double_sample_table(rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as core_double_sample, by class."""
    ordered = sorted(rows, key=lambda row: str(row["skill_class"]))
    return pa.Table.from_pylist(ordered, schema=arrow_schema(CoreDoubleSample))


def _counts(row: Mapping[str, str]) -> tuple[dict[str, int | None], list[str]]:
    cells = {name: row[name].strip() for name in (*READ, *MISSED)}
    wanted = (*READ, *MISSED) if any(cells[name] for name in MISSED) else READ
    faults = [f"{name} {cells[name]!r} is no count" for name in wanted if not cells[name].isdecimal()]
    counts = {
        name: int(cell) if name in wanted and cell.isdecimal() else None for name, cell in cells.items()
    }
    if faults:
        return counts, faults
    known = {name: count for name, count in counts.items() if count is not None}
    for part, whole in (
        ("n_read_true", "n_read_judged"),
        ("n_read_judged", "n_read"),
        ("n_unread_true", "n_unread_judged"),
        ("n_unread_judged", "n_unread"),
    ):
        if part in known and whole in known and known[part] > known[whole]:
            faults.append(f"{part} is more than {whole}")
    faults += [f"{name} is 0" for name in ("n_read_judged", "n_unread_judged") if known.get(name) == 0]
    return counts, faults


def _day(text: str) -> tuple[date | None, list[str]]:
    try:
        return date.fromisoformat(text.strip()), []
    except ValueError:
        return None, [f"judged_on {text!r} is no day (2026-11-22)"]
