"""Drop manifests: what a folder of data files says about itself."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from schemas import vocabulary
from schemas.columns import SHA256
from transforms.manifest_reader import ManifestReader

MANIFEST_VERSION = 1
POSTING_FORMATS = ("csv.gz", "csv", "jsonl.gz", "jsonl", "parquet")

POSTING_FIELDS = (
    "id",
    "title",
    "company",
    "place",
    "text",
    "posted_on",
    "posted_at",
    "posted_month",
    "posted_relative",
    "closes_on",
    "first_seen",
    "last_seen",
    "status",
    "pay",
    "pay_min",
    "pay_max",
    "pay_period",
    "seniority",
    "employment_type",
    "industry",
)
"""Our names for what a posting file may hold."""

MISSING = object()


class ManifestFault(ValueError):
    """A manifest breaks its rules; ``faults`` lists every one of them."""

    def __init__(self, where: str, faults: list[str]) -> None:
        """``where`` names the manifest, ``faults`` are sentences without a full stop."""
        lines = "\n".join(f"  - {fault}" for fault in faults)
        super().__init__(f"{where}: this drop is refused; mend its manifest.json:\n{lines}")
        self.where = where
        self.faults = faults


@dataclass(frozen=True)
class DropFile:
    """One data file of a drop; ``path`` is relative to the drop's folder and never leaves it."""

    path: str
    bytes: int | None
    sha256: str


@dataclass(frozen=True)
class PostingFormat:
    """How the posting files of a drop are laid out; what the manifest leaves out is None or empty.

    ``columns`` maps our field to their column or columns (joined with a blank line), in order.
    """

    format: str | None = None
    encoding: str | None = None
    text_format: str | None = None
    country: str | None = None
    currency: str | None = None
    pay_kind: str | None = None
    posted_before: dt.date | None = None
    rows: int | None = None
    snapshot_per_file: bool = False
    timezone: str | None = None
    note: str | None = None
    source_group: str | None = None
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Manifest:
    """A drop's manifest, checked. ``terms_note`` says why ``terms_class`` isn't the one it claims."""

    where: str
    kind: str
    source: str
    release: str
    licence: str
    terms_class: str
    files: tuple[DropFile, ...]
    terms_note: str | None = None
    origin: str | None = None
    publisher: str | None = None
    language: str | None = None
    retrieved_on: dt.date | None = None
    synthetic: bool = False
    postings: PostingFormat | None = None


def parse_manifest(data: bytes, *, where: str) -> Manifest:
    """The manifest in ``data``; ``where`` names it in messages. Raises ManifestFault with all faults at once.

    Keys it doesn't know are ignored. A licence that says "none stated" makes the drop ``local``
    whatever class it claims (contract section 5), and ``terms_note`` says so.
    """
    content = _json_object(data, where)
    reader = ManifestReader(content, [])
    _check_version(reader)
    licence = reader.text("licence")
    if not licence:
        reader.faults.append(
            "no licence: a drop without a licence line is refused; add `licence`, the words of the source, "
            'or "none stated" for data that may only be used locally'
        )
    kind = reader.choice("kind", vocabulary.DROP_KINDS, required=True)
    terms_class, terms_note = _terms(reader, licence or "")
    manifest = Manifest(
        where=where,
        kind=kind or "",
        source=reader.text("source", required=True) or "",
        release=_release(reader),
        licence=licence or "",
        terms_class=terms_class,
        terms_note=terms_note,
        files=_files(reader),
        origin=reader.text("origin"),
        publisher=reader.text("publisher"),
        language=reader.text("language"),
        retrieved_on=reader.day("retrieved_on"),
        synthetic=reader.flag("synthetic"),
        postings=_posting_format(reader) if kind == "postings" else None,
    )
    if reader.faults:
        raise ManifestFault(where, reader.faults)
    return manifest


def _json_object(data: bytes, where: str) -> Mapping[str, Any]:
    try:
        content = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ManifestFault(where, [f"not UTF-8 text ({error}): save it as UTF-8"]) from error
    except (ValueError, RecursionError) as error:  # also numbers too long and lists too deep
        raise ManifestFault(where, [f"not JSON ({error})"]) from error
    if not isinstance(content, dict):
        raise ManifestFault(where, [f"a JSON {type(content).__name__}: write one object {{...}}"])
    return content


def _check_version(reader: ManifestReader) -> None:
    version = reader.content.get("manifest_version", MISSING)
    if version is MISSING:
        reader.faults.append(f"no `manifest_version`: add it, this program reads {MANIFEST_VERSION}")
    elif isinstance(version, bool) or version != MANIFEST_VERSION:
        reader.faults.append(
            f"unknown `manifest_version` {version!r}: this program reads {MANIFEST_VERSION}; take a newer "
            "program or write the manifest in that version"
        )


