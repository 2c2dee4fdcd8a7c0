"""Step 2: landed files to raw tables, a file a time; what can't be loaded is said, not hidden."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from flows.code_version import loader_version
from flows.night import InputFault, Night, OfferedFile
from schemas.derive import arrow_schema
from schemas.table import all_tables
from transforms.crosswalk import is_member, is_workbook, parse_crosswalk
from transforms.drop import Manifest
from transforms.esco import parse_esco
from transforms.oews import parse_oews
from transforms.onet import parse_onet
from transforms.parsed import FileRejected, NotLoadable, ParsedTable, Rejection, UnknownLayout
from transforms.posting_file import parse_posting_file
from transforms.release import release_order
from warehouse.archive import ZipFault, zip_members
from warehouse.check import split_valid
from warehouse.landing import read_landed
from warehouse.load import replace_partition
from warehouse.quarantine import write_rejections
from warehouse.runs import Load, canonical_json, is_loaded, key_of, record_load

TERMS_WITHOUT_NUMBERS = {
    "display_only": "terms class display_only: its content may be shown but never enter a number",
    "permission": (
        "terms class permission: needs a written permission of the source; once there is one, say so in "
        "licence and terms_class"
    ),
}

TAXONOMY_PARSERS: dict[str, Callable[[Mapping[str, bytes], Manifest, str], dict[str, ParsedTable]]] = {
    "onet": parse_onet,
    "esco": parse_esco,
}


def _crosswalk(parts: Mapping[str, bytes], manifest: Manifest, path: str, snapshot: str) -> ParsedTable:
    return parse_crosswalk(parts, manifest, path, snapshot)["raw_crosswalk"]


TABLE_PARSERS: dict[str, tuple[str, Callable[[Mapping[str, bytes], Manifest, str, str], ParsedTable]]] = {
    "crosswalk": ("raw_crosswalk", _crosswalk),
    "wages": ("raw_oews_employment", parse_oews),
}
"""Kinds whose files are one table each."""


@dataclass(frozen=True)
class Outcome:
    """What became of one offered file."""

    state: str
    detail: str | None
    n_rows: int


def load(night: Night, offered: list[OfferedFile]) -> None:
    """Load every file that has a loader, unless this code has loaded these bytes before; fill meta_input.

    Raises InputFault listing every taxonomy file with a fault, and where no posting file could be
    loaded at all. A posting file with a fault goes to quarantine and the night goes on.
    """
    version = loader_version()
    faults: list[str] = []
    outcomes: list[Outcome] = []
    done = Counter[str]()
    for number, file in enumerate(offered, start=1):
        night.progress(
            f"load {number}/{len(offered)}: {file.manifest.source} {file.manifest.release} {file.path}"
        )
        try:
            outcomes.append(_load_file(night, file, version, done))
        except (UnknownLayout, ZipFault) as fault:
            faults.append(f"{file.manifest.where}: {fault}")
    if faults:
        raise InputFault(faults)
    _fill_meta_input(night, offered, outcomes)
    _report(night, offered, outcomes, done)
    if not any(
        f.manifest.kind == "postings" and o.state == "loaded" for f, o in zip(offered, outcomes, strict=True)
    ):
        told = [
            f"{f.manifest.where}: {f.path}: {o.detail}"
            for f, o in zip(offered, outcomes, strict=True)
            if o.detail
        ]
        raise InputFault(["no posting file could be loaded, so there is nothing to count", *told])


def _load_file(night: Night, file: OfferedFile, version: str, done: Counter[str]) -> Outcome:
    manifest = file.manifest
    if manifest.terms_class in TERMS_WITHOUT_NUMBERS:
        return Outcome("not_loaded", TERMS_WITHOUT_NUMBERS[manifest.terms_class], 0)
    key = key_of(file.landed.sha256, file.manifest_sha256, file.path, version)
    if manifest.kind == "postings":
        return _load_postings(night, file, key, done)
    if manifest.kind in TAXONOMY_PARSERS:
        return _load_taxonomy(night, file, key, done)
    if manifest.kind in TABLE_PARSERS:
        return _load_table(night, file, key, done)
    return Outcome("not_loaded", f"no loader yet for kind {manifest.kind}", 0)


def _load_postings(night: Night, file: OfferedFile, key: str, done: Counter[str]) -> Outcome:
    warehouse, manifest = night.warehouse, file.manifest
    if not is_loaded(warehouse, key, "raw_posting"):
        data = read_landed(night.settings, file.landed.sha256)
        try:
            parsed = parse_posting_file(data, manifest, file.path, file.landed.sha256)
        except FileRejected as fault:
            rejection = Rejection(0, fault.rule, fault.reason, "file_rejected", None)
            _quarantine(night, file, "raw_posting", [rejection])
            return Outcome("quarantined", fault.reason, 0)
        except Exception as fault:  # whatever a file does to its reader, it must not end the night
            reason = (
                f"its reader failed on it ({type(fault).__name__}: {str(fault)[:200]}); report this, and take the "
                "file out of the drop or mend it"
            )
            _quarantine(
                night, file, "raw_posting", [Rejection(0, "reader_failed", reason, "file_rejected", None)]
            )
            return Outcome("quarantined", reason, 0)
        unlike = parsed.counts.get("rows_unlike_manifest")
        if unlike:
            night.report.warnings.append(
                f"{manifest.where}: {file.path}: {unlike} rows more or fewer than the manifest says; look for a quote "
                "that is never closed, or correct `postings.rows`"
            )
        where = {"source_id": manifest.source, "release": manifest.release, "file": file.path}
        _store(night, file, key, "raw_posting", parsed, where)
        done["files_loaded"] += 1
    return Outcome("loaded", None, _rows_loaded(night, key))


def _load_taxonomy(night: Night, file: OfferedFile, key: str, done: Counter[str]) -> Outcome:
    manifest = file.manifest
    tables = [name for name in all_tables() if name.startswith(f"raw_{manifest.kind}_")]
    if not all(is_loaded(night.warehouse, key, name) for name in tables):
        data = read_landed(night.settings, file.landed.sha256)
        members = zip_members(data, lambda name: name.endswith((".txt", ".csv")), where=file.path)
        try:
            parsed = TAXONOMY_PARSERS[manifest.kind](members, manifest, file.landed.sha256)
        except NotLoadable as reason:
            return Outcome("not_loaded", str(reason), 0)
        for name in tables:
            rows = parsed.get(name) or _no_rows(name)
            _store(night, file, key, name, rows, {"snapshot_sha256": file.landed.sha256})
        done["files_loaded"] += 1
    return Outcome("loaded", None, _rows_loaded(night, key))


def _load_table(night: Night, file: OfferedFile, key: str, done: Counter[str]) -> Outcome:
    """Like a posting file: one that can't be read goes to quarantine, since a night can do without it."""
    manifest = file.manifest
    name, parse = TABLE_PARSERS[manifest.kind]
    if not is_loaded(night.warehouse, key, name):
        data = read_landed(night.settings, file.landed.sha256)
        try:
            parts = (
                zip_members(data, is_member, where=file.path) if is_workbook(file.path) else {file.path: data}
            )
            rows = parse(parts, manifest, file.path, file.landed.sha256)
        except NotLoadable as reason:
            return Outcome("not_loaded", str(reason), 0)
        except (UnknownLayout, ZipFault) as fault:
            rejection = Rejection(0, "unknown_layout", str(fault), "file_rejected", None)
            _quarantine(night, file, name, [rejection])
            return Outcome("quarantined", str(fault), 0)
        _store(night, file, key, name, rows, {"snapshot_sha256": file.landed.sha256})
        done["files_loaded"] += 1
    return Outcome("loaded", None, _rows_loaded(night, key))


