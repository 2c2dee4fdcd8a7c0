"""Which code makes the numbers: a hash over sources, so that a change of code is a change of inputs."""

import hashlib
import subprocess
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("schemas", "transforms", "warehouse", "exports", "flows")

LOADER_FILES = (
    "crosswalk.py",
    "decode.py",
    "drop.py",
    "esco.py",
    "identity.py",
    "manifest_reader.py",
    "onet.py",
    "parsed.py",
    "posting_*.py",
    "release.py",
    "taxonomy_rows.py",
    "workbook.py",
)
"""Adapters and what they rest on: a change here reloads every file."""

READER_FILES = (
    "employer.py",
    "header.py",
    "language.py",
    "lexicon.py",
    "mention.py",
    "negation.py",
    "reading.py",
    "role.py",
    "section*.py",
    "text.py",
)
"""The text stage: a change here reads every posting again."""


def hash_files(paths: Iterable[Path], *, root: Path = ROOT) -> str:
    """SHA-256 over names and bytes of files, whatever order they come in."""
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def code_version() -> str:
    """Hash of all code that can change a release."""
    paths = [
        path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".sql")
    ]
    return hash_files(paths)


def loader_version() -> str:
    """Hash of the adapters and of the raw tables' declarations."""
    paths = [path for pattern in LOADER_FILES for path in (ROOT / "transforms").glob(pattern)]
    paths += [
        *(ROOT / "schemas").glob("raw_*.py"),
        ROOT / "schemas" / "columns.py",
        ROOT / "schemas" / "derive.py",
    ]
    return hash_files(paths)


def reader_code_version() -> str:
    """Hash of the text stage's code."""
    return hash_files(path for pattern in READER_FILES for path in (ROOT / "transforms").glob(pattern))


def code_commit() -> str | None:
    """Commit of the checkout, or None where there is none (an unpacked archive) or files differ from it."""
    try:
        status = subprocess.run(
            ["git", "-C", str(ROOT), "status", "--porcelain", "--untracked-files=no"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()
        commit = subprocess.run(
            ["git", "-C", str(ROOT), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None
    return None if status else commit
