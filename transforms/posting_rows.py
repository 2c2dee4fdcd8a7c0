"""One reader per file format: bytes to named columns of text, row by row accounted for."""

import csv
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from transforms.decode import decode, unpack
from transforms.parsed import FileRejected, Notes

DELIMITERS = (",", ";", "\t", "|")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")
ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
LINE_END = re.compile(r"[\r\n]")
MAX_FIELD = min(sys.maxsize, 2**31 - 1)
MAX_HEADER_CELL = 100
DATA_CELL = re.compile(r"[-+$€£]?\d[\d.,:/-]*|\d{4}-\d\d-\d\d\S*|https?://\S+|.*[.!?]\s+\S.*", re.DOTALL)

Cells = list[str | None]


class CsvReader(Protocol):
    """What csv.reader gives: rows, and how many lines they took."""

    @property
    def line_num(self) -> int:
        """Lines read so far."""

    def __iter__(self) -> Iterator[list[str]]:
        """The rows."""


@dataclass(frozen=True)
class SourceRows:
    """Columns as text (None where the source has none), all of one length; ``row_numbers`` counts from 1.

    Rejected rows are already left out: ``n_rows_in`` counts them, ``row_numbers`` shows the gaps.
    """

    names: tuple[str, ...]
    columns: Mapping[str, Cells]
    row_numbers: list[int]
    n_rows_in: int

    def row(self, index: int) -> dict[str, str | None]:
        """One row as read, by column name."""
        return {name: self.columns[name][index] for name in self.names}


def format_of(declared: str | None, file: str) -> str:
    """``csv``, ``jsonl`` or ``parquet``: as declared, else by the file's name. Raises FileRejected."""
    stem = (declared or file).casefold().removesuffix(".gz")
    for ending, found in (("csv", "csv"), ("jsonl", "jsonl"), ("ndjson", "jsonl"), ("parquet", "parquet")):
        if stem == ending or stem.endswith("." + ending):
            return found
    raise FileRejected(
        file, "unknown_format", "no format known by this name; add `postings.format` to the manifest"
    )


def read_rows(data: bytes, file: str, kind: str, encoding: str | None, notes: Notes) -> SourceRows:
    """All columns of a file. Raises FileRejected where it can't be read or holds no rows."""
    if kind == "parquet":
        rows = _read_parquet(unpack(data, file), file)
    else:
        text = decode(unpack(data, file), encoding, notes.counts)
        rows = _read_csv(text, file, notes) if kind == "csv" else _read_jsonl(text, file, notes)
    if rows.n_rows_in == 0:
        raise FileRejected(
            file, "no_rows", f"no data rows below its header ({', '.join(rows.names)}); fetch it again"
        )
    return rows


def looks_like_data(names: Sequence[str]) -> bool:
    """Whether the cells of a first line read like a row: numbers, dates, addresses, sentences, long texts."""
    cells = [name.strip() for name in names if name.strip()]
    return any(len(cell) > MAX_HEADER_CELL or DATA_CELL.fullmatch(cell) for cell in cells)


def _read_csv(text: str, file: str, notes: Notes) -> SourceRows:
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        header = next(row for row in reader if any(cell.strip() for cell in row))
        names = _distinct([cell.strip() for cell in header], notes.counts)
        kept, row_numbers, n_rows = _csv_rows(reader, header, notes)
    except csv.Error as error:
        raise FileRejected(
            file,
            "broken_csv",
            f"not readable as CSV from line {reader.line_num} on ({error}); fetch it again",
        ) from error
    columns: dict[str, Cells] = {name: [row[index] for row in kept] for index, name in enumerate(names)}
    return SourceRows(names, columns, row_numbers, n_rows)


