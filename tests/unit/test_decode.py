import gzip
from collections import Counter

import pytest

from transforms import decode as module
from transforms.decode import decode, unpack, unscramble
from transforms.parsed import FileRejected


def rule(data: bytes, file: str) -> str:
    with pytest.raises(FileRejected) as caught:
        unpack(data, file)
    return caught.value.rule


def test_gzip_is_unpacked_by_name() -> None:
    assert unpack(gzip.compress(b"a,b\n"), "x.csv.gz") == b"a,b\n"
    assert unpack(b"a,b\n", "x.csv") == b"a,b\n"
    assert unpack(gzip.compress(b"a") + gzip.compress(b"b"), "x.csv.gz") == b"ab"


def test_files_that_cannot_be_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = gzip.compress(b"title,text\n" * 100)
    assert rule(b"", "x.csv") == "empty_file"
    assert rule(b" \r\n\n", "x.csv") == "empty_file"
    assert rule(b"\xef\xbb\xbf", "x.csv") == "empty_file"
    assert rule(gzip.compress(b""), "x.csv.gz") == "empty_file"
    assert rule(b"title,text\n", "x.csv.gz") == "not_gzip"
    assert rule(packed[:-12], "x.csv.gz") == "truncated_gzip"
    assert rule(packed[:-6] + b"\0" + packed[-5:], "x.csv.gz") == "broken_gzip"
    assert rule(b"\n<!DOCTYPE html><p>Sorry", "x.csv") == "web_page"
    assert rule(gzip.compress(b"<html><p>Sorry"), "x.jsonl.gz") == "web_page"
    monkeypatch.setattr(module, "MAX_BYTES", 50)
    assert rule(packed, "x.csv.gz") == "too_large"


@pytest.mark.parametrize(
    ("data", "declared", "text", "counts"),
    [
        ("na\u00efve".encode(), None, "na\u00efve", {}),
        (b"\xef\xbb\xbftitle", "utf-8", "title", {}),
        (b"\xef\xbb\xbftitle", None, "title", {}),
        (b"caf\xe9 \x93here\x94", None, "caf\u00e9 \u201chere\u201d", {"decoded_as_cp1252": 1}),
        (b"\xa5 tea\r\xa5 don\xd5t", None, "\u2022 tea\r\u2022 don\u2019t", {"decoded_as_mac_roman": 1}),
        (b"caf\xe9", "cp1252", "caf\u00e9", {}),
        (b"a\xffb\n\xe9\xe9c", "utf-8", "a\ufffdb\n\ufffd\ufffdc", {"undecodable_bytes": 3}),
        (b"\x93a\x94\x81", None, "\u201ca\u201d\ufffd", {"decoded_as_cp1252": 1, "undecodable_bytes": 1}),
        (b"a\0b\0", None, "ab", {"nul_characters_removed": 2}),
        ("ti".encode("utf-16"), None, "ti", {"decoded_as_utf-16": 1}),
        ("ti".encode("utf-16") + b"\0", "utf-16", "ti\ufffd", {"undecodable_bytes": 1}),
    ],
)
def test_decode(data: bytes, declared: str | None, text: str, counts: dict[str, int]) -> None:
    found = Counter[str]()
    assert decode(data, declared, found) == text
    assert found == counts


def test_text_scrambled_on_its_way_is_put_right() -> None:
    for good in ("caf\u00e9", "\u2022 tea", "the city\u2019s \u201cbest\u201d", "na\u00efve \u2013 \u00a350"):
        scrambled = "".join(_as_windows(byte) for byte in good.encode())
        assert unscramble(scrambled) == good


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "caf\u00e9",
        "S\u00c3O PAULO",
        "\u00c3\u00a9 and \u2019",
        "\u05d3\u05e8\u05d5\u05e9 \u00c3\u00a9",
        "",
        "\u00c2",
    ],
)
def test_text_that_does_not_go_all_the_way_back_stays(text: str) -> None:
    assert unscramble(text) == text


def _as_windows(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
