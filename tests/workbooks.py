"""Small workbooks: the parts of an .xlsx file, and the file."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from transforms.workbook import SHEET, STRINGS

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def parts(rows: Sequence[Sequence[str]]) -> dict[str, bytes]:
    """The parts that hold the rows (up to 26 columns); empty cells are left out, as spreadsheets do."""
    texts = sorted({cell for row in rows for cell in row if cell})
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = [
            f'<c r="{chr(65 + place)}{number}" t="s"><v>{texts.index(cell)}</v></c>'
            for place, cell in enumerate(row)
            if cell
        ]
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
    return {
        SHEET: f"<worksheet {MAIN}><sheetData>{''.join(lines)}</sheetData></worksheet>".encode(),
        STRINGS: f"<sst {MAIN}>{strings}</sst>".encode(),
    }


def workbook(rows: Sequence[Sequence[str]]) -> bytes:
    """The file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts(rows).items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