def _release(reader: ManifestReader) -> str:
    value = reader.content.get("release")
    if isinstance(value, int | float) and not isinstance(value, bool):
        reader.faults.append(
            f'`release` is the number {value}: put it in quotes ("{value}"), or 30.10 and 30.1 are one'
        )
        return ""
    return reader.text("release", required=True) or ""


def _terms(reader: ManifestReader, licence: str) -> tuple[str, str | None]:
    none_stated = licence.casefold().startswith("none stated")
    claimed = reader.choice("terms_class", vocabulary.TERMS_CLASSES, required=not none_stated) or "local"
    if none_stated and claimed != "local":
        note = f'licence "{licence}" states no terms: used as local, although the manifest claims {claimed}'
        return "local", note
    return claimed, None


def _files(reader: ManifestReader) -> tuple[DropFile, ...]:
    entries = reader.content.get("files")
    if not isinstance(entries, list) or not entries:
        reader.faults.append("no `files`: list every data file as {path, bytes, sha256}")
        return ()
    found: dict[str, DropFile] = {}
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            reader.faults.append(f"files[{number}] is no object: write {{path, bytes, sha256}}")
            continue
        sub = ManifestReader(entry, reader.faults, f"files[{number}].")
        path = sub.text("path", required=True)
        sha256 = sub.text("sha256", required=True)
        size = sub.count("bytes")
        if sha256 is not None and not re.fullmatch(SHA256, sha256):
            reader.faults.append(f"files[{number}].sha256 {sha256!r} is not 64 lower-case hexadecimal digits")
        if path is None:
            continue
        fault = _path_fault(path)
        if fault:
            reader.faults.append(f"files[{number}].path {path!r} {fault}")
        elif path in found:
            reader.faults.append(f"files[{number}].path {path!r} is listed twice")
        found[path] = DropFile(path, size, sha256 or "")
    return tuple(found.values())


def _path_fault(path: str) -> str | None:
    if "\\" in path:
        return "holds a backslash: write / between folders"
    if "\0" in path or any(ord(character) < 32 for character in path):
        return "holds a control character"
    if path.startswith("/") or re.match(r"[A-Za-z]:", path):
        return "is absolute: write it relative to the manifest's folder"
    if ".." in PurePosixPath(path).parts:
        return "leaves the drop folder with `..`"
    if PurePosixPath(path).as_posix() != path or path == ".":
        return f"is not in its plain form: write {PurePosixPath(path).as_posix()!r}"
    return None


def _posting_format(reader: ManifestReader) -> PostingFormat:
    content = reader.content.get("postings")
    if content is None:
        return PostingFormat()
    if not isinstance(content, dict):
        reader.faults.append("`postings` is no object: write {format, encoding, text_format, columns, ...}")
        return PostingFormat()
    sub = ManifestReader(content, reader.faults, "postings.")
    return PostingFormat(
        format=sub.choice("format", POSTING_FORMATS),
        encoding=_encoding(sub),
        text_format=sub.choice("text_format", vocabulary.TEXT_FORMATS),
        country=sub.match("country", r"[A-Z]{2}", "US (ISO 3166-1 alpha-2)"),
        currency=sub.match("currency", r"[A-Z]{3}", "USD (ISO 4217)"),
        pay_kind=sub.choice("pay_kind", vocabulary.PAY_KINDS),
        posted_before=sub.day("posted_before"),
        rows=sub.count("rows"),
        snapshot_per_file=sub.flag("snapshot_per_file"),
        timezone=sub.text("timezone"),
        note=sub.text("note"),
        source_group=sub.text("source_group"),
        columns=_columns(sub),
    )


def _encoding(reader: ManifestReader) -> str | None:
    value = reader.text("encoding")
    if value is None:
        return None
    try:
        "a".encode(value)
    except (LookupError, ValueError):
        reader.faults.append(f"unknown `postings.encoding` {value!r}: write e.g. utf-8, cp1252, utf-16")
        return None
    return value


def _columns(reader: ManifestReader) -> dict[str, tuple[str, ...]]:
    content = reader.content.get("columns") or {}
    if not isinstance(content, dict):
        reader.faults.append("`postings.columns` is no object: write {our field: their column}")
        return {}
    found = {}
    for name, theirs in content.items():
        listed = theirs if isinstance(theirs, list) else [theirs]
        if name not in POSTING_FIELDS:
            reader.faults.append(
                f"unknown field `postings.columns.{name}`: use one of {', '.join(POSTING_FIELDS)}"
            )
        elif not listed or not all(isinstance(column, str) for column in listed):
            reader.faults.append(
                f"`postings.columns.{name}` is {theirs!r}: name a column or a list of columns"
            )
        else:
            found[name] = tuple(listed)
    return found
