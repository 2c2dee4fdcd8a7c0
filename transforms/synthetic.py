"""The embedded synthetic labour market: drop folders as bytes, and the truth behind them.

A seed fixes everything. Nothing in it says anything about a real labour market; every manifest says
``"synthetic": true`` and every advert says so in its text.
"""

import csv
import datetime as dt
import gzip
import hashlib
import html
import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from transforms import synthetic_adverts, synthetic_taxonomy
from transforms.synthetic_labour import AGENCY, BOARD, FORUM, MONTHS, Advert, adverts
from transforms.synthetic_roles import ROLES

DEFAULT_SEED = 20260630
DEFAULT_POSTINGS = 2000
RETRIEVED_ON = "2026-07-01"
RELEASE = "2025-05..2026-06"
LICENCE = "CC0-1.0 (synthetic)"
ORIGIN = "made by transforms/synthetic.py; says nothing about any real labour market"
FIXED_TIME = (2026, 7, 1, 0, 0, 0)
FIRST_FORUM_ID = 90_000_001

BOARD_HEADER = (
    *("job_ref", "job_title", "employer", "city", "description", "posted", "salary_min", "salary_max"),
    *("salary_period", "level", "contract", "sector"),
)
BROKEN_ROW = "SB-BROKEN,a row with three cells,only\r\n"
"""Cannot be read: its number of cells is wrong. It is in no truth table."""

Files = dict[str, bytes]


@dataclass(frozen=True)
class PostingTruth:
    """What is true of one posting row, whatever a reader makes of it.

    ``roles`` and ``skills`` are sorted slugs; postings of one ``family`` are one advert. ``language`` is
    "other" where no lexicon exists and "none" without text (then ``skills`` is empty). ``traps`` names
    what was planted.
    """

    source_id: str
    source_posting_key: str
    employer: str
    roles: tuple[str, ...]
    skills: tuple[str, ...]
    required: tuple[str, ...]
    preferred: tuple[str, ...]
    negated: tuple[str, ...]
    family: str
    language: str
    first_seen_on: dt.date | None
    traps: tuple[str, ...]


@dataclass(frozen=True)
class TruthTables:
    """One row per readable posting, and the share of adverts of a role that ask for a skill."""

    postings: tuple[PostingTruth, ...]
    shares: Mapping[tuple[str, str], float]


def market(seed: int = DEFAULT_SEED, *, n_postings: int = DEFAULT_POSTINGS) -> Files:
    """Relative path -> bytes of a tree of drop folders, each with its manifest.json.

    Two O*NET-shaped releases, an ESCO-shaped package, a crosswalk between them and ``n_postings`` adverts
    in three sources (the board has one row more, which is broken). The same seed and size give the same bytes.
    """
    keyed = _keyed(seed, n_postings)
    tree: Files = {}
    for release in ("29.0", "29.2"):
        members = synthetic_taxonomy.onet_members(release)
        name = f"db_{release.replace('.', '_')}_text.zip"
        tree |= _drop(f"onet/{release}", "onet", "synthetic_onet", release, {name: _zip(members)})
    package = {"synthetic - v1.2.0 - classification - en - csv.zip": _zip(synthetic_taxonomy.esco_members())}
    tree |= _drop("esco/1.2.0", "esco", "synthetic_esco", "1.2.0", package, language="en")
    pairs = {"synthetic_crosswalk.csv": synthetic_taxonomy.crosswalk_file()}
    tree |= _drop("crosswalk/1.2.0", "crosswalk", "synthetic_esco_onet", "2025-01", pairs)
    for source, (files, layout) in {
        FORUM: (_forum_files(keyed[FORUM]), FORUM_LAYOUT),
        BOARD: ({"board.csv.gz": _gzip(_board_csv(keyed[BOARD]))}, BOARD_LAYOUT),
        AGENCY: ({"agency.parquet": _agency_parquet(keyed[AGENCY])}, AGENCY_LAYOUT),
    }.items():
        tree |= _drop(
            f"postings/{source}", "postings", source, RELEASE, files, language="en", postings=layout
        )
    return dict(sorted(tree.items()))


def truth(seed: int = DEFAULT_SEED, *, n_postings: int = DEFAULT_POSTINGS) -> TruthTables:
    """The truth behind ``market`` of the same seed and size."""
    rows = []
    for source, listed in sorted(_keyed(seed, n_postings).items()):
        for key, advert in listed:
            rows.append(
                PostingTruth(
                    source_id=source,
                    source_posting_key=key,
                    employer=advert.employer,
                    roles=advert.roles,
                    skills=advert.skills,
                    required=tuple(sorted(advert.required)),
                    preferred=tuple(sorted(advert.preferred)),
                    negated=advert.negated,
                    family=advert.family,
                    language=advert.language,
                    first_seen_on=advert.posted_on,
                    traps=advert.traps,
                )
            )
    shares = {(slug, skill): share for slug, role in ROLES.items() for skill, share in role.shares.items()}
    return TruthTables(tuple(rows), dict(sorted(shares.items())))


