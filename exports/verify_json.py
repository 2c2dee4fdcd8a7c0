"""Is the JSON of a release valid, canonical and equal to its tables?"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports import checksums
from exports.attribution import attribution_file, attribution_list
from exports.canonical import read_canonical
from exports.fault import Fault
from exports.findings_json import FINDINGS
from exports.manifest import MANIFEST
from exports.page_schema import PageSchemas
from exports.pages import INDEX, SLUGS, page_path
from exports.release import notice
from exports.verify_findings import findings_faults
from exports.verify_pages import page_table_faults

Fields = Mapping[str, Any]
SAME_AS_MANIFEST = (
    "data_version",
    "schema_version",
    "method_version",
    "channel",
    "synthetic",
    "notice",
    "as_of",
)
CONTRACT = "contract/schema/"


def json_faults(folder: Path, manifest: Fields, frames: Mapping[str, pa.Table]) -> list[Fault]:
    """Faults of every JSON file; pages are compared with the tables in `frames`."""
    values, faults = _read_all(folder)
    pages = {name: value for name, value in values.items() if name.startswith("json/")}
    schemas = {
        name.removeprefix(CONTRACT).removesuffix(".schema.json"): value
        for name, value in values.items()
        if name.startswith(CONTRACT)
    }
    missing = list(_missing_schemas(schemas))
    faults += missing
    valid: dict[str, Any] = {}
    if not missing:
        checker = PageSchemas(schemas)
        for name, page in pages.items():
            found = [Fault(name, text) for text in (*_flags(page, manifest), *checker.faults(name, page))]
            faults += found
            valid |= {} if found else {name: page}
    faults += list(_manifest_counts(folder, manifest, pages))
    faults += findings_faults(folder, valid.pop(FINDINGS, None), frames)
    needed = {"metric_value", "skill_pair", "occupation", "skill", "source", "taxonomy_map"}
    if needed <= set(frames):
        faults += list(_attribution(folder, manifest, values, frames["source"]))
        faults += list(_page_set(pages, frames))
        default_period = (str(manifest["period_start"]), str(manifest["period_end"]))
        faults += page_table_faults(valid, frames, default_period)
    return faults


def _read_all(folder: Path) -> tuple[dict[str, Any], list[Fault]]:
    values, faults = {}, []
    for name in checksums.release_files(folder):
        path = folder / name
        if not name.endswith(".json") or name == MANIFEST or path.is_symlink() or not path.is_file():
            continue
        try:
            values[name] = read_canonical(path.read_bytes())
            if not isinstance(values[name], dict):
                raise ValueError("is not a JSON object")
        except (OSError, ValueError) as error:
            values.pop(name, None)
            faults.append(Fault(name, str(error)))
    return values, faults


def _missing_schemas(schemas: Mapping[str, Any]) -> Iterator[Fault]:
    for name in ("metric", "pair", "occupation", "index", "slugs", "findings"):
        if name not in schemas:
            yield Fault(f"{CONTRACT}{name}.schema.json", "is missing")


def _flags(page: Fields, manifest: Fields) -> Iterator[str]:
    for field in SAME_AS_MANIFEST:
        if field not in page or page[field] != manifest.get(field):
            yield f"{field} is {page.get(field)!r}, {MANIFEST} says {manifest.get(field)!r}"


def _manifest_counts(folder: Path, manifest: Fields, pages: Fields) -> Iterator[Fault]:
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


def _page_set(pages: Fields, frames: Mapping[str, pa.Table]) -> Iterator[Fault]:
    slugs = sorted(set(frames["occupation"].column("occupation").to_pylist()))
    wanted = {page_path(slug) for slug in slugs} | {INDEX, SLUGS, FINDINGS}
    for name in sorted(wanted - set(pages)):
        yield Fault(name, "is missing")
    for name in sorted(set(pages) - wanted):
        yield Fault(name, "is a page of an occupation that table occupation does not hold")
