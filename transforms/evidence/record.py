"""What bibliographic services print about a DOI, brought to one shape. Layouts as their documentation has them."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

RETRACTIONS = ("retraction", "removal", "withdrawal")
CONCERNS = ("expression_of_concern", "partial_retraction")
CORRECTIONS = ("correction", "corrigendum", "erratum", "addendum")
MARKED_TITLE = re.compile(r"^\W*(retracted|withdrawn|removed)\b", re.IGNORECASE)
"""Publishers put the word before the title of a retracted work."""

DOI_FORM = re.compile(r"10\.\d{4,9}/\S+")

WATCH_COLUMNS = ("OriginalPaperDOI", "RetractionDOI", "RetractionDate", "RetractionNature")
WATCH_DAYS = ("%m/%d/%Y %H:%M", "%m/%d/%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")


class RecordFault(ValueError):
    """An answer that is not shaped as the service documents it."""


@dataclass(frozen=True)
class Record:
    """One service's word on one DOI. ``known`` is False where it has no record of it."""

    doi: str
    known: bool = True
    title: str | None = None
    year: int | None = None
    retracted: bool = False
    concern: bool = False
    corrected: bool = False
    published_as: str | None = None
    notice_doi: str | None = None


@dataclass(frozen=True)
class Watch:
    """The Retraction Watch file: what it says of the DOIs asked for, and how many rows it has."""

    records: dict[str, Record]
    n_rows: int


def plain_doi(text: str) -> str | None:
    """The DOI in a text, lower case and without an address; None where there is none."""
    found = DOI_FORM.search(text.strip().lower())
    return found[0] if found else None


def crossref_record(doi: str, body: bytes) -> Record:
    """Crossref ``works/{doi}``. Raises RecordFault."""
    message = _object(body, "message")
    try:
        return _crossref_record(doi, message)
    except (AttributeError, TypeError, KeyError, IndexError) as error:
        raise RecordFault(f"is not shaped as documented ({error})") from error


def _crossref_record(doi: str, message: Mapping[str, Any]) -> Record:
    if plain_doi(str(message.get("DOI", ""))) != doi:
        raise RecordFault(f"was asked for {doi} and answers with {message.get('DOI')!r}")
    titles = message.get("title") or []
    title = next((text for text in ([titles] if isinstance(titles, str) else titles) if text), None)
    if not isinstance(title, str | None):
        raise RecordFault(f"has a title that is no text: {title!r}")
    record = Record(doi, title=title, year=_crossref_year(message), published_as=_published_as(message, doi))
    for update in message.get("updated-by") or []:
        record = _updated(record, _kind(str(update.get("type", ""))), plain_doi(str(update.get("DOI", ""))))
    return replace(record, retracted=True) if title and MARKED_TITLE.match(title) else record


def openalex_record(doi: str, body: bytes) -> Record:
    """OpenAlex ``works/doi:{doi}``. Raises RecordFault."""
    work = _object(body)
    if not isinstance(work.get("is_retracted"), bool):
        raise RecordFault("has no is_retracted")
    if plain_doi(str(work.get("doi", ""))) != doi:
        raise RecordFault(f"was asked for {doi} and answers with {work.get('doi')!r}")
    day = re.match(r"\d{4}", str(work.get("publication_date") or ""))
    return Record(
        doi,
        title=work["title"] if isinstance(work.get("title"), str) else None,
        year=int(day[0]) if day else None,
        retracted=work["is_retracted"],
    )


def watch_records(body: bytes, dois: Iterable[str]) -> Watch:
    """Retraction Watch's CSV: a DOI's rows in the order of their days, so that a reinstatement undoes a retraction.

    Raises RecordFault for a file without its columns or with a day that cannot be read.
    """
    text = body.decode("utf-8-sig", errors="replace")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [name for name in WATCH_COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise RecordFault(f"has no column {', '.join(missing)}; its first line starts {first[:120]!r}")
    wanted = {doi: Record(doi, known=False) for doi in dois}
    rows: list[tuple[date, str, str, str | None]] = []
    n_rows = 0
    try:
        for row in reader:
            n_rows += 1
            doi = plain_doi(row["OriginalPaperDOI"] or "")
            if doi in wanted:
                day = _watch_day(row["RetractionDate"] or "")
                rows.append((day, doi, row["RetractionNature"] or "", plain_doi(row["RetractionDOI"] or "")))
    except csv.Error as error:
        raise RecordFault(f"is no CSV after row {n_rows}: {error}") from error
    for _, doi, nature, notice in sorted(rows, key=lambda row: row[:3]):
        wanted[doi] = _updated(replace(wanted[doi], known=True), _kind(nature), notice)
    return Watch(wanted, n_rows)


def _kind(text: str) -> str:
    """A kind of notice, however it is spelt: ``Expression of concern`` is ``expression_of_concern``."""
    return re.sub(r"[\s_-]+", "_", text.strip().lower())


def _updated(record: Record, kind: str, notice: str | None) -> Record:
    if kind in RETRACTIONS:
        return replace(record, retracted=True, notice_doi=notice)
    if kind in CONCERNS:
        return replace(record, concern=True, notice_doi=record.notice_doi or notice)
    if kind in CORRECTIONS:
        return replace(record, corrected=True, notice_doi=record.notice_doi or notice)
    if kind == "reinstatement":
        return replace(record, retracted=False, concern=False, notice_doi=notice)
    return record


def _object(body: bytes, field: str | None = None) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except ValueError as error:
        raise RecordFault(f"is no JSON ({error})") from error
    found = value.get(field) if field and isinstance(value, dict) else value
    if not isinstance(found, dict):
        raise RecordFault(f"is no object with {field or 'fields'}")
    return found


def _crossref_year(message: Mapping[str, Any]) -> int | None:
    """Year of issue; ``date-parts`` may be ``[[null]]``."""
    parts = ((message.get("issued") or {}).get("date-parts") or [[None]])[0]
    year = parts[0] if parts else None
    return year if isinstance(year, int) else None


def _published_as(message: Mapping[str, Any], doi: str) -> str | None:
    entries = (message.get("relation") or {}).get("is-preprint-of") or []
    dois = sorted({plain_doi(str(entry.get("id", ""))) or "" for entry in entries} - {"", doi})
    return dois[0] if dois else None


def _watch_day(text: str) -> date:
    for form in WATCH_DAYS:
        try:
            return datetime.strptime(text.strip(), form).date()  # a day, in no zone
        except ValueError:
            continue
    raise RecordFault(f"has a day that cannot be read: {text!r}")
