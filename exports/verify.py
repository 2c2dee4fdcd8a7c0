"""Re-read a release, or all of them, and name every fault by its file."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports import checksums
from exports.batches import PAGE_TABLES, page_frames
from exports.canonical import read_sealed
from exports.fault import Fault
from exports.manifest import MANIFEST, run_id
from exports.release import DATA_VERSION
from exports.verify_files import file_faults, witnesses
from exports.verify_json import json_faults
from exports.verify_tables import manifest_table_faults, read_tables, rule_faults

LATEST = "latest.json"
RELEASES = "releases.json"
ROOT_ENTRIES = (LATEST, RELEASES, "releases")
RELEASE_ENTRIES = (MANIFEST, checksums.SUMS, "tables")
OF_MANIFEST = (
    "data_version",
    "schema_version",
    "method_version",
    "channel",
    "synthetic",
    "as_of",
)

Fields = dict[str, Any]


def verify(path: Path, *, processes: int = 1) -> list[Fault]:
    """Faults of a `v1` root or of one release folder, sorted; an empty list means that all holds.

    A fault names the file by its path below `path`; ``processes`` read pages where they are many.
    Damaged files give faults, never an exception.
    """
    if not path.is_dir():
        return [Fault(path.name or str(path), "is not a folder")]
    if any((path / name).exists() for name in RELEASE_ENTRIES):
        return verify_release(path, processes=processes)
    if any((path / name).exists() for name in ROOT_ENTRIES):
        return _verify_root(path, processes)
    return [Fault(path.name, "is neither a v1 root (latest.json, releases/) nor a release (manifest.json)")]


def verify_release(folder: Path, *, processes: int = 1) -> list[Fault]:
    """Faults of one release folder, sorted."""
    accounts = witnesses(folder)
    faults = file_faults(folder, accounts)
    manifest: Fields = {}

    def read_manifest() -> list[Fault]:
        manifest.update(read_sealed((folder / MANIFEST).read_bytes()))
        return _manifest_faults(manifest)

    if accounts.stated is not None:
        faults += _guarded(MANIFEST, read_manifest)
        faults += _content_faults(folder, manifest, accounts.intact(), processes)
    return sorted(set(faults))


def _content_faults(folder: Path, manifest: Fields, intact: set[str], processes: int) -> list[Fault]:
    frames: dict[str, Any] = {}

    def tables() -> list[Fault]:
        found, faults = read_tables(folder, intact)
        frames.update(found)
        return faults

    faults = _guarded("tables", tables)
    faults += _guarded(MANIFEST, lambda: manifest_table_faults(folder, manifest, frames))
    faults += _guarded("tables", lambda: rule_faults(manifest, frames))

    def pages() -> list[Fault]:
        if set(PAGE_TABLES) <= set(frames):
            # Rows that no page shows are let go: the pages' processes need what they hold.
            frames.update(page_frames(frames))
            pa.default_memory_pool().release_unused()
        return json_faults(folder, manifest, frames, processes=processes)

    faults += _guarded("json", pages)
    return faults


def _guarded(file: str, check: Callable[[], list[Fault]]) -> list[Fault]:
    """A check's faults; what a damaged file makes it raise is a fault too."""
    try:
        return check()
    except Exception as error:  # whatever garbage does to a reader, verify reports it
        return [Fault(file, f"can't be checked: {type(error).__name__}: {_first_line(error)}")]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]


def _manifest_faults(manifest: Mapping[str, Any]) -> list[Fault]:
    faults = []
    if not DATA_VERSION.fullmatch(str(manifest["data_version"])):
        faults.append(Fault(MANIFEST, f"data_version {manifest['data_version']!r} is not YYYY-MM-DD.N"))
    if not str(manifest["data_version"]).startswith(f"{manifest['as_of']}."):
        faults.append(Fault(MANIFEST, "data_version is not of the day as_of"))
    if manifest["run_id"] != run_id(str(manifest["night_key"])):
        faults.append(Fault(MANIFEST, "run_id does not follow from night_key"))
    if not 1 <= manifest["k_min"] <= manifest["k_enter"] or manifest["employer_min"] < 1:
        faults.append(Fault(MANIFEST, "k_min, k_enter or employer_min protects nobody"))
    if manifest["checks"]["failed"]:
        faults.append(Fault(MANIFEST, "checks.failed is not 0"))
    defaults = [period for period in manifest["periods"] if period["is_default"]]
    stated = (manifest["period_start"], manifest["period_end"])
    if [(period["period_start"], period["period_end"]) for period in defaults] != [stated]:
        faults.append(Fault(MANIFEST, "period_start and period_end are not those of the one default period"))
    return faults