def _no_rows(name: str) -> ParsedTable:
    return ParsedTable(arrow_schema(all_tables()[name]).empty_table(), [], {}, 0)


def _store(
    night: Night, file: OfferedFile, key: str, name: str, parsed: ParsedTable, where: dict[str, str]
) -> None:
    """Rows that keep the rules to the table, the others to quarantine, and the load written down: all or nothing."""
    split = split_valid(all_tables()[name], parsed.table)
    rows = parsed.table.select([c for c in ("row_number",) if c in parsed.table.column_names])
    broken = [
        Rejection(
            rows["row_number"][position].as_py() if rows.num_columns else position + 1,
            rule,
            f"the row breaks rule {rule} of {name}",
            "row_rejected",
            canonical_json(_short(parsed.table.slice(position, 1).to_pylist()[0])),
        )
        for position, rules in split.broken
        for rule in rules[:1]
    ]
    counts = parsed.counts | ({"row_rejected:declared_rule": len(broken)} if broken else {})
    load_row = Load(
        load_key=key,
        table_name=name,
        snapshot_sha256=file.landed.sha256,
        source_id=file.manifest.source,
        release=file.manifest.release,
        file=file.path,
        n_rows_in=parsed.n_rows_in,
        n_rows_out=split.good.num_rows,
        n_rows_rejected=parsed.n_rows_rejected + len(broken),
        counts=counts,
        run_id=night.run_id,
    )
    with night.warehouse.transaction():
        replace_partition(night.warehouse, name, split.good, where=where)
        _quarantine(night, file, name, [*parsed.rejections, *broken])
        record_load(night.warehouse, load_row)


