"""transforms.oews: employment by occupation from the national workbook, under the headers of both kinds of year."""

import pytest

from tests.workbooks import parts
from transforms.drop import DropFile, Manifest
from transforms.oews import parse_oews
from transforms.parsed import ParsedTable, UnknownLayout

SHA = "ab" * 32
NEW = ["AREA", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP"]
OLD = ["OCC_CODE", "OCC_TITLE", "OCC_GROUP", "TOT_EMP"]


def parsed(*rows: list[str]) -> ParsedTable:
    manifest = Manifest(
        "m", "wages", "oews", "2024-05", "public domain", "open", (DropFile("w.xlsx", None, SHA),)
    )
    return parse_oews(parts(rows), manifest, "w.xlsx", SHA)


def test_both_headers_give_the_same_rows() -> None:
    new = parsed(NEW, ["99", "15-1252", "Software Developers", "detailed", "1654440"]).table.to_pylist()
    old = parsed(OLD, ["15-1252", "Software Developers", "detailed", "1,654,440"]).table.to_pylist()
    assert new == old
    assert (new[0]["soc_code"], new[0]["soc_level"], new[0]["n_employed"]) == ("15-1252", "detailed", 1654440)


def test_a_withheld_count_is_null_and_a_broken_one_is_refused() -> None:
    found = parsed(
        NEW,
        ["99", "15-1252", "Software Developers", "detailed", "**"],
        ["99", "15-1254", "Web Developers", "detailed", "-7"],
        ["99", "all", "Everybody", "total", "5"],
    )
    assert [row["n_employed"] for row in found.table.to_pylist()] == [None]
    assert [(r.row_number, r.rule) for r in found.rejections] == [(2, "n_employed"), (3, "soc_code")]


def test_a_broad_group_of_one_occupation_stands_at_both_levels() -> None:
    rows = (["99", "15-1220", "Research", level, "38480"] for level in ("broad", "detailed"))
    assert parsed(NEW, *rows).table.num_rows == 2


def test_another_sheet_is_named() -> None:
    with pytest.raises(UnknownLayout, match="no column TOT_EMP, O_GROUP in the first sheet"):
        parsed(["OCC_CODE", "OCC_TITLE"], ["15-1252", "Software Developers"])