FORUM_LAYOUT = {
    "format": "jsonl.gz",
    "encoding": "utf-8",
    "text_format": "html",
    "timezone": "UTC",
    "columns": {"id": "id", "text": "text", "posted_at": "created_at", "posted_month": "thread_month"},
    "note": "company, title and place stand in the first line; created_at is missing in the first month",
}
BOARD_LAYOUT = {
    "format": "csv.gz",
    "encoding": "utf-8",
    "text_format": "plain",
    "country": "US",
    "currency": "USD",
    "pay_kind": "structured",
    "columns": {
        "id": "job_ref",
        "title": "job_title",
        "company": "employer",
        "place": "city",
        "text": "description",
        "posted_on": "posted",
        "pay_min": "salary_min",
        "pay_max": "salary_max",
        "pay_period": "salary_period",
        "seniority": "level",
        "employment_type": "contract",
        "industry": "sector",
    },
    "note": "a byte order mark, -1 for unknown pay, one damaged cell, one broken row, one row without a date",
}
AGENCY_LAYOUT = {
    "format": "parquet",
    "text_format": "escaped_html",
    "country": "US",
    "columns": {
        "id": "ref",
        "title": "role_title",
        "company": "client",
        "place": "location",
        "text": "body",
        "posted_on": "published",
    },
}


def _keyed(seed: int, n_postings: int) -> dict[str, list[tuple[str, Advert]]]:
    """Adverts by source with the key the source gives them, in the source's order."""
    found: dict[str, list[tuple[str, Advert]]] = {FORUM: [], BOARD: [], AGENCY: []}
    for advert in adverts(seed, n_postings):
        listed = found[advert.source_id]
        number = len(listed)
        key = {
            FORUM: str(FIRST_FORUM_ID + number),
            BOARD: f"SB-{number + 1:06d}",
            AGENCY: f"SA-{number + 1:06d}",
        }[advert.source_id]
        listed.append((key, advert))
    return found


def _forum_files(keyed: Sequence[tuple[str, Advert]]) -> Files:
    """One jsonl.gz per month in the shape of a forum's monthly thread."""
    by_month: dict[str, list[str]] = defaultdict(list)
    for number, (key, advert) in enumerate(keyed):
        assert advert.posted_on is not None  # only the board has a row without a date
        month = f"{advert.posted_on:%Y-%m}"
        clock = f"T{8 + number % 10:02d}:{number % 60:02d}:00Z"
        row = {
            "id": int(key),
            "parent_id": None,
            "thread_month": month,
            "created_at": None if month == f"{MONTHS[0]:%Y-%m}" else advert.posted_on.isoformat() + clock,
            "text": synthetic_adverts.forum_html(advert),
        }
        by_month[month].append(json.dumps(row, ensure_ascii=False))
    return {
        f"{month}.jsonl.gz": _gzip(("\n".join(lines) + "\n").encode()) for month, lines in by_month.items()
    }


def _board_csv(keyed: Sequence[tuple[str, Advert]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(BOARD_HEADER)
    damaged = next((key for key, advert in keyed if advert.city == "München"), None)
    for number, (key, advert) in enumerate(keyed):
        if number == len(keyed) // 2:
            out.write(BROKEN_ROW)
        city = advert.city.encode().decode("cp1252") if key == damaged else advert.city
        posted = advert.posted_on.isoformat() if advert.posted_on else ""
        start = advert.title.split()[0]
        level = start if start in ("Senior", "Junior") else ""
        pay = ("-1", "-1", "year") if number % 3 else _pay(number, level)
        text = synthetic_adverts.plain(advert)
        writer.writerow(
            (key, advert.title, advert.employer, city, text, posted, *pay, level, "Full-time", "Synthetic")
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _pay(number: int, level: str) -> tuple[str, str, str]:
    """Yearly pay, lower and upper end; of no meaning beyond its shape."""
    low = 60_000 + 1_000 * (number % 30) + {"Senior": 25_000, "Junior": -15_000}.get(level, 0)
    return str(low), str(low + 20_000), "year"


def _agency_parquet(keyed: Sequence[tuple[str, Advert]]) -> bytes:
    columns: dict[str, Any] = {
        "ref": pa.array([key for key, _ in keyed], pa.string()),
        "role_title": pa.array([advert.title for _, advert in keyed], pa.string()),
        "client": pa.array([advert.employer for _, advert in keyed], pa.string()),
        "location": pa.array([advert.city for _, advert in keyed], pa.string()),
        "body": pa.array(
            [html.escape(synthetic_adverts.page_html(advert)) for _, advert in keyed], pa.string()
        ),
        "published": pa.array([advert.posted_on for _, advert in keyed], pa.date32()),
    }
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, compression="zstd")
    return out.getvalue()


def _drop(folder: str, kind: str, source: str, release: str, files: Files, **more: object) -> Files:
    """A drop folder: the files and a manifest that lists them."""
    manifest = {
        "manifest_version": 1,
        "kind": kind,
        "source": source,
        "release": release,
        "synthetic": True,
        "licence": LICENCE,
        "terms_class": "open",
        "publisher": "skillweights (synthetic)",
        "origin": ORIGIN,
        **more,
        "retrieved_on": RETRIEVED_ON,
        "files": [
            {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    return {f"{folder}/manifest.json": text.encode()} | {
        f"{folder}/{name}": data for name, data in files.items()
    }


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=6, mtime=0)


def _zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in sorted(members.items()):
            entry = zipfile.ZipInfo(name, FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            archive.writestr(entry, data)
    return out.getvalue()
