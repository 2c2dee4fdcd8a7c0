"""Zip archives from elsewhere, read with suspicion."""

import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath

GIB = 1 << 30
SMALL_MEMBER = 10_000_000
"""Members up to this size may be packed as tightly as they like: they can't fill a disk."""

CHUNK = 1 << 20


class ZipFault(ValueError):
    """An archive that is broken or would do harm; ``faults`` lists everything found."""

    def __init__(self, where: str, faults: list[str]) -> None:
        super().__init__("\n".join(f"{where}: {fault}" for fault in faults))
        self.faults = faults


def zip_members(
    source: Path | bytes,
    wanted: Callable[[str], bool],
    *,
    where: str | None = None,
    max_member_bytes: int = GIB,
    max_total_bytes: int = GIB,
    max_ratio: int = 200,
) -> dict[str, bytes]:
    """The wanted members by name, sorted. All members are checked, wanted or not.

    ``where`` names the archive in messages (default: its path). Refused with ZipFault: names that
    lead outside, links, encrypted or repeated members, declared sizes over the limits, members
    over 10 MB packed more than ``max_ratio`` to one, a broken or truncated archive.
    """
    where = where or (str(source) if isinstance(source, Path) else "archive")
    data = source.read_bytes() if isinstance(source, Path) else source
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ZipFault(where, [_not_a_zip(data, error)]) from error
    with archive:
        faults = _member_faults(archive, max_member_bytes, max_total_bytes, max_ratio)
        if faults:
            raise ZipFault(where, faults)
        chosen = sorted(
            (member for member in archive.infolist() if not member.is_dir() and wanted(member.filename)),
            key=lambda member: member.filename,
        )
        members: dict[str, bytes] = {}
        for member in chosen:
            members[member.filename] = _read(archive, member, where, max_member_bytes)
        return members


def _not_a_zip(data: bytes, error: Exception) -> str:
    if not data:
        return "the file is empty; fetch it again"
    if data.startswith(b"PK\x03\x04"):
        return f"the zip has no table of contents: truncated or damaged ({error}); fetch it again"
    return f"no zip archive ({error}); fetch it again or correct the manifest"


def _member_faults(
    archive: zipfile.ZipFile, max_member_bytes: int, max_total_bytes: int, max_ratio: int
) -> list[str]:
    members = archive.infolist()
    faults = [fault for member in members if (fault := _name_fault(member))]
    counts = Counter(member.filename for member in members)
    faults += [f"member {name!r} occurs {n} times" for name, n in sorted(counts.items()) if n > 1]
    for member in members:
        if member.file_size > max_member_bytes:
            faults.append(
                f"member {member.filename!r} declares {member.file_size} bytes, more than {max_member_bytes}"
            )
        elif member.file_size > SMALL_MEMBER and member.file_size > max_ratio * max(member.compress_size, 1):
            faults.append(
                f"member {member.filename!r} unpacks {member.compress_size} bytes to {member.file_size}, "
                f"more than {max_ratio} to one: a size bomb"
            )
    total = sum(member.file_size for member in members)
    if total > max_total_bytes:
        faults.append(f"members declare {total} bytes together, more than {max_total_bytes}")
    return faults


def _name_fault(member: zipfile.ZipInfo) -> str | None:
    # orig_filename: zipfile itself cuts names at a null byte
    name = member.orig_filename
    parts = PurePosixPath(name).parts
    if "\\" in name or "\0" in name:
        return f"member {name!r} has a backslash or null byte in its name"
    if name.startswith("/") or ".." in parts or (parts and len(parts[0]) > 1 and parts[0][1] == ":"):
        return f"member {name!r} would lie outside the folder it is unpacked to"
    if stat.S_ISLNK(member.external_attr >> 16):
        return f"member {name!r} is a link"
    if member.flag_bits & 0x1:
        return f"member {name!r} is encrypted"
    return None


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, max_bytes: int) -> bytes:
    """Unpack one member, never more than its declared size: that size is what the limits allowed."""
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(member) as reader:
            while chunk := reader.read(CHUNK):
                parts.append(chunk)
                size += len(chunk)
                if size > min(max_bytes, member.file_size):
                    raise ZipFault(where, [f"member {member.filename!r} unpacks to more than it declares"])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise ZipFault(
            where, [f"member {member.filename!r} can't be unpacked ({error}); fetch the archive again"]
        ) from error
    if size != member.file_size:
        raise ZipFault(
            where, [f"member {member.filename!r} unpacks to {size} bytes, declares {member.file_size}"]
        )
    return b"".join(parts)