def _csv_rows(reader: CsvReader, header: list[str], notes: Notes) -> tuple[list[list[str]], list[int], int]:
    kept: list[list[str]] = []
    row_numbers: list[int] = []
    row_number = 0
    width = len(header)
    line = reader.line_num
    for row in reader:
        first_line, line = line + 1, reader.line_num
        if len(row) <= 1 and not "".join(row).strip():
            notes.counts["blank_lines"] += 1
            continue
        row_number += 1
        if len(row) != width:
            reason = f"{len(row)} cells where the header has {width}, in lines {first_line} to {line}"
            notes.reject(row_number, "cell_count", reason, row)
        elif row == header:
            notes.reject(row_number, "repeated_header", "the header line again", row)
        else:
            kept.append(row)
            row_numbers.append(row_number)
    return kept, row_numbers, row_number


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first line into most cells; a comma where none cuts."""
    first = LINE_END.split(text.lstrip(), maxsplit=1)[0]
    return max(DELIMITERS, key=lambda delimiter: len(next(csv.reader([first], delimiter=delimiter), [])))


def _distinct(names: list[str], counts: Counter[str]) -> tuple[str, ...]:
    """Header cells made distinct: a blank one becomes ``column_<n>``, a repeated one gets its position."""
    found: list[str] = []
    for position, name in enumerate(names, start=1):
        if not name or name in found:
            counts["header_blank_or_repeated"] += 1
            name = f"{name or 'column'}_{position}"
            while name in found:
                name += "_"
        found.append(name)
    return tuple(found)


def _read_jsonl(text: str, file: str, notes: Notes) -> SourceRows:
    kept: list[dict[str, Any]] = []
    row_numbers: list[int] = []
    names: dict[str, None] = {}
    row_number = 0
    # Only "\n" ends a JSON line: U+2028 and its kin occur inside texts.
    for line in text.removesuffix("\n").split("\n"):
        if not line.strip():
            notes.counts["blank_lines"] += 1
            continue
        row_number += 1
        row = _json_object(line, row_number, notes)
        if row is not None:
            kept.append(row)
            row_numbers.append(row_number)
            names.update(dict.fromkeys(row))
    if row_number and not kept:
        raise FileRejected(file, "not_json", f"none of its {row_number:,} lines is a JSON object")
    columns = {name: [_as_text(row.get(name)) for row in kept] for name in names}
    if ESCAPED_SURROGATE.search(text):
        columns = {name: _without_surrogates(cells, notes.counts) for name, cells in columns.items()}
    return SourceRows(tuple(names), columns, row_numbers, row_number)


def _json_object(line: str, row_number: int, notes: Notes) -> dict[str, Any] | None:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        notes.reject(row_number, "not_json", f"not JSON ({error})", line)
        return None
    if not isinstance(row, dict):
        notes.reject(row_number, "not_json", f"a JSON {type(row).__name__}, not an object", line)
        return None
    return row


def _as_text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if type(value) is int:
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def _without_surrogates(cells: Cells, counts: Counter[str]) -> Cells:
    """Half a character, escaped in JSON, has no UTF-8 form and would stop the write."""
    found: Cells = []
    for cell in cells:
        if cell is not None and LONE_SURROGATE.search(cell):
            cell, n_replaced = LONE_SURROGATE.subn("\ufffd", cell)
            counts["lone_surrogates_replaced"] += n_replaced
        found.append(cell)
    return found


def _read_parquet(data: bytes, file: str) -> SourceRows:
    try:
        table = pq.read_table(pa.BufferReader(data))
        names = tuple(table.column_names)
        columns = {name: _arrow_text(table.column(index)) for index, name in enumerate(names)}
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        first = str(error).partition("\n")[0]
        raise FileRejected(
            file, "broken_parquet", f"not readable as Parquet ({first}); fetch it again"
        ) from error
    return SourceRows(names, columns, list(range(1, table.num_rows + 1)), table.num_rows)


def _arrow_text(column: pa.ChunkedArray) -> Cells:
    if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
        return [_as_text(_plain(value)) for value in column.to_pylist()]
    cells: Cells = column.cast(pa.string()).to_pylist()
    return cells


def _plain(value: Any) -> Any:
    """Nested Parquet values as what JSON can say."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)
