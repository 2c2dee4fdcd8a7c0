"""Is the JSON of a release valid, canonical and equal to its tables?"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

import pyarrow as pa

from exports import checksums
from exports.attribution import attribution_file, attribution_list
from exports.batches import PAGE_TABLES, frames_of, page_frames
from exports.canonical import canonical_bytes
from exports.fault import Fault
from exports.findings_json import FINDINGS
from exports.manifest import MANIFEST
from exports.pages import INDEX, SLUGS, page_path
from exports.release import notice
from exports.verify_batch import SAME_AS_MANIFEST, PageCheck, batch_faults, read_pages, read_values
from exports.verify_findings import findings_faults
from exports.verify_pages import page_table_faults
from warehouse.processes import batches_of, each_batch

Fields = Mapping[str, Any]
CONTRACT = "contract/schema/"
LISTS = (INDEX, SLUGS, FINDINGS)
BY_SKILL = ("metric_value", "skill_pair")
"""Tables of which the index and the ids of slugs say nothing."""


def json_faults(
    folder: Path, manifest: Fields, frames: Mapping[str, pa.Table], *, processes: int = 1
) -> list[Fault]:
    """Faults of every JSON file; pages are compared with the tables in `frames`."""
    names = _json_files(folder)
    pages = [name for name in names if name.startswith("json/")]
    values, faults = read_values(folder, [name for name in names if not name.startswith("json/")])
    schemas = {
        name.removeprefix(CONTRACT).removesuffix(".schema.json"): value
        for name, value in values.items()
        if name.startswith(CONTRACT)
    }
    missing = list(_missing_schemas(schemas))
    faults += missing
    comparable = {*PAGE_TABLES, "source"} <= set(frames)
    check = PageCheck(
        folder,
        {name: manifest.get(name) for name in SAME_AS_MANIFEST},
        (str(manifest["period_start"]), str(manifest["period_end"])),
        None if missing else canonical_bytes(schemas),
        attribution_list(frames["source"]) if comparable else None,
    )
    lists = read_pages(check, [name for name in pages if name in LISTS])
    faults += lists.faults
    faults += findings_faults(folder, lists.valid.pop(FINDINGS, None), frames)
    shown = [name for name in pages if name not in LISTS]
    read = _occupation_faults(check, shown, frames if comparable else None, faults, processes)
    faults += list(_manifest_counts(folder, manifest, [*lists.names, *read]))
    if comparable:
        faults += list(_attribution(folder, manifest, values, frames["source"]))
        faults += list(_page_set([*lists.names, *read], frames))
        named = {name: rows.slice(0, 0) if name in BY_SKILL else rows for name, rows in frames.items()}
        faults += page_table_faults(lists.valid, named, check.default_period)
    return faults


def _occupation_faults(
    check: PageCheck,
    names: list[str],
    frames: Mapping[str, pa.Table] | None,
    faults: list[Fault],
    processes: int,
) -> list[str]:
    """Names of the occupations' pages that are JSON; what is wrong with them is added to ``faults``."""
    batches = batches_of(names)
    slugs = ([PurePosixPath(name).stem for name in batch] for batch in batches)
    shown = None if frames is None else page_frames(frames)
    calls = (
        (check, batch, None if shown is None else frames_of(shown, named))
        for batch, named in zip(batches, slugs, strict=True)
    )
    read: list[str] = []
    for found, wrong in each_batch(batch_faults, len(batches), calls, processes=processes):
        read += found
        faults += wrong
    return read


def _json_files(folder: Path) -> list[str]:
    names = [name for name in checksums.release_files(folder) if name.endswith(".json") and name != MANIFEST]
    return [name for name in names if (folder / name).is_file() and not (folder / name).is_symlink()]


def _missing_schemas(schemas: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("metric", "pair", "occupation", "index", "slugs", "findings"):
        if name not in schemas:
            yield Fault(f"{CONTRACT}{name}.schema.json", "is missing")


def _manifest_counts(folder: Path, manifest: Fields, pages: Sequence[str]) -> Iterator[Fault]:
    total = sum((folder / name).stat().st_size for name in pages)
    found = {"files": len(pages), "total_bytes": total}
    for field, value in found.items():
        if manifest["json"].get(field) != value:
            yield Fault(MANIFEST, f"json.{field} is {manifest['json'].get(field)}, found {value}")


def _attribution(folder: Path, manifest: Fields, values: Fields, sources: pa.Table) -> Iterator[Fault]:
    wanted = attribution_list(sources)
    warning = notice(synthetic=manifest["synthetic"], channel=manifest["channel"])
    text = folder / "ATTRIBUTION.txt"
    if text.is_file() and text.read_bytes() != attribution_file(sources, warning):
        yield Fault("ATTRIBUTION.txt", "is not what table source says, or lacks the release's warning")
    if manifest["attribution"] != wanted:
        yield Fault(MANIFEST, "attribution is not what table source says")
    if manifest["notice"] != warning:
        yield Fault(MANIFEST, "notice does not fit synthetic and channel")
    for name, page in values.items():
        if "attribution" in page and page["attribution"] != wanted:
            yield Fault(name, "attribution is not what table source says")
    licences = values.get("LICENSES.json", {})
    named = [entry.get("source_id") for entry in licences.get("sources", [])]
    if licences and named != sources.column("source_id").to_pylist():
        yield Fault("LICENSES.json", "does not name the sources of table source")
    if licences and (licences.get("synthetic"), licences.get("data_version")) != (
        manifest["synthetic"],
        manifest["data_version"],
    ):
        yield Fault("LICENSES.json", f"synthetic or data_version is not that of {MANIFEST}")


def _page_set(pages: Sequence[str], frames: Mapping[str, pa.Table]) -> Iterator[Fault]:
    slugs = sorted(set(frames["occupation"].column("occupation").to_pylist()))
    wanted = {page_path(slug) for slug in slugs} | {INDEX, SLUGS, FINDINGS}
    for name in sorted(wanted - set(pages)):
        yield Fault(name, "is missing")
    for name in sorted(set(pages) - wanted):
        yield Fault(name, "is a page of an occupation that table occupation does not hold")
