"""Bytes as they came, kept under their hash; and the drop folders they come from."""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import rfc8785

from schemas.columns import SHA256
from warehouse.settings import Settings

MANIFEST = "manifest.json"
CHUNK = 1 << 20


class LandingFault(ValueError):
    """A file can't be landed or read back."""


class HashMismatch(LandingFault):
    """A file is not the one its manifest speaks of."""


class DamagedLanding(LandingFault):
    """A landed file no longer has the bytes its name promises."""


class DropFault(ValueError):
    """Folders given as drops hold none; ``faults`` lists everything wrong with them."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Landed:
    """A file in the landing: its hash, where it lies, its size."""

    sha256: str
    path: Path
    bytes: int


@dataclass(frozen=True)
class DropFolder:
    """A folder that holds a manifest."""

    folder: Path
    manifest: Path


def sha256_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def landed_path(settings: Settings, sha256: str) -> Path:
    """Where the bytes with this hash lie or would lie. Raises LandingFault for what is no hash."""
    if not re.fullmatch(SHA256, sha256):
        raise LandingFault(f"{sha256!r} is no SHA-256 in 64 lower-case hexadecimal digits")
    return settings.landing / "sha256" / sha256[:2] / sha256


def drop_file(folder: Path, file: str) -> Path:
    """Path of a manifest's file. Raises LandingFault where it is missing, no file, or outside the folder."""
    parts = PurePosixPath(file).parts
    if not parts or file.startswith("/") or ".." in parts or "\\" in file or "\0" in file:
        raise LandingFault(
            f"{folder}/{MANIFEST}: file {file!r} would lie outside the drop; name it relative to it"
        )
    path = folder / file
    if not path.is_file():
        raise LandingFault(f"{path} is missing; copy it there or take it out of {folder}/{MANIFEST}")
    return path


def land_file(
    settings: Settings, source: Path, expected_sha256: str, *, expected_bytes: int | None = None
) -> Landed:
    """Copy a file into the landing unless its bytes are there already.

    The source is hashed every time: a manifest that no longer fits its file must not pass. Raises
    HashMismatch, LandingFault.
    """
    target = landed_path(settings, expected_sha256)
    if not source.is_file():
        raise LandingFault(f"{source} is missing; copy it there or take it out of the drop's {MANIFEST}")
    size = source.stat().st_size
    present = target.is_file() and target.stat().st_size == size
    incoming = settings.landing / "incoming" / f"{expected_sha256}.{os.getpid()}"
    found = _copy(source, None if present else incoming)
    if found != expected_sha256 or expected_bytes not in (None, size):
        incoming.unlink(missing_ok=True)
        raise HashMismatch(
            f"{source} is not the file its {MANIFEST} speaks of: expected sha256 {expected_sha256}"
            + (f" and {expected_bytes} bytes" if expected_bytes is not None else "")
            + f", found {found} and {size} bytes. Fetch the file again, or if it is the right one "
            f"correct the manifest with what this prints: sha256sum '{source}'"
        )
    if not present:
        target.parent.mkdir(parents=True, exist_ok=True)
        incoming.replace(target)
        _sync_folder(target.parent)
    return Landed(expected_sha256, target, size)


def read_landed(settings: Settings, sha256: str) -> bytes:
    """The bytes with this hash. Raises DamagedLanding where the file has others, LandingFault if none."""
    path = landed_path(settings, sha256)
    if not path.is_file():
        raise LandingFault(f"{path} is missing; run the night again with the --drop that holds the file")
    data = path.read_bytes()
    if sha256_of(data) != sha256:
        raise DamagedLanding(
            f"{path} is damaged: its bytes have sha256 {sha256_of(data)}. Delete it and run the night "
            f"again with the --drop that holds the file: rm -f '{path}'"
        )
    return data


def reland_if_damaged(settings: Settings, source: Path, landed: Landed) -> bool:
    """Whether the landed file was damaged and has been replaced from ``source``. Raises as ``land_file``."""
    try:
        read_landed(settings, landed.sha256)
    except LandingFault:
        landed.path.unlink(missing_ok=True)
        land_file(settings, source, landed.sha256, expected_bytes=landed.bytes)
        return True
    return False


def _copy(source: Path, target: Path | None) -> str:
    """Hash of ``source``; its bytes are also written to ``target``, durably, where one is given."""
    digest = hashlib.sha256()
    if target is None:
        with source.open("rb") as reader:
            while chunk := reader.read(CHUNK):
                digest.update(chunk)
        return digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as reader, target.open("wb") as writer:
        while chunk := reader.read(CHUNK):
            digest.update(chunk)
            writer.write(chunk)
        writer.flush()
        os.fsync(writer.fileno())
    return digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_lock(
    settings: Settings,
    *,
    kind: str,
    source: str,
    release: str,
    manifest: Mapping[str, Any],
    files: Sequence[tuple[str, Landed]],
) -> Path:
    """Write what was landed for a drop: its manifest and each file's path, hash and size; returns the path.

    Generated, so kept apart from the authored manifest; the file is touched only when its bytes change.
    """
    content: dict[str, Any] = {
        "kind": kind,
        "source": source,
        "release": release,
        "manifest": manifest,
        "files": [
            {"path": path, "sha256": landed.sha256, "bytes": landed.bytes}
            for path, landed in sorted(files, key=lambda item: item[0])
        ],
    }
    data = rfc8785.dumps(content) + b"\n"
    folder = settings.landing / "locks" / _name(kind) / _name(source)
    path = folder / f"{_name(release)}.json"
    if path.is_file() and path.read_bytes() == data:
        return path
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".{path.name}.{os.getpid()}"
    with temporary.open("wb") as writer:
        writer.write(data)
        writer.flush()
        os.fsync(writer.fileno())
    temporary.replace(path)
    _sync_folder(folder)
    return path


def _name(text: str) -> str:
    """A text as one path element that can't lead elsewhere."""
    name = quote(text, safe=" +")
    return name.replace(".", "%2E", 1) if name.startswith(".") else name


def find_drops(roots: Sequence[Path]) -> list[DropFolder]:
    """Every folder at or below the roots that holds a manifest, each once, in the order of their paths.

    Links are followed, once: a loop ends where it began. Raises DropFault listing every root that
    is missing, no folder, or holds no manifest.
    """
    faults: list[str] = []
    found: dict[Path, DropFolder] = {}
    for root in roots:
        if not root.exists():
            faults.append(f"drop {root} does not exist; check the path given to --drop")
        elif not root.is_dir():
            faults.append(f"drop {root} is a file; give --drop the folder that holds its {MANIFEST}")
        else:
            below = list(_folders_with_manifest(root, set(), faults))
            if not below:
                faults.append(
                    f"drop {root} holds no {MANIFEST}, nor does any folder below it; "
                    "write one beside the data files (docs: drop folders)"
                )
            for folder in below:
                found.setdefault(folder.resolve(), DropFolder(folder, folder / MANIFEST))
    if faults:
        raise DropFault(faults)
    return sorted(found.values(), key=lambda drop: str(drop.folder))


def _folders_with_manifest(folder: Path, seen: set[Path], faults: list[str]) -> Iterator[Path]:
    real = folder.resolve()
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except PermissionError:
        faults.append(f"{folder} can't be read; allow it with: chmod u+rx '{folder}'")
        return
    if (folder / MANIFEST).is_file():
        yield folder
    for entry in entries:
        if entry.is_dir():
            yield from _folders_with_manifest(entry, seen, faults)
