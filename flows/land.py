"""Step 1: drop folders to landed bytes, every fault of every drop named at once."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from flows.night import InputFault, OfferedFile, Report
from transforms.drop import Manifest, ManifestFault, parse_manifest
from warehouse.landing import (
    DropFault,
    DropFolder,
    Landed,
    LandingFault,
    drop_file,
    find_drops,
    land_file,
    reland_if_damaged,
    write_lock,
)
from warehouse.settings import Settings


def land(settings: Settings, drops: list[Path], report: Report) -> list[OfferedFile]:
    """Land every file of every drop below the given folders; files in the order of their drop and path.

    Raises InputFault listing every missing folder, refused manifest and file that is not what its
    manifest says: nothing is loaded from a night one of whose drops can't be trusted.
    """
    faults: list[str] = []
    offered: list[OfferedFile] = []
    relanded = 0
    folders = read_manifests(drops)
    for drop, manifest in folders:
        if manifest.terms_note:
            report.warnings.append(f"{drop.manifest}: {manifest.terms_note}")
        digest = hashlib.sha256(drop.manifest.read_bytes()).hexdigest()
        landed, damaged = _land_files(settings, drop, manifest, faults)
        relanded += damaged
        offered += [OfferedFile(manifest, path, file, digest) for path, file in landed]
    faults += _conflicts(offered)
    if faults:
        raise InputFault(faults)
    offered = _once_each(offered)
    for drop_manifest in {
        (f.manifest.kind, f.manifest.source, f.manifest.release): f.manifest for f in offered
    }.values():
        _write_lock(settings, drop_manifest, offered)
    report.add(
        "land",
        drops=len(folders),
        files=len(offered),
        bytes=sum(file.landed.bytes for file in offered),
        damaged_files_replaced=relanded,
    )
    return offered


def read_manifests(drops: list[Path]) -> list[tuple[DropFolder, Manifest]]:
    """Every drop folder below the given ones with its manifest, in the order of their paths.

    Raises InputFault listing every missing folder and every refused manifest.
    """
    try:
        folders = find_drops(drops)
    except DropFault as fault:
        raise InputFault(fault.faults) from fault
    faults: list[str] = []
    found = [(drop, _manifest(drop, faults)) for drop in folders]
    if faults:
        raise InputFault(faults)
    return [(drop, manifest) for drop, manifest in found if manifest is not None]


def _manifest(drop: DropFolder, faults: list[str]) -> Manifest | None:
    try:
        return parse_manifest(drop.manifest.read_bytes(), where=str(drop.manifest))
    except ManifestFault as fault:
        faults.append(str(fault))
    except OSError as error:
        faults.append(f"{drop.manifest} can't be read: {error.strerror}")
    return None


def _land_files(
    settings: Settings, drop: DropFolder, manifest: Manifest, faults: list[str]
) -> tuple[list[tuple[str, Landed]], int]:
    landed, damaged = [], 0
    for file in manifest.files:
        try:
            source = drop_file(drop.folder, file.path)
            found = land_file(settings, source, file.sha256, expected_bytes=file.bytes)
            damaged += reland_if_damaged(settings, source, found)
        except LandingFault as fault:
            faults.append(str(fault))
            continue
        landed.append((file.path, found))
    return landed, damaged


def _conflicts(offered: list[OfferedFile]) -> list[str]:
    """Two drops that call different bytes by one name, or made-up data beside real data."""
    faults = []
    seen: dict[tuple[str, str, str, str], OfferedFile] = {}
    for file in offered:
        first = seen.setdefault(_name(file), file)
        if first.landed.sha256 != file.landed.sha256:
            faults.append(
                f"{first.manifest.where} and {file.manifest.where} both hold {file.manifest.source} "
                f"{file.manifest.release} {file.path}, with different bytes; leave one of the two out"
            )
    kinds = {file.manifest.synthetic for file in offered}
    if len(kinds) == 2:
        made = sorted({file.manifest.where for file in offered if file.manifest.synthetic})
        faults.append(
            f"synthetic and real drops can't share a night: {', '.join(made)} says synthetic: true; "
            "run them apart, best in another SKILLWEIGHTS_HOME"
        )
    return faults


def _once_each(offered: list[OfferedFile]) -> list[OfferedFile]:
    """Each file once, however often its drop was found, in a settled order."""
    first: dict[tuple[str, str, str, str], OfferedFile] = {}
    for file in offered:
        first.setdefault(_name(file), file)
    return [first[name] for name in sorted(first)]


def _name(file: OfferedFile) -> tuple[str, str, str, str]:
    manifest = file.manifest
    return manifest.kind, manifest.source, manifest.release, file.path


def _write_lock(settings: Settings, manifest: Manifest, offered: list[OfferedFile]) -> None:
    mine = [file for file in offered if _name(file)[:3] == (manifest.kind, manifest.source, manifest.release)]
    content = json.loads(json.dumps(replace(manifest, where="").__dict__, default=_plain))
    write_lock(
        settings,
        kind=manifest.kind,
        source=manifest.source,
        release=manifest.release,
        manifest=content,
        files=[(file.path, file.landed) for file in mine],
    )


def _plain(value: object) -> object:
    return value.__dict__ if hasattr(value, "__dict__") else str(value)
