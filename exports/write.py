"""Write a release into a staging folder; exports.verify reads it back and checks it before it is published."""

import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports import checksums
from exports.attribution import attribution_file, attribution_list, licences
from exports.batches import page_frames
from exports.canonical import canonical_bytes
from exports.changes import CHANGES, changes_file
from exports.contract_json import contract_schemas
from exports.fault import Fault, ReleaseFault
from exports.findings_json import FINDINGS, FOREST, findings_body
from exports.frame_check import row_faults, tables_in_memory
from exports.manifest import MANIFEST, manifest
from exports.occupation_json import Edition
from exports.pages import lists, write_pages
from exports.relation_check import relation_faults
from exports.release import ReleaseFacts, export_tables, notice, version_key
from exports.tables import conformed, table_entry, table_path, write_table
from schemas import derive

TOP_LEVEL = (
    "tables",
    "json",
    "contract",
    "forest",
    "ATTRIBUTION.txt",
    "LICENSES.json",
    CHANGES,
    MANIFEST,
    checksums.SUMS,
)


def write_release(
    tables: Mapping[str, pa.Table],
    facts: ReleaseFacts,
    staging: Path,
    *,
    data_version: str,
    previous_data_version: str | None,
    forests: Mapping[str, str],
    previous_findings: pa.Table | None = None,
    processes: int = 1,
    rows_are_checked: bool = False,
) -> Path:
    """Write all files of a release into `staging` and return it.

    `tables` holds the declared export tables by their warehouse name (`export_occupation`, ...), `forests`
    SVG documents by file name, `previous_findings` table finding of the release before, for CHANGES.md. Same
    tables, facts, plots and versions give the same bytes. Doubles are rounded to 6 decimals here and nowhere
    later. ``processes`` write pages where they are many, and as many threads the tables. An unfinished release
    in `staging` is removed first. ``rows_are_checked``: the rows come from tables that hold their declarations, and
    `exports.verify` follows, which holds the written rows to them and to each other. Raises ReleaseFault listing every
    fault of facts and rows; then no checksum file exists, so the folder never counts as complete.
    """
    facts.require_sound()
    version_key(data_version)
    frames, n_checks = _checked(tables, facts, rows_are_checked=rows_are_checked)
    _empty(staging)
    written = _write_tables(frames, staging, threads=processes)
    # Checks and files are done: what they held, and the rows that no page shows, pages' processes need.
    frames |= page_frames(frames)
    pa.default_memory_pool().release_unused()
    edition = Edition(facts, data_version, attribution_list(frames["source"]))
    entries = write_pages(edition, frames, staging, processes=processes)
    texts = _texts(frames, edition, entries)
    texts |= {f"{FOREST}{name}": svg.encode() for name, svg in forests.items()}
    texts[CHANGES] = changes_file(
        data_version, previous_data_version, frames["finding"], frames["finding_removed"], previous_findings
    )
    for file, data in texts.items():
        (staging / file).parent.mkdir(parents=True, exist_ok=True)
        (staging / file).write_bytes(data)
    fields = manifest(
        facts,
        data_version=data_version,
        previous_data_version=previous_data_version,
        tables=written,
        files=[_file(staging, file) for file in sorted([*texts, *(entry["path"] for entry in entries)])],
        n_checks=n_checks,
        attribution=attribution_list(frames["source"]),
    )
    (staging / MANIFEST).write_bytes(canonical_bytes(fields))
    (staging / checksums.SUMS).write_bytes(checksums.sums_bytes(staging))
    return staging


def _checked(
    tables: Mapping[str, pa.Table], facts: ReleaseFacts, *, rows_are_checked: bool
) -> tuple[dict[str, pa.Table], int]:
    declared = export_tables()
    expected = {f"export_{name}": name for name in declared}
    faults = [
        Fault(table_path(name), f"table {full} is missing")
        for full, name in expected.items()
        if full not in tables
    ]
    faults += [Fault(name, "is not a declared export table") for name in sorted(set(tables) - set(expected))]
    frames = {}
    for full, name in expected.items():
        try:
            if full in tables:
                frames[name] = conformed(declared[name], tables[full])
        except ValueError as error:
            faults.append(Fault(table_path(name), str(error)))
    if faults:
        raise ReleaseFault("tables of the release", faults)
    if not rows_are_checked:
        faults = _row_faults(frames, facts)
    if faults:
        raise ReleaseFault("rows of the release", faults)
    return frames, sum(len(derive.rules(table)) + 2 for table in declared.values())


def _row_faults(frames: Mapping[str, pa.Table], facts: ReleaseFacts) -> list[Fault]:
    declared = export_tables()
    with tables_in_memory(frames) as warehouse:
        faults = [
            Fault(table_path(name), text)
            for name in frames
            for text in row_faults(warehouse, declared[name], name)
        ]
        return faults + relation_faults(
            warehouse,
            method_version=facts.method_version,
            k_min=facts.k_min,
            employer_min=facts.employer_min,
            periods=facts.periods,
        )


def _texts(
    frames: Mapping[str, pa.Table], edition: Edition, entries: Sequence[Mapping[str, Any]]
) -> dict[str, bytes]:
    facts, sources = edition.facts, frames["source"]
    values: dict[str, Any] = dict(lists(edition, entries, frames["skill"]))
    values[FINDINGS] = edition.head("findings") | findings_body(frames) | {"attribution": edition.attribution}
    values |= {
        f"contract/schema/{name}.schema.json": schema
        for name, schema in contract_schemas(edition.data_version).items()
    }
    values["LICENSES.json"] = {
        "data_version": edition.data_version,
        "synthetic": facts.synthetic,
        "sources": licences(sources, facts.inputs),
    }
    warning = notice(synthetic=facts.synthetic, channel=facts.channel)
    return {file: canonical_bytes(value) for file, value in values.items()} | {
        "ATTRIBUTION.txt": attribution_file(sources, warning)
    }


def _file(staging: Path, file: str) -> dict[str, Any]:
    path = staging / file
    return {"path": file, "bytes": path.stat().st_size, "sha256": checksums.sha256_of_file(path)}


def _write_tables(frames: Mapping[str, pa.Table], staging: Path, *, threads: int) -> list[dict[str, Any]]:
    """Write all tables, the longest begun first; returns what the manifest says of each, in declared order.

    Arrow packs, reads and hashes outside the interpreter's lock, and no file knows of another: so threads, not
    processes, which would have to be sent the rows.
    """
    (staging / table_path("any")).parent.mkdir(parents=True, exist_ok=True)
    longest = sorted(export_tables(), key=lambda name: -frames[name].num_rows)
    with ThreadPoolExecutor(threads) as pool:
        begun = {name: pool.submit(_write_table, staging, name, frames[name]) for name in longest}
        return [begun[name].result() for name in export_tables()]


def _write_table(staging: Path, name: str, rows: pa.Table) -> dict[str, Any]:
    path = staging / table_path(name)
    write_table(export_tables()[name], rows, path)
    return table_entry(name, export_tables()[name], rows) | _file(staging, table_path(name))


def _empty(staging: Path) -> None:
    """Remove what a killed run left; refuse a folder that holds anything else."""
    if staging.exists():
        strangers = [path.name for path in staging.iterdir() if path.name not in TOP_LEVEL]
        if strangers:
            raise ReleaseFault(str(staging), [Fault(n, "is not part of a release") for n in strangers])
        shutil.rmtree(staging)
    staging.mkdir(parents=True)
