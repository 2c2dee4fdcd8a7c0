"""SHA256SUMS: one line per file of a release but itself, in the format of ``sha256sum``."""

import hashlib
import re
from pathlib import Path

SUMS = "SHA256SUMS"
_LINE = re.compile(r"([0-9a-f]{64})  ([^\s/][^\n\\]*)")


def sha256(data: bytes) -> str:
    """SHA-256 in 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes in 64 hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def release_files(folder: Path) -> list[str]:
    """Relative paths of all files below a folder, sorted; symbolic links are not followed."""
    found = [path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir()]
    return sorted(path.relative_to(folder).as_posix() for path in found)


def sums_bytes(folder: Path) -> bytes:
    """Contents of SHA256SUMS for a folder: sorted by path, every file but SHA256SUMS."""
    names = [name for name in release_files(folder) if name != SUMS]
    return "".join(f"{sha256_of_file(folder / name)}  {name}\n" for name in names).encode()


def parse_sums(data: bytes) -> dict[str, str]:
    """Hash by path. Raises ValueError naming the first line that is not exactly as written."""
    text = data.decode("utf-8")
    if not text.endswith("\n"):
        raise ValueError("does not end in a newline")
    sums: dict[str, str] = {}
    for number, line in enumerate(text[:-1].split("\n"), start=1):
        match = _LINE.fullmatch(line)
        if not match:
            raise ValueError(f"line {number} is not a hash, two spaces and a path")
        if ".." in match[2].split("/") or match[2] == SUMS:
            raise ValueError(f"line {number} names a path that can't be in a release: {match[2]}")
        if sums and match[2] <= next(reversed(sums)):
            raise ValueError(f"line {number} is out of order or a repetition: {match[2]}")
        sums[match[2]] = match[1]
    return sums