def _verify_root(root: Path, processes: int) -> list[Fault]:
    faults = [
        Fault(path.name, "does not belong here; left by a killed run it goes with the next night")
        for path in root.iterdir()
        if path.name not in ROOT_ENTRIES or path.is_symlink()
    ]
    folders = sorted((root / "releases").iterdir()) if (root / "releases").is_dir() else []
    for folder in folders:
        check = partial(_release_in_root, folder, processes)
        faults += _guarded(f"releases/{folder.name}", check)
    faults += _guarded(LATEST, lambda: _latest_faults(root))
    faults += _guarded(RELEASES, lambda: _listing_faults(root, [folder.name for folder in folders]))
    return sorted(set(faults))


def _release_in_root(folder: Path, processes: int) -> list[Fault]:
    inside = f"releases/{folder.name}"
    if not folder.is_dir() or folder.is_symlink() or not DATA_VERSION.fullmatch(folder.name):
        return [Fault(inside, "is not a release folder (YYYY-MM-DD.N)")]
    faults = [
        Fault(f"{inside}/{fault.file}", fault.message)
        for fault in verify_release(folder, processes=processes)
    ]
    if not any(fault.file.endswith(f"/{MANIFEST}") for fault in faults):
        stated = read_sealed((folder / MANIFEST).read_bytes())["data_version"]
        if stated != folder.name:
            faults.append(Fault(inside, f"holds release {stated}"))
    return faults


def _latest_faults(root: Path) -> list[Fault]:
    pointer = _sealed(root / LATEST)
    if isinstance(pointer, str):
        return [Fault(LATEST, pointer)]
    version = str(pointer["latest"])
    if pointer["path"] != f"/{root.name}/releases/{version}/" and root.name == "v1":
        return [Fault(LATEST, f"path {pointer['path']!r} is not that of {version}")]
    if not DATA_VERSION.fullmatch(version) or not (root / "releases" / version).is_dir():
        return [Fault(LATEST, f"names release {version}, which does not exist")]
    return [Fault(LATEST, text) for text in _against_folder(pointer, root, version)]


def _against_folder(entry: Fields, root: Path, version: str) -> list[str]:
    folder = root / "releases" / version
    texts = []
    for field, name in (("manifest_sha256", MANIFEST), ("sha256sums_sha256", checksums.SUMS)):
        file = folder / name
        if not file.is_file() or checksums.sha256_of_file(file) != entry[field]:
            texts.append(f"{field} is not that of releases/{version}/{name}")
    manifest = _sealed(folder / MANIFEST)
    if isinstance(manifest, dict):
        texts += [
            f"{field} is not that of release {version}"
            for field in OF_MANIFEST
            if field in entry and entry[field] != manifest[field]
        ]
    return texts


def _listing_faults(root: Path, folders: list[str]) -> list[Fault]:
    listing = _sealed(root / RELEASES)
    if isinstance(listing, str):
        return [Fault(RELEASES, listing)]
    entries = {str(entry["data_version"]): entry for entry in listing["releases"]}
    texts = [f"does not list releases/{name}" for name in folders if name not in entries]
    for version, entry in entries.items():
        if version not in folders:
            texts.append(f"lists {version}, which has no folder")
        else:
            texts += _against_folder(entry, root, version)
    return [Fault(RELEASES, text) for text in texts]


def _sealed(path: Path) -> Fields | str:
    """The fields of a sealed file, or what is wrong with it."""
    try:
        return read_sealed(path.read_bytes())
    except FileNotFoundError:
        return "is missing"
    except (OSError, ValueError) as error:
        return str(error)
