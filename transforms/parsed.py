"""What an adapter hands back: rows in a declared schema, what it refused, and what it counted."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.table import Table

ROW_REJECTED = "row_rejected"
FIELD_EMPTIED = "field_emptied"
FILE_REJECTED = "file_rejected"

MAX_LISTED = 1000
"""Emptied fields listed one by one, per rule and file; the counts always hold all of them."""


class FileRejected(ValueError):
    """A posting file can't be read at all; the night goes on without it."""

    def __init__(self, file: str, rule: str, reason: str) -> None:
        """``file`` as the drop names it, ``rule`` a short name, ``reason`` what is wrong and what to do."""
        super().__init__(f"{file}: {reason}")
        self.file = file
        self.rule = rule
        self.reason = reason


class UnknownLayout(ValueError):
    """A taxonomy release isn't laid out as its adapter knows it: nothing is loaded, the night fails."""


class NotLoadable(ValueError):
    """A release that is known to lack what a load needs: landed, reported as not loaded."""


@dataclass(frozen=True)
class Rejection:
    """One rejected row or emptied field.

    ``action`` is one of vocabulary.QUARANTINE_ACTIONS; ``row_json`` is the row as read, for replay.
    """

    row_number: int
    rule: str
    reason: str
    action: str
    row_json: str | None


@dataclass(frozen=True)
class ParsedTable:
    """Rows of one file or archive member.

    ``n_rows_in`` = ``table.num_rows`` + ``n_rows_rejected``; blank lines are no rows and stand in
    ``counts``. ``counts`` maps what was noticed or mended to how often.
    """

    table: pa.Table
    rejections: list[Rejection]
    counts: dict[str, int]
    n_rows_in: int

    @property
    def n_rows_rejected(self) -> int:
        """Rows that didn't make it into the table; emptied fields are no rejected rows."""
        return sum(rejection.action == ROW_REJECTED for rejection in self.rejections)


@dataclass
class Notes:
    """Collects rejections and counts while a file is read."""

    rejections: list[Rejection] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def reject(self, row_number: int, rule: str, reason: str, row: object) -> None:
        """Reject a row; counted as ``row_rejected:<rule>``."""
        self.counts[f"row_rejected:{rule}"] += 1
        self.rejections.append(Rejection(row_number, rule, reason, ROW_REJECTED, row_as_json(row)))

    def empty_field(self, row_number: int, name: str, rule: str, reason: str, value: str) -> None:
        """Empty one field of a row and say so; the row stays."""
        key = f"{rule}:{name}"
        self.counts[key] += 1
        if self.counts[key] <= MAX_LISTED:
            self.rejections.append(
                Rejection(row_number, key, reason, FIELD_EMPTIED, row_as_json({name: value}))
            )


def row_as_json(row: object) -> str:
    """The row as JSON text; what JSON has no form for becomes text, and half characters a question mark."""
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace").decode()


def table_of(table: type[Table], columns: Mapping[str, Iterable[Any] | pa.Array]) -> pa.Table:
    """Columns as an Arrow table in the declared schema. Raises KeyError for a column left out."""
    schema = arrow_schema(table)
    arrays = []
    for name in schema.names:
        values = columns[name]
        is_array = isinstance(values, pa.Array | pa.ChunkedArray)
        arrays.append(values if is_array else pa.array(values, type=schema.field(name).type))
    return pa.Table.from_arrays(arrays, schema=schema)
