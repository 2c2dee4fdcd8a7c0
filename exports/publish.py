"""Publish: verify, move a staged release to its place, read it back, and only then move the pointer.

A step that fails or a process that dies leaves `latest.json` at the release before; running the same
again completes what is missing, with the same bytes.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from exports import checksums
from exports.canonical import canonical_bytes, read_canonical, read_sealed, sealed
from exports.fault import Fault, ReleaseFault
from exports.manifest import MANIFEST
from exports.release import data_versions, notice, version_key
from exports.verify import verify_release
from exports.verify_files import file_faults

LATEST = "latest.json"
RELEASES = "releases.json"
FORMAT_VERSION = 1

Fields = dict[str, Any]
Step = Callable[[str], None]


def _no_step(name: str) -> None:
    """Called after each step; a drill dies here."""


def publish(
    staging: Path,
    root: Path,
    *,
    data_version: str,
    published_at: str,
    next_expected_at: str | None,
    stale_after: str | None,
    step: Step = _no_step,
    processes: int = 1,
) -> Path:
    """Move a staged release to `root/releases/<data_version>` and point `latest.json` at it.

    Nothing in place is ever overwritten: a folder of that version with the same bytes counts as moved
    (a killed run comes back), any other raises. Raises ReleaseFault, and then `latest.json` is untouched.
    """
    target = root / "releases" / data_version
    _require(staging, verify_release(staging, processes=processes))
    _require(staging, _version_faults(staging, data_version))
    step("verified")
    for file in (*checksums.release_files(staging), *_folders(staging)):
        _sync(staging / file)
    step("synced")
    _move(staging, target)
    step("moved")
    _require(target, file_faults(target))
    step("read back")
    _point(root, data_version, published_at, next_expected_at, stale_after, step)
    return target


def heartbeat(
    root: Path,
    *,
    data_version: str,
    published_at: str,
    next_expected_at: str | None,
    stale_after: str | None,
    step: Step = _no_step,
) -> Path:
    """Say in `latest.json` that a night changed nothing, and return the release it found in place.

    Keeps the time of publication. Where `latest.json` names another release or none (a run was killed
    between moving the folder and the pointer) it is moved to `data_version` with `published_at`.
    """
    target = root / "releases" / data_version
    _require(target, file_faults(target))
    latest = root / LATEST
    if latest.exists():
        pointer = _read(latest, read_sealed)
        if pointer.get("latest") == data_version:
            published_at = pointer["published_at"]
    _point(root, data_version, published_at, next_expected_at, stale_after, step)
    return target


def _point(
    root: Path,
    data_version: str,
    published_at: str,
    next_expected_at: str | None,
    stale_after: str | None,
    step: Step,
) -> None:
    releases = canonical_bytes(sealed({"format_version": FORMAT_VERSION, "releases": _releases(root)}))
    _replace(root / RELEASES, releases, step)
    step("releases.json")
    folder = root / "releases" / data_version
    facts = _read(folder / MANIFEST, read_sealed)
    names = ("channel", "synthetic", "schema_version", "method_version", "as_of")
    pointer = {name: facts[name] for name in names} | {
        "format_version": FORMAT_VERSION,
        "latest": data_version,
        "notice": notice(synthetic=facts["synthetic"], channel=facts["channel"]),
        "path": f"/{root.name}/releases/{data_version}/",
        "manifest_sha256": checksums.sha256_of_file(folder / MANIFEST),
        "sha256sums_sha256": checksums.sha256_of_file(folder / checksums.SUMS),
        "published_at": published_at,
        "next_expected_at": next_expected_at,
        "stale_after": stale_after,
    }
    _replace(root / LATEST, canonical_bytes(sealed(pointer)), step)
    step("latest.json")


def _releases(root: Path) -> list[Fields]:
    """One entry per release folder, oldest first; what an earlier entry says beyond its folder is kept."""
    path = root / RELEASES
    known: dict[str, Fields] = {}
    if path.exists():
        known = {entry["data_version"]: entry for entry in _read(path, read_sealed)["releases"]}
    found = {version: release_entry(root / "releases" / version) for version in data_versions(root)}
    return [known.get(version) or found[version] for version in sorted({*known, *found}, key=version_key)]


def release_entry(folder: Path) -> Fields:
    """Entry of a release in `releases.json`: facts of its manifest and its two hashes."""
    facts = _read(folder / MANIFEST, read_sealed)
    names = ("data_version", "schema_version", "method_version", "channel", "synthetic", "status", "as_of")
    later = ("yanked_at", "reason", "affected_tables", "replaced_by", "advisory")
    return (
        {name: facts[name] for name in names}
        | dict.fromkeys(later)
        | {
            "created_at": facts["created_at"],
            "manifest_sha256": checksums.sha256_of_file(folder / MANIFEST),
            "sha256sums_sha256": checksums.sha256_of_file(folder / checksums.SUMS),
        }
    )


def _version_faults(staging: Path, data_version: str) -> list[Fault]:
    stated = read_canonical((staging / MANIFEST).read_bytes())["data_version"]
    return [] if stated == data_version else [Fault(MANIFEST, f"is of {stated}, not of {data_version}")]


def _require(folder: Path, faults: list[Fault]) -> None:
    if faults:
        raise ReleaseFault(f"{folder} is not published", faults)


def _read(path: Path, reader: Callable[[bytes], Fields]) -> Fields:
    try:
        return reader(path.read_bytes())
    except (OSError, ValueError) as error:
        message = (
            f"{error}; look with `skillweights verify {path.parent}`, restore or remove the file, run again"
        )
        raise ReleaseFault(str(path.parent), [Fault(path.name, message)]) from error


def _move(staging: Path, target: Path) -> None:
    if target.exists():
        if (target / checksums.SUMS).read_bytes() != (staging / checksums.SUMS).read_bytes():
            fault = Fault(target.name, "exists with other content; a release is never overwritten")
            raise ReleaseFault(str(target.parent), [fault])
        shutil.rmtree(staging)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    staging.rename(target)
    for folder in (target.parent, target.parent.parent, staging.parent):
        _sync(folder)


def _folders(staging: Path) -> list[str]:
    inner = sorted(p.relative_to(staging).as_posix() for p in staging.rglob("*") if p.is_dir())
    return [*inner, "."]


def _replace(path: Path, data: bytes, step: Step) -> None:
    """Write a mutable file so that a reader sees the old bytes or the new ones, never a mixture."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    step(f"{path.name} written aside")
    temporary.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
