"""All JSON of a release: one page per occupation, the index of pages and the ids of slugs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports.batches import frames_of
from exports.frame_check import tables_in_memory
from exports.occupation_json import Edition, occupation_page
from exports.page_query import page_rows
from warehouse.processes import batches_of, each_batch, uncollected

Page = dict[str, Any]
INDEX = "json/index.json"
SLUGS = "json/slugs.json"


def page_path(slug: str) -> str:
    """Path of an occupation's page inside its release folder."""
    return f"json/occupation/{slug}.json"


def write_pages(
    edition: Edition, shown: Mapping[str, pa.Table], staging: Path, *, processes: int
) -> list[Page]:
    """Write the page of every occupation of the tables below ``staging``; returns their entries in the index.

    ``shown`` are the tables as `exports.batches.page_frames` cuts them.
    """
    slugs = sorted(set(shown["occupation"]["occupation"].to_pylist()))
    (staging / page_path("any")).parent.mkdir(parents=True, exist_ok=True)
    batches = batches_of(slugs)
    calls = ((edition, frames_of(shown, batch), staging) for batch in batches)
    written = each_batch(_write_batch, len(batches), calls, processes=processes)
    return [entry for entries in written for entry in entries]


def _write_batch(edition: Edition, frames: Mapping[str, pa.Table], staging: Path) -> list[Page]:
    entries = []
    with uncollected():
        with tables_in_memory(frames) as warehouse:
            rows = page_rows(warehouse)
        for occupation_id in rows.occupations:
            page, data = occupation_page(edition, rows, occupation_id)
            path = page_path(page["occupation"]["slug"])
            (staging / path).write_bytes(data)
            entries.append(_entry(path, page))
    return entries


def lists(edition: Edition, entries: Sequence[Mapping[str, Any]], skills: pa.Table) -> dict[str, Page]:
    """The index of pages and the ids of slugs, by their path inside the release folder."""
    ordered = sorted(entries, key=lambda entry: str(entry["slug"]))
    index = edition.head("index") | {"occupations": ordered, "attribution": edition.attribution}
    named = zip(skills["skill"].to_pylist(), skills["skill_id"].to_pylist(), strict=True)
    slugs = edition.head("slugs") | {
        "occupations": {entry["slug"]: entry["occupation_id"] for entry in ordered},
        "skills": dict(named),
    }
    return {INDEX: index, SLUGS: slugs}


def _entry(path: str, page: Page) -> Page:
    identity = {name: value for name, value in page["occupation"].items() if name != "mappings"}
    default = next(period for period in page["periods"] if period["is_default"])
    return identity | {"path": path} | {name: v for name, v in default.items() if name != "is_default"}