def _short(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value if isinstance(value, str | int | float | None) else str(value)
        for name, value in row.items()
    }


def _quarantine(night: Night, file: OfferedFile, name: str, rejections: list[Rejection]) -> None:
    write_rejections(
        night.warehouse,
        rejections,
        snapshot_sha256=file.landed.sha256,
        table_name=name,
        source_id=file.manifest.source,
        release=file.manifest.release,
        file=file.path,
    )


def _rows_loaded(night: Night, key: str) -> int:
    [[n_rows]] = night.warehouse.rows(
        "SELECT coalesce(sum(n_rows_out), 0) FROM meta_load WHERE load_key = $key", {"key": key}
    )
    return int(n_rows)


def _fill_meta_input(night: Night, offered: list[OfferedFile], outcomes: list[Outcome]) -> None:
    releases: dict[tuple[str, str], set[str]] = {}
    for file in offered:
        releases.setdefault((file.manifest.kind, file.manifest.source), set()).add(file.manifest.release)
    rank = {
        (*name, release): place
        for name, found in releases.items()
        for place, release in enumerate(sorted(found, key=_release_key), start=1)
    }
    rows = [
        {
            "snapshot_sha256": file.landed.sha256,
            "source_id": file.manifest.source,
            "source_kind": file.manifest.kind,
            "release": file.manifest.release,
            "file": file.path,
            "bytes": file.landed.bytes,
            "licence": file.manifest.licence,
            "terms_class": file.manifest.terms_class,
            "retrieved_on": file.manifest.retrieved_on,
            "synthetic": file.manifest.synthetic,
            "load_state": outcome.state,
            "load_detail": outcome.detail,
            "release_rank": rank[file.manifest.kind, file.manifest.source, file.manifest.release],
            "n_rows": outcome.n_rows,
        }
        for file, outcome in zip(offered, outcomes, strict=True)
    ]
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()["meta_input"]))
    replace_partition(night.warehouse, "meta_input", frame, where={})


def _release_key(release: str) -> tuple[tuple[int, ...], str]:
    try:
        return release_order(release), release
    except ValueError:  # a release without a number comes before all that have one
        return (), release


def _report(night: Night, offered: list[OfferedFile], outcomes: list[Outcome], done: Counter[str]) -> None:
    states = Counter(outcome.state for outcome in outcomes)
    [[rejected, emptied]] = night.warehouse.rows(
        "SELECT count(*) FILTER (action = 'row_rejected'), count(*) FILTER (action = 'field_emptied') "
        "FROM meta_quarantine JOIN meta_input USING (snapshot_sha256, source_id, release, file)"
    )
    night.report.add(
        "load",
        files_loaded_now=done["files_loaded"],
        files_loaded=states["loaded"],
        files_not_loaded=states["not_loaded"],
        files_quarantined=states["quarantined"],
        rows=sum(outcome.n_rows for outcome in outcomes),
        rows_rejected=int(rejected),
        fields_emptied=int(emptied),
    )
    for file, outcome in zip(offered, outcomes, strict=True):
        if outcome.state == "quarantined":
            night.report.warnings.append(f"quarantined: {file.manifest.where}: {file.path}: {outcome.detail}")
