"""Members of a taxonomy archive to rows: cells by column name, everything refused accounted for."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from schemas.derive import primary_key
from schemas.table import Table
from transforms.decode import decode
from transforms.parsed import Notes, ParsedTable, UnknownLayout, table_of
from transforms.posting_rows import MAX_FIELD


class RowFault(ValueError):
    """A row breaks a rule; raised while a row is made from its cells."""

    def __init__(self, rule: str, reason: str) -> None:
        """``rule`` is the short name, ``reason`` what is wrong in words."""
        super().__init__(reason)
        self.rule = rule


@dataclass(frozen=True)
class Member:
    """One file of an archive: its header and its data rows, numbered from 1."""

    name: str
    header: tuple[str, ...]
    rows: list[list[str]]
    notes: Notes


def by_file_name(members: Mapping[str, bytes], suffix: str, release: str) -> dict[str, bytes]:
    """Members by file name: archives hold them at the top or in a folder. Raises UnknownLayout for twins."""
    found: dict[str, bytes] = {}
    for path in sorted(members):
        name = PurePosixPath(path).name
        if not name.endswith(suffix) or name.startswith("._") or path.startswith("__MACOSX/"):
            continue
        if name in found:
            raise UnknownLayout(
                f"{release}: the archive holds {name!r} twice, in two folders; take one release at a time"
            )
        found[name] = members[path]
    return found


def read_tab_separated(data: bytes, name: str) -> Member:
    """A tab-separated text file without any quoting, LF or CRLF."""
    notes = Notes()
    lines = (line.rstrip("\r").split("\t") for line in decode(data, None, notes.counts).split("\n"))
    return _member(lines, name, notes)


def read_comma_separated(data: bytes, name: str) -> Member:
    """A CSV file with quoted cells that may hold line breaks."""
    csv.field_size_limit(MAX_FIELD)
    notes = Notes()
    text = decode(data, None, notes.counts)
    return _member(csv.reader(io.StringIO(text, newline="")), name, notes)


def _member(lines: Iterator[list[str]], name: str, notes: Notes) -> Member:
    filled = [cells for cells in lines if any(cells)]
    header = tuple(cell.strip() for cell in filled[0]) if filled else ()
    return Member(name, header, filled[1:], notes)


def parse_member(
    table: type[Table],
    member: Member,
    constants: Mapping[str, Any],
    row_of: Callable[[dict[str, str]], dict[str, Any]],
) -> ParsedTable:
    """Rows of ``table`` from a member: ``row_of`` makes one from the cells by column name or raises RowFault.

    Rejected: a wrong number of cells (``cell_count``), what ``row_of`` refuses, a key that came before
    (``primary_key``). ``constants`` are the columns that are the same in every row.
    """
    notes = member.notes
    key_columns = [name for name in primary_key(table) if name not in constants]
    seen: set[tuple[Any, ...]] = set()
    kept: list[dict[str, Any]] = []
    width = len(member.header)
    for row_number, cells in enumerate(member.rows, start=1):
        if len(cells) != width:
            notes.reject(row_number, "cell_count", f"{len(cells)} cells where the header has {width}", cells)
            continue
        named = dict(zip(member.header, cells, strict=True))
        try:
            row = row_of(named)
        except RowFault as fault:
            notes.reject(row_number, fault.rule, str(fault), named)
            continue
        key = tuple(row[name] for name in key_columns)
        if key in seen:
            reason = f"{', '.join(key_columns)} came before: {', '.join(map(str, key))}"
            notes.reject(row_number, "primary_key", reason, named)
            continue
        seen.add(key)
        kept.append(row)
    columns: dict[str, list[Any]] = {name: [value] * len(kept) for name, value in constants.items()}
    if kept:
        columns |= {name: [row[name] for row in kept] for name in kept[0]}
        return ParsedTable(table_of(table, columns), notes.rejections, dict(+notes.counts), len(member.rows))
    raise UnknownLayout(f"{member.name}: none of its {len(member.rows)} rows could be read")


def required_text(cells: Mapping[str, str], column: str) -> str:
    """The cell, stripped. Raises RowFault where it is empty."""
    value = cells[column].strip()
    if not value:
        raise RowFault("missing_value", f"no {column}")
    return value
