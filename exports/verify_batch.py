"""The JSON pages of a batch of occupations: canonical, valid by their schemas, and what the tables say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports.canonical import read_canonical
from exports.fault import Fault
from exports.manifest import MANIFEST
from exports.page_query import Days
from exports.page_schema import PageSchemas
from exports.verify_pages import page_table_faults
from warehouse.processes import uncollected

Page = dict[str, Any]
SAME_AS_MANIFEST = (
    "data_version",
    "schema_version",
    "method_version",
    "channel",
    "synthetic",
    "notice",
    "as_of",
)


@dataclass(frozen=True)
class PageCheck:
    """What pages are held against; ``schemas`` (JSON, by name) is None where one is missing, ``attribution``
    where no table tells it.
    """

    folder: Path
    manifest: Mapping[str, Any]
    default_period: Days
    schemas: bytes | None
    attribution: list[str] | None


@dataclass(frozen=True)
class PagesRead:
    """Pages without a fault of their own by name, the names of all that are JSON, and the faults found."""

    valid: dict[str, Page]
    names: list[str]
    faults: list[Fault]


def batch_faults(
    check: PageCheck, names: Sequence[str], frames: Mapping[str, pa.Table] | None
) -> tuple[list[str], list[Fault]]:
    """Names of the pages that are JSON, and all faults; ``frames`` hold their occupations, None: not compared."""
    with uncollected():
        read = read_pages(check, names)
        compared = [] if frames is None else page_table_faults(read.valid, frames, check.default_period)
        return read.names, read.faults + compared


def read_pages(check: PageCheck, names: Sequence[str]) -> PagesRead:
    """The pages and what is wrong with them by themselves, by the manifest and by their schemas."""
    values, faults = read_values(check.folder, names)
    valid = {}
    for name, page in values.items():
        if check.attribution is not None and page.get("attribution", check.attribution) != check.attribution:
            faults.append(Fault(name, "attribution is not what table source says"))
        if check.schemas is None:
            continue
        schemas = _page_schemas(check.schemas)
        found = [Fault(name, text) for text in (*_flags(page, check.manifest), *schemas.faults(name, page))]
        faults += found
        if not found:
            valid[name] = page
    return PagesRead(valid, list(values), faults)


def read_values(folder: Path, names: Sequence[str]) -> tuple[dict[str, Page], list[Fault]]:
    """The JSON objects of files by name, and which are none or not in canonical form."""
    values, faults = {}, []
    for name in names:
        try:
            value = read_canonical((folder / name).read_bytes())
            if not isinstance(value, dict):
                raise ValueError("is not a JSON object")
            values[name] = value
        except (OSError, ValueError) as error:
            faults.append(Fault(name, str(error)))
    return values, faults


@lru_cache(maxsize=1)
def _page_schemas(schemas: bytes) -> PageSchemas:
    """Made once a process: it remembers the shapes it has seen."""
    return PageSchemas(json.loads(schemas))


def _flags(page: Page, manifest: Mapping[str, Any]) -> Iterator[str]:
    for field in SAME_AS_MANIFEST:
        if field not in page or page[field] != manifest.get(field):
            yield f"{field} is {page.get(field)!r}, {MANIFEST} says {manifest.get(field)!r}"
