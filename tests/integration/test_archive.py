"""Zip archives, good, broken and hostile."""

import io
import stat
import struct
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

from warehouse.archive import ZipFault, zip_members


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")  # the duplicate name is meant
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def every(name: str) -> bool:
    return True


def fault(data: bytes, **limits: Any) -> str:
    with pytest.raises(ZipFault) as raised:
        zip_members(data, every, **limits)
    return str(raised.value)


def test_wanted_members_come_sorted(tmp_path: Path) -> None:
    path = tmp_path / "release.zip"
    path.write_bytes(zipped(("db/b.txt", b"bb"), ("db/", b""), ("db/a.txt", b""), ("read me.pdf", b"x")))
    found = zip_members(path, lambda name: name.endswith(".txt"))
    assert list(found.items()) == [("db/a.txt", b""), ("db/b.txt", b"bb")]
    assert zip_members(path.read_bytes(), every) == {"db/a.txt": b"", "db/b.txt": b"bb", "read me.pdf": b"x"}


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../up.txt", "/etc/passwd", "C:/windows/x", "a\\..\\up.txt", "\\\\host\\x"]
)
def test_a_member_that_leads_outside_is_refused_even_if_not_wanted(name: str) -> None:
    data = zipped(("fine.txt", b"x"), (name, b"x"))
    with pytest.raises(ZipFault, match=r"outside the folder|backslash"):
        zip_members(data, lambda member: member == "fine.txt")


def test_a_name_cut_by_a_null_byte_is_refused() -> None:
    data = zipped(("fine.txtX.exe", b"x")).replace(b"fine.txtX.exe", b"fine.txt\0.exe")
    assert "null byte" in fault(data)


def test_a_link_is_refused() -> None:
    link = zipfile.ZipInfo("shortcut")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "member 'shortcut' is a link" in fault(zipped((link, b"/etc/passwd")))


def test_an_encrypted_member_is_refused() -> None:
    data = bytearray(zipped(("secret.txt", b"x")))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "member 'secret.txt' is encrypted" in fault(bytes(data))


def test_a_name_that_occurs_twice_is_refused() -> None:
    assert "member 'a.txt' occurs 2 times" in fault(zipped(("a.txt", b"1"), ("a.txt", b"2")))


def test_sizes_are_limited_per_member_and_together() -> None:
    data = zipped(("a", b"x" * 600), ("b", b"x" * 600))
    assert "member 'a' declares 600 bytes, more than 500" in fault(data, max_member_bytes=500)
    assert "members declare 1200 bytes together, more than 1000" in fault(data, max_total_bytes=1000)
    assert len(zip_members(data, every, max_member_bytes=600, max_total_bytes=1200)) == 2


def test_a_bomb_is_refused_unread() -> None:
    data = zipped(("bomb.txt", b"\0" * 11_000_000))
    assert len(data) < 20_000
    assert "more than 200 to one: a size bomb" in fault(data)
    assert len(zip_members(data, every, max_ratio=2000)["bomb.txt"]) == 11_000_000


def test_small_members_may_be_packed_tightly() -> None:
    assert len(zip_members(zipped(("zeros.txt", b"\0" * 9_000_000)), every)["zeros.txt"]) == 9_000_000


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped(("a.txt", b"x" * 5000)))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature) + offset
        data[start : start + 4] = struct.pack("<I", 100)
    assert "member 'a.txt' can't be unpacked" in fault(bytes(data))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(zipped(("../up", b"x"), ("a\\b", b"x"), ("big", b"x" * 600)))
    with pytest.raises(ZipFault) as raised:
        zip_members(path, every, max_member_bytes=500)
    assert len(raised.value.faults) == 3
    assert str(raised.value).count(str(path)) == 3


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.95])
def test_a_truncated_zip_is_called_that(kept: float) -> None:
    data = zipped(*[(f"{n}.txt", bytes(range(256)) * n) for n in range(20)])
    assert "truncated or damaged" in fault(data[: int(len(data) * kept)])


def test_an_empty_file_and_another_format_are_told_apart() -> None:
    assert "the file is empty" in fault(b"")
    assert "no zip archive" in fault(b"id,title\n1,Developer\n")


def test_every_flipped_byte_of_the_content_is_noticed() -> None:
    content = bytes(range(256))
    data = zipped(("a.bin", content), method=zipfile.ZIP_STORED)
    start = data.index(content)
    for offset in range(start, start + len(content), 17):
        damaged = bytearray(data)
        damaged[offset] ^= 0x10
        assert "Bad CRC-32" in fault(bytes(damaged))


def test_messages_name_the_archive() -> None:
    with pytest.raises(ZipFault, match=r"^onet/29\.2/db\.zip: the file is empty"):
        zip_members(b"", every, where="onet/29.2/db.zip")
