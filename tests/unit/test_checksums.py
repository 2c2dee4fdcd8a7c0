from pathlib import Path

import pytest

from exports.checksums import parse_sums, sums_bytes

A, B = "a" * 64, "b" * 64


def test_every_file_but_the_list_itself_stands_in_it_sorted(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "x.parquet").write_bytes(b"x")
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "SHA256SUMS").write_bytes(b"old")
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    x = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    assert sums_bytes(tmp_path) == f"{empty}  a.txt\n{x}  tables/x.parquet\n".encode()
    assert parse_sums(sums_bytes(tmp_path)) == {"a.txt": empty, "tables/x.parquet": x}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "newline"),
        (f"{A}  a", "newline"),
        ("\n", "line 1"),
        (f"{A} a\n", "line 1"),
        (f"{A}   a\n", "line 1"),
        (f"{A}  a\n\n", "line 2"),
        (f"{A[1:]}  a\n", "line 1"),
        (f"{A.upper()}  a\n", "line 1"),
        (f"{A}  /a\n", "line 1"),
        (f"{A}  b\n{B}  a\n", "out of order"),
        (f"{A}  a\n{A}  a\n", "out of order"),
        (f"{A}  x/../a\n", "can't be in a release"),
        (f"{A}  SHA256SUMS\n", "can't be in a release"),
    ],
)
def test_anything_but_the_exact_format_is_refused(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_sums(text.encode())


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError):
        parse_sums(b"\xff\n")
