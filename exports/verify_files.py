"""Is every byte of a release folder the one that was written? Files against SHA256SUMS and manifest."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports import checksums
from exports.canonical import read_sealed
from exports.checksums import SUMS
from exports.fault import Fault
from exports.manifest import MANIFEST


@dataclass(frozen=True)
class Witnesses:
    """SHA-256 of each file by three accounts: the file itself, SHA256SUMS, manifest.json.

    An account that can't be read is None; ``faults`` says why, and what should not be in the folder.
    """

    actual: Mapping[str, str]
    sums: Mapping[str, str] | None
    stated: Mapping[str, str] | None
    faults: tuple[Fault, ...]

    def intact(self) -> set[str]:
        """Files whose bytes one of the accounts vouches for: safe to hand to a Parquet reader."""
        accounts = [account for account in (self.sums, self.stated) if account is not None]
        return {
            name
            for name, sha256 in self.actual.items()
            if any(account.get(name) == sha256 for account in accounts)
        }


def witnesses(folder: Path) -> Witnesses:
    """What the three accounts of a release folder say."""
    faults = _odd_entries(folder)
    odd = {fault.file for fault in faults}
    actual = {}
    for name in checksums.release_files(folder):
        try:
            if name not in odd:
                actual[name] = checksums.sha256_of_file(folder / name)
        except OSError as error:
            faults.append(Fault(name, f"can't be read: {error.strerror}"))
    sums = stated = None
    try:
        sums = checksums.parse_sums((folder / SUMS).read_bytes())
    except (OSError, ValueError) as error:
        faults.append(Fault(SUMS, _missing_or(error)))
    try:
        stated = _stated(read_sealed((folder / MANIFEST).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError) as error:
        faults.append(Fault(MANIFEST, _missing_or(error)))
    return Witnesses(actual, sums, stated, tuple(faults))


def file_faults(folder: Path, accounts: Witnesses | None = None) -> list[Fault]:
    """Missing, unlisted and changed files of a release folder; reads bytes, not what they mean."""
    if not folder.is_dir():
        return [Fault(folder.name, "is not a folder")]
    accounts = accounts or witnesses(folder)
    faults = list(accounts.faults)
    told = {fault.file for fault in faults}
    paths = set(accounts.actual) | set(accounts.sums or {}) | set(accounts.stated or {})
    for name in sorted(paths - {SUMS} - (told - {MANIFEST})):
        faults += _one_file(name, accounts)
    return sorted(set(faults))


def _stated(manifest: Mapping[str, Any]) -> dict[str, str]:
    entries = [*manifest["tables"], *manifest["files"]]
    return {str(entry["path"]): str(entry["sha256"]) for entry in entries}


def _missing_or(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "is missing"
    if isinstance(error, TypeError | KeyError):
        return f"does not list its files as a manifest does ({type(error).__name__}: {error})"
    return str(error)


def _odd_entries(folder: Path) -> list[Fault]:
    faults = []
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            faults.append(Fault(name, "is a symbolic link; a release holds files only"))
        elif path.is_dir():
            if not any(path.iterdir()):
                faults.append(Fault(name, "is an empty folder"))
        elif not path.is_file():
            faults.append(Fault(name, "is neither file nor folder"))
    return faults


def _one_file(name: str, accounts: Witnesses) -> list[Fault]:
    actual = accounts.actual.get(name)
    listed = None if accounts.sums is None else accounts.sums.get(name, "")
    stated = None if accounts.stated is None else accounts.stated.get(name, "")
    if name == MANIFEST:
        return _manifest_file(actual, listed)
    if actual is None:
        if listed and not stated and stated is not None:
            return [Fault(SUMS, f"lists {name}, which does not exist")]
        return [Fault(name, "is missing")]
    if listed == actual and stated in (actual, None):
        return []
    if stated == actual:
        wrong = "does not list" if listed == "" else "has another SHA-256 for"
        return [] if listed is None else [Fault(SUMS, f"{wrong} {name}, which is as {MANIFEST} says")]
    if listed == "" or (listed is None and stated == ""):
        return [Fault(name, "is not part of the release: no list names it")]
    if listed is None and stated is None:
        return []
    against = " and ".join(
        where for where, sha256 in ((SUMS, listed), (MANIFEST, stated)) if sha256 not in (None, actual)
    )
    return [Fault(name, f"its bytes changed: SHA-256 differs from {against}")]


def _manifest_file(actual: str | None, listed: str | None) -> list[Fault]:
    if actual is None:
        return [Fault(MANIFEST, "is missing")]
    if listed is None or listed == actual:
        return []
    text = f"{SUMS} has another SHA-256 for it" if listed else f"{SUMS} does not list it"
    return [Fault(MANIFEST, text), Fault(SUMS, f"has no line that fits {MANIFEST}")]
