"""Which code makes the numbers: a hash over sources, so that a change of code is a change of inputs."""

import ast
import hashlib
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("schemas", "transforms", "warehouse", "exports", "flows")

LOADER_ROOTS = (
    "transforms.crosswalk",
    "transforms.drop",
    "transforms.esco",
    "transforms.oews",
    "transforms.onet",
    "transforms.posting_file",
)
"""Adapters: a change in them, or in what they rest on, reloads every file."""

READER_ROOTS = ("transforms.reading",)
"""The text stage: a change in it, or in what it rests on, reads every posting again."""

TITLE_ROOTS = ("transforms.posting_title",)
CODER_ROOTS = ("transforms.title_codes",)
"""What takes titles out of adverts, and what codes them: a change does all titles again."""

SIGNATURE_ROOTS = ("transforms.signature",)
"""Signatures of texts: a change signs every posting again."""


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
    """Hash of the adapters, all they import of ours, and the raw tables' declarations."""
    return hash_files([*imported(LOADER_ROOTS), *(ROOT / "schemas").glob("raw_*.py")])


def reader_code_version() -> str:
    """Hash of the text stage's code and all it imports of ours."""
    return hash_files(imported(READER_ROOTS))


def title_code_version() -> str:
    """Hash of the code that takes titles out of adverts."""
    return hash_files(imported(TITLE_ROOTS))


def coder_code_version() -> str:
    """Hash of the code that brings titles to occupations."""
    return hash_files([*imported(CODER_ROOTS), ROOT / "flows" / "linking.py"])


def signature_code_version() -> str:
    """Hash of the code of signatures and all it imports of ours, cleaning among it."""
    return hash_files(imported(SIGNATURE_ROOTS))


def imported(modules: Iterable[str], *, root: Path = ROOT) -> set[Path]:
    """Files of the modules named and of all of ours that they import, directly or through others.

    Raises FileNotFoundError where a module named is not there.
    """
    files: set[Path] = set()
    waiting = [root / f"{module.replace('.', '/')}.py" for module in modules]
    while waiting:
        path = waiting.pop()
        if path in files:
            continue
        files.add(path)
        candidates = (root / f"{name.replace('.', '/')}.py" for name in _names_imported(path.read_bytes()))
        waiting += [file for file in candidates if file.is_file()]
    return files


@cache  # by the bytes, since all versions of a night walk much the same files: 0.2 s of a processor each
def _names_imported(source: bytes) -> tuple[str, ...]:
    """Every module and every name out of a module that a file imports; some of the names are modules."""
    names: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(names)


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
