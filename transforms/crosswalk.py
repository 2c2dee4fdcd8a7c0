"""Crosswalk files between occupation taxonomies to pairs of codes; a layout is known by its header."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from schemas.raw_crosswalk import RawCrosswalk
from transforms.decode import decode
from transforms.drop import Manifest
from transforms.parsed import Notes, NotLoadable, ParsedTable, UnknownLayout
from transforms.posting_rows import MAX_FIELD
from transforms.taxonomy_rows import Member, RowFault, parse_member, required_text
from transforms.workbook import is_part, sheet_rows

TITLE_ROWS = 40
"""The header is looked for in so many rows: official files have up to 16 rows about themselves before it."""

OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"

ESCO_ONET = ("O*NET Id", "O*NET Title", "ESCO or ISCO URI", "ESCO or ISCO Title", "Type of Match")
NESTA = ("esco_occupation", "isco_code", "onet_code", "onet_occupation", "concept_uri")
EDITION = re.compile(r"(?:(O\*NET-SOC) (\d{4})|(\d{4}) (SOC)) (Code|Title)")
CODE_FORMS = {
    "onet-soc": re.compile(r"\d{2}-\d{4}\.\d{2}"),
    "soc": re.compile(r"\d{2}-\d{4}"),
    "isco": re.compile(r"\d{1,4}"),
    "esco": re.compile(r"\S+"),
}
RELATIONS = {
    "exactMatch": "exact",
    "closeMatch": "close",
    "broadMatch": "broad",
    "narrowMatch": "narrow",
    "exactISCO": "exact",
}
"""Matches of the official file as relations of the ESCO concept to the O*NET one: its `broadMatch` pairs
`airport chief executive` with `Chief Executives`."""

ISCO_ADDRESS = re.compile(r".*/isco/C(\d{1,4})")
EDITION_ROW = re.compile(r"Classification (\d) (Name|Version)")

Cells = dict[str, str]
RowReader = Callable[[Cells], dict[str, Any]]


def is_member(name: str) -> bool:
    """Whether :func:`parse_crosswalk` wants a part of an .xlsx workbook."""
    return is_part(name)


def parse_crosswalk(
    parts: Mapping[str, bytes], manifest: Manifest, file: str, snapshot_sha256: str
) -> dict[str, ParsedTable]:
    """The pairs of one file; ``parts`` are the file itself under its name, or the parts of its workbook.

    Raises UnknownLayout where no row is a known header, NotLoadable for lists of changes and for
    workbooks of the old binary form.
    """
    if parts.get(file, b"").startswith(OLD_WORKBOOK):
        raise NotLoadable(f"{file}: a workbook of the old binary form (.xls); save it as .xlsx or .csv")
    notes = Notes()
    rows = _csv_rows(parts[file], notes) if file in parts else sheet_rows(parts, file)
    place, row_of = _layout(rows, file)
    header = tuple(cell.strip() for cell in rows[place])
    member = Member(file, header, rows[place + 1 :], notes)
    constants = {"snapshot_sha256": snapshot_sha256, "release": manifest.release}
    return {"raw_crosswalk": parse_member(RawCrosswalk, member, constants, row_of)}


def is_workbook(file: str) -> bool:
    """Whether a file's name says that it is a zip of XML parts."""
    return PurePosixPath(file).suffix.lower() == ".xlsx"


def _csv_rows(data: bytes, notes: Notes) -> list[list[str]]:
    csv.field_size_limit(MAX_FIELD)
    text = decode(data, None, notes.counts)
    return [cells for cells in csv.reader(io.StringIO(text, newline="")) if any(map(str.strip, cells))]


def _layout(rows: Sequence[Sequence[str]], file: str) -> tuple[int, RowReader]:
    """Where the header stands, and how the rows below it become pairs."""
    for place, cells in enumerate(rows[:TITLE_ROWS]):
        names = {cell.strip() for cell in cells}
        if names.issuperset(ESCO_ONET):
            return place, partial(_esco_onet, editions=dict(_editions(rows[:place])))
        if names.issuperset(NESTA):
            return place, _nesta
        columns = [match for cell in cells if (match := EDITION.fullmatch(cell.strip()))]
        kinds = [match[5] for match in columns]
        if kinds == ["Code", "Title", "Code", "Title"]:
            if any(row[0].startswith("Occupations with ") for row in rows[:place]):
                raise NotLoadable(f"{file}: a list of what changed, whose pairs the crosswalk itself holds")
            return place, _edition_reader([match[0] for match in columns])
        if kinds == ["Code", "Title"]:
            raise NotLoadable(f"{file}: a list of one taxonomy's codes, no crosswalk")
    first = "; ".join(", ".join(filter(None, cells)) for cells in rows[:3])
    raise UnknownLayout(
        f"{file}: none of its first {min(TITLE_ROWS, len(rows))} rows is the header of a crosswalk we know; it "
        f"begins {first[:200]!r}. Add its layout to transforms/crosswalk.py or take the file out of the drop"
    )


def _editions(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Edition by taxonomy's name out of the rows a file has about itself."""
    told = {match.groups(): row[1].strip() for row in rows if (match := EDITION_ROW.fullmatch(row[0]))}
    for number in ("1", "2"):
        name, edition = told.get((number, "Name"), ""), told.get((number, "Version"), "")
        yield name, edition.removeprefix("O*NET-SOC").strip().removeprefix("v")


def _esco_onet(cells: Cells, editions: Mapping[str, str]) -> dict[str, Any]:
    match = cells["Type of Match"].strip()
    if match not in RELATIONS:
        raise RowFault("match", f"type of match {match!r} is none of {', '.join(RELATIONS)}")
    address = required_text(cells, "ESCO or ISCO URI")
    group = ISCO_ADDRESS.fullmatch(address)
    scheme, code, version = ("isco", group[1], "08") if group else ("esco", address, editions.get("ESCO", ""))
    return _pair(
        (scheme, version, code, cells["ESCO or ISCO Title"]),
        ("onet-soc", editions.get("O*NET", ""), cells["O*NET Id"], cells["O*NET Title"]),
        RELATIONS[match],
    )


def _nesta(cells: Cells) -> dict[str, Any]:
    return _pair(
        ("esco", "", cells["concept_uri"], cells["esco_occupation"]),
        ("onet-soc", "", cells["onet_code"], cells["onet_occupation"]),
        None,
    )


def _edition_reader(names: Sequence[str]) -> RowReader:
    """Pairs of two editions; ``names`` are the four columns: code, title, code, title."""
    sides = []
    for name in (names[0], names[2]):
        match = EDITION.fullmatch(name)
        assert match is not None
        sides.append(("onet-soc", match[2]) if match[1] else ("soc", match[3]))

    def read(cells: Cells) -> dict[str, Any]:
        first, second = (
            (*side, cells[code], cells[title])
            for side, code, title in zip(sides, names[::2], names[1::2], strict=True)
        )
        return _pair(first, second, None)

    return read


def _pair(
    first: tuple[str, str, str, str], second: tuple[str, str, str, str], relation: str | None
) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for side, (scheme, version, code, label) in (("from", first), ("to", second)):
        if not CODE_FORMS[scheme].fullmatch(code.strip()):
            raise RowFault("code", f"{code.strip()!r} is no code of {scheme}")
        row |= {
            f"{side}_scheme": scheme,
            f"{side}_version": version,
            f"{side}_code": code.strip(),
            f"{side}_label": label.strip() or None,
        }
    return row | {"pair_relation": relation}
