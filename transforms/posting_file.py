"""Posting files of any layout to rows of raw_posting, driven by the drop's manifest."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from schemas.raw_posting import RawPosting
from transforms import posting_cells, posting_columns
from transforms.drop import POSTING_FIELDS, Manifest, PostingFormat
from transforms.identity import posting_version
from transforms.parsed import FileRejected, Notes, ParsedTable, table_of
from transforms.posting_date import LATEST_CLOSING, Moment, read_moments
from transforms.posting_pay import read_pay
from transforms.posting_rows import Cells, SourceRows, format_of, read_rows

POSTED_FIELDS = ("posted_on", "posted_at", "first_seen")
"""Fields that name the day an advert appeared, best first."""

BASIS_OF = {"day": "posted", "month": "posted_month", "relative": "posted_relative"}
RANK_OF = {precision: rank for rank, precision in enumerate(BASIS_OF)}
MAX_STATUSES = 20

Day = dt.date | None


def parse_posting_file(data: bytes, manifest: Manifest, file: str, snapshot_sha256: str) -> ParsedTable:
    """Rows of one posting file in the raw_posting schema; ``file`` is its path in the drop.

    Every data row is in the table or in ``rejections``. Raises FileRejected where the file as a whole
    can't be used: unreadable, empty, or without a title and a text.
    """
    layout = manifest.postings or PostingFormat()
    notes = Notes()
    rows = read_rows(data, file, format_of(layout.format, file), layout.encoding, notes)
    cells = _cells(rows, layout, file, notes)
    kept = _readable(rows, cells, notes)
    cells = {name: [column[index] for index in kept] for name, column in cells.items()}
    row_numbers = [rows.row_numbers[index] for index in kept]
    columns = _columns(cells, row_numbers, manifest, layout, file, notes)
    n_rows = len(row_numbers)
    columns |= {
        "snapshot_sha256": [snapshot_sha256] * n_rows,
        "source_id": [manifest.source] * n_rows,
        "release": [manifest.release] * n_rows,
        "file": [file] * n_rows,
        "row_number": row_numbers,
    }
    _count_against_manifest(rows, manifest, layout, notes)
    return ParsedTable(table_of(RawPosting, columns), notes.rejections, dict(+notes.counts), rows.n_rows_in)


def _cells(rows: SourceRows, layout: PostingFormat, file: str, notes: Notes) -> dict[str, Cells]:
    """Cells of each of our fields, cleaned; fields the file doesn't have are all None."""
    mapping = posting_columns.map_columns(rows.names, layout.columns, file, notes.counts)
    blank: Cells = [None] * len(rows.row_numbers)
    cells = {
        name: posting_cells.field_cells(
            name,
            [rows.columns[theirs] for theirs in mapping[name]],
            notes.counts,
            headings=mapping[name] if name == "text" else (),
        )
        if name in mapping
        else blank
        for name in POSTING_FIELDS
    }
    cells["text"], said = posting_cells.read_front_matter(cells["text"], notes.counts)
    for name, values in said.items():
        cells[name] = [
            own if own is not None else value for own, value in zip(cells[name], values, strict=True)
        ]
    return cells


def _readable(rows: SourceRows, cells: dict[str, Cells], notes: Notes) -> list[int]:
    """Positions of the rows with something to read; the others are rejected."""
    kept = []
    for index, (title, text) in enumerate(zip(cells["title"], cells["text"], strict=True)):
        if title is None and text is None:
            reason = "neither a title nor a text"
            notes.reject(rows.row_numbers[index], "nothing_to_read", reason, rows.row(index))
        else:
            kept.append(index)
    return kept


def _columns(
    cells: dict[str, Cells],
    row_numbers: list[int],
    manifest: Manifest,
    layout: PostingFormat,
    file: str,
    notes: Notes,
) -> dict[str, Sequence[Any] | pa.Array]:
    companies = posting_cells.companies(cells["company"], notes.counts)
    places, countries = posting_cells.places(cells["place"], layout.country, notes.counts)
    markup = posting_cells.text_format(layout.text_format, cells["text"], notes.counts)
    first_seen, bases = _first_seen(cells, row_numbers, manifest, layout, file, notes)
    pay = read_pay(cells, row_numbers, notes, currency=layout.currency, pay_kind=layout.pay_kind)
    titles, texts = cells["title"], cells["text"]
    _count_statuses(cells["status"], notes)
    return {
        "source_posting_key": _keys(cells["id"], titles, companies, places, texts, first_seen, notes),
        "posting_version": [
            posting_version(title, company, markup, text)
            for title, company, text in zip(titles, companies, texts, strict=True)
        ],
        "title": titles,
        "company": companies,
        "place": places,
        "country": countries,
        "text": texts,
        "text_format": [markup] * len(row_numbers),
        "first_seen_on": first_seen,
        "first_seen_basis": bases,
        "last_seen_on": _last_seen(cells["last_seen"], row_numbers, manifest, layout, file, notes),
        "closes_on": _days("closes_on", cells["closes_on"], row_numbers, manifest, notes),
        "seniority_text": cells["seniority"],
        "employment_type_text": cells["employment_type"],
        "industry_text": cells["industry"],
    } | vars(pay)


