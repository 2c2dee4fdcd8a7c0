"""The three bibliographic services: which address gives what, asked for one DOI after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from flows.fetch.client import MIB, Answer, Client, require_http
from flows.fetch.fault import FetchFault, Unreachable
from transforms.evidence.record import (
    Record,
    RecordFault,
    crossref_record,
    openalex_record,
    watch_records,
)

CROSSREF = "https://api.crossref.org"
OPENALEX = "https://api.openalex.org"
RETRACTION_WATCH = (
    "https://gitlab.com/crossref/retraction-watch-data/-/raw/main/retraction_watch.csv?ref_type=heads"
)
JSON = ("application/json", "application/vnd.crossref-api-message+json")
CSV = ("text/csv", "text/plain", "application/octet-stream", "application/csv")

WATCH_MAX_BYTES = 256 * MIB
"""The file had about 60 MB in 2026."""

NO_RECORD = b"no record: status 404"


@dataclass
class Round:
    """What one service said: records with the body each was read from, and what went wrong on the way."""

    told_by: str
    records: list[tuple[Record, bytes]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    n_rows: int | None = None
    """Rows of a file that is had whole; a file that lost rows is not believed."""


def ask_crossref(client: Client, dois: Sequence[str], base_url: str = CROSSREF) -> Round:
    """``works/{doi}`` for each DOI."""
    base = require_http(base_url)
    return _one_by_one(
        Round("crossref"),
        dois,
        lambda doi: client.get(f"{base}/works/{quote(doi, safe='')}", media_types=JSON),
        crossref_record,
    )


def ask_openalex(client: Client, dois: Sequence[str], key: str, base_url: str = OPENALEX) -> Round:
    """``works/doi:{doi}`` for each DOI, with the key the service wants; a cross-check only."""
    base = require_http(base_url)
    return _one_by_one(
        Round("openalex"),
        dois,
        lambda doi: client.get(
            f"{base}/works/doi:{quote(doi, safe='/')}", secret={"api_key": key}, media_types=JSON
        ),
        openalex_record,
    )


def ask_retraction_watch(
    client: Client, dois: Sequence[str], url: str = RETRACTION_WATCH, rows_before: int = 0
) -> Round:
    """The whole CSV file, read for the DOIs. A file with far fewer rows than ``rows_before`` is refused."""
    found = Round("retraction_watch")
    try:
        answer = client.get(require_http(url), media_types=CSV, max_bytes=WATCH_MAX_BYTES)
        if answer is None:
            raise FetchFault(f"{url}: nothing there (status 404)")
        watch = watch_records(answer.body, dois)
    except (FetchFault, RecordFault) as fault:
        found.faults.append(_told(found, fault))
        return found
    if watch.n_rows == 0 or watch.n_rows < 0.9 * rows_before:
        found.faults.append(
            f"retraction_watch: the file has {watch.n_rows} rows, it had {rows_before}: cut short, not used"
        )
        return found
    found.n_rows = watch.n_rows
    found.records = [(watch.records[doi], answer.body) for doi in dois]
    return found


def _one_by_one(
    found: Round,
    dois: Sequence[str],
    ask: Callable[[str], Answer | None],
    read: Callable[[str, bytes], Record],
) -> Round:
    """Every DOI's record. A DOI that fails is told and left out; a service that is gone is not asked on."""
    for doi in dois:
        try:
            answer = ask(doi)
            record = read(doi, answer.body) if answer else Record(doi, known=False)
        except Unreachable as fault:
            found.faults.append(_told(found, fault))
            break
        except (FetchFault, RecordFault) as fault:
            found.faults.append(f"{_told(found, fault)} [{doi}]")
            continue
        found.records.append((record, answer.body if answer else NO_RECORD))
    return found


def _told(found: Round, fault: Exception) -> str:
    return f"{found.told_by}: {fault}"
