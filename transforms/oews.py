"""National OEWS workbooks: employment by occupation, whatever the year's header."""

import re
from collections.abc import Mapping

from schemas.raw_oews_employment import RawOewsEmployment
from transforms.drop import Manifest
from transforms.parsed import Notes, ParsedTable, UnknownLayout
from transforms.taxonomy_rows import Member, RowFault, parse_member, required_text
from transforms.workbook import sheet_rows

SOC = re.compile(r"\d{2}-\d{4}")
NUMBER = re.compile(r"\d{1,12}")
WITHHELD = ("", "*", "**", "#")
LEVEL_NAMES = ("O_GROUP", "OCC_GROUP")
"""From May 2019 on the level is O_GROUP."""


def parse_oews(
    parts: Mapping[str, bytes], manifest: Manifest, path: str, snapshot_sha256: str
) -> ParsedTable:
    """Rows of raw_oews_employment. Raises UnknownLayout where the sheet is not the national table."""
    rows = sheet_rows(parts, path)
    header = tuple(name.strip().upper() for name in rows[0]) if rows else ()
    level = next((name for name in LEVEL_NAMES if name in header), None)
    missing = [name for name in ("OCC_CODE", "OCC_TITLE", "TOT_EMP") if name not in header]
    if missing or level is None:
        raise UnknownLayout(
            f"{path}: no column {', '.join([*missing, *([] if level else ['O_GROUP'])])} in the first sheet; "
            "take the national file of OEWS (national_M2024_dl.xlsx)"
        )

    def row_of(cells: dict[str, str]) -> dict[str, object]:
        code, employed = cells["OCC_CODE"].strip(), cells["TOT_EMP"].strip().replace(",", "")
        if not SOC.fullmatch(code):
            raise RowFault("soc_code", f"{code!r} is no SOC code of the form 15-1252")
        if employed not in WITHHELD and not NUMBER.fullmatch(employed):
            raise RowFault("n_employed", f"TOT_EMP {employed!r} is no count")
        return {
            "soc_code": code,
            "soc_title": required_text(cells, "OCC_TITLE"),
            "soc_level": cells[level].strip().lower(),
            "n_employed": None if employed in WITHHELD else int(employed),
        }

    member = Member(path, header, rows[1:], Notes())
    constants = {"snapshot_sha256": snapshot_sha256, "release": manifest.release}
    return parse_member(RawOewsEmployment, member, constants, row_of)