def _first_seen(
    cells: dict[str, Cells],
    row_numbers: list[int],
    manifest: Manifest,
    layout: PostingFormat,
    file: str,
    notes: Notes,
) -> tuple[list[Day], list[str]]:
    """Day and basis of each row; the best basis there is, vocabulary.FIRST_SEEN_BASES."""
    moments = [
        _moments(name, cells[name], row_numbers, manifest, notes)
        for name in (*POSTED_FIELDS, "posted_month", "posted_relative")
    ]
    fallback = _fallback(manifest, layout, file)
    days: list[Day] = []
    bases: list[str] = []
    for candidates in zip(*moments, strict=True):
        present = [moment for moment in candidates if moment is not None]
        # min() keeps the first of equals: the order of the fields decides within a precision.
        best = min(present, key=lambda moment: RANK_OF[moment.precision], default=None)
        day, basis = (best.day, BASIS_OF[best.precision]) if best else fallback
        days.append(day)
        bases.append(basis)
    return days, bases


def _fallback(manifest: Manifest, layout: PostingFormat, file: str) -> tuple[Day, str]:
    """First-seen day of a row that names none: when it was collected, else the release, else nothing."""
    collected = _snapshot_day(layout, file) or layout.posted_before
    if collected:
        return collected, "collected"
    match = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", manifest.release)
    if match:
        try:
            return dt.date(int(match[1]), int(match[2]), int(match[3] or 1)), "release"
        except ValueError:
            return None, "none"
    return None, "none"


def _snapshot_day(layout: PostingFormat, file: str) -> Day:
    """The day in a file's name where each file is a snapshot of its own."""
    match = re.search(r"\d{4}-\d\d-\d\d", PurePosixPath(file).name) if layout.snapshot_per_file else None
    try:
        return dt.date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def _moments(
    field: str, cells: Cells, row_numbers: list[int], manifest: Manifest, notes: Notes
) -> list[Moment | None]:
    layout = manifest.postings or PostingFormat()
    latest = manifest.retrieved_on
    if field == "closes_on" and latest is not None:
        latest += LATEST_CLOSING
    return read_moments(
        field, cells, row_numbers, notes, country=layout.country, anchor=layout.posted_before, latest=latest
    )


def _days(field: str, cells: Cells, row_numbers: list[int], manifest: Manifest, notes: Notes) -> list[Day]:
    return [moment.day if moment else None for moment in _moments(field, cells, row_numbers, manifest, notes)]


def _last_seen(
    cells: Cells, row_numbers: list[int], manifest: Manifest, layout: PostingFormat, file: str, notes: Notes
) -> list[Day]:
    """Last-seen day; in a snapshot per file, the snapshot's day where the row names none."""
    snapshot = _snapshot_day(layout, file)
    return [day or snapshot for day in _days("last_seen", cells, row_numbers, manifest, notes)]


def _keys(
    ids: Cells, titles: Cells, companies: Cells, places: Cells, texts: Cells, days: list[Day], notes: Notes
) -> list[str]:
    """The source's id, else a hash of what makes an advert the same advert."""
    ids = posting_cells.keys_from_ids(ids, notes.counts)
    found = []
    for own, *parts in zip(ids, titles, companies, places, texts, days, strict=True):
        if own is None:
            notes.counts["id_from_content"] += 1
            own = _content_key(parts)
        found.append(own)
    return found


def _content_key(parts: Sequence[str | dt.date | None]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        encoded = b"" if part is None else str(part).encode()
        digest.update(b"%d:" % (-1 if part is None else len(encoded)) + encoded)
    return "content_" + digest.hexdigest()[:32]


def _count_statuses(cells: Cells, notes: Notes) -> None:
    statuses = {cell for cell in cells if cell is not None}
    if len(statuses) <= MAX_STATUSES:
        for cell in cells:
            if cell is not None:
                notes.counts[f"status:{cell}"] += 1


def _count_against_manifest(
    rows: SourceRows, manifest: Manifest, layout: PostingFormat, notes: Notes
) -> None:
    if layout.rows is not None and len(manifest.files) == 1 and rows.n_rows_in != layout.rows:
        notes.counts["rows_unlike_manifest"] += abs(rows.n_rows_in - layout.rows)


__all__ = ["FileRejected", "parse_posting_file"]
