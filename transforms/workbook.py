"""Rows of a spreadsheet's first sheet: the few parts of Office Open XML that a table needs."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from transforms.parsed import UnknownLayout

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
COLUMN = re.compile(r"[A-Z]{1,3}")


def is_part(name: str) -> bool:
    """Whether :func:`sheet_rows` wants a part of the archive."""
    return name in (SHEET, STRINGS)


def sheet_rows(parts: Mapping[str, bytes], name: str) -> list[list[str]]:
    """Cells of the first sheet as text, row by row; empty cells are empty text, blank rows are left out.

    Numbers stand as the file has them. Raises UnknownLayout for a workbook without that sheet or not XML.
    """
    if SHEET not in parts:
        raise UnknownLayout(f"{name}: no {SHEET} inside: not an .xlsx workbook; save the table as .csv")
    strings = [_text(item) for item in _parsed(parts[STRINGS], name)] if STRINGS in parts else []
    rows = []
    for row in _parsed(parts[SHEET], name).iter(f"{MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{MAIN}c"):
            place = _place(cell.get("r"), len(cells))
            # A sheet leaves empty cells out; the reference says which column a cell stands in.
            cells += [""] * (place - len(cells)) + [_value(cell, strings, name)]
        if any(cells):
            rows.append(cells)
    width = max(map(len, rows), default=0)
    return [cells + [""] * (width - len(cells)) for cells in rows]


def _parsed(data: bytes, name: str) -> ElementTree.Element:
    # A document type is all that entity bombs need, and no spreadsheet program writes one.
    if b"<!DOCTYPE" in data:
        raise UnknownLayout(f"{name}: its XML declares a document type; save the table anew as .xlsx or .csv")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise UnknownLayout(f"{name}: its XML is broken ({error}); fetch the file again") from error


def _place(reference: str | None, default: int) -> int:
    """Column number from 0 of a reference such as AB7."""
    letters = COLUMN.match(reference or "")
    if not letters:
        return default
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return max(number - 1, default)


def _value(cell: ElementTree.Element, strings: list[str], name: str) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell).strip()
    value = cell.findtext(f"{MAIN}v") or ""
    if cell.get("t") != "s":
        return value.strip()
    if not value.isdigit() or int(value) >= len(strings):
        raise UnknownLayout(f"{name}: a cell names text {value!r} of {len(strings)}; fetch the file again")
    return strings[int(value)].strip()


def _text(item: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
