import pytest

from tests.workbooks import parts
from transforms.parsed import UnknownLayout
from transforms.workbook import SHEET, STRINGS, sheet_rows


def test_cells_stand_where_their_reference_says() -> None:
    made = parts([["a", "", "c"], ["", "b", ""], ["", "", ""]])
    assert sheet_rows(made, "x.xlsx") == [["a", "", "c"], ["", "b", ""]]


def test_numbers_and_inline_text_are_text_and_runs_are_joined() -> None:
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
        '<c r="A1"><v>12.5</v></c><c r="B1" t="inlineStr"><is><t>in</t><t>line </t></is></c>'
        '<c r="AB1" t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><r><t>two</t></r>'
        "<r><t> runs</t></r></si></sst>"
    )
    [row] = sheet_rows({SHEET: sheet.encode(), STRINGS: strings.encode()}, "x.xlsx")
    assert (row[0], row[1], row[27], len(row)) == ("12.5", "inline", "two runs", 28)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({SHEET: None}, "not an .xlsx workbook"),
        ({SHEET: b"<worksheet>"}, "its XML is broken"),
        ({STRINGS: b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"}, "declares a document type"),
        ({STRINGS: b"<sst/>"}, "a cell names text '0' of 0"),
    ],
)
def test_what_is_no_workbook_is_told(change: dict[str, bytes | None], message: str) -> None:
    made = {name: data for name, data in (parts([["a"]]) | change).items() if data is not None}
    with pytest.raises(UnknownLayout, match=message):
        sheet_rows(made, "x.xlsx")
