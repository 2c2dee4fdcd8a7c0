"""Adverts read in batches: language, employer, roles and mentions of each."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from schemas.core_mention import CoreMention
from schemas.core_reading import CoreReading
from schemas.core_reading_role import CoreReadingRole
from schemas.derive import arrow_schema
from transforms.employer import employer_key
from transforms.fact import Facts, RoleFacts, fact_columns, level_and_pay_columns, read_facts, read_role_facts
from transforms.header import Header, read_header
from transforms.language import language, other_language
from transforms.lexicon import Lexicon, compile_lexicon, normalise
from transforms.mention import Mention, mentions
from transforms.role import RoleRules, compile_roles
from transforms.role_part import Part, all_roles, role_parts
from transforms.section import sections
from transforms.text import clean

ENGLISH = "en"


@dataclass(frozen=True)
class Reader:
    """What reading needs, compiled. Not picklable: each worker process builds its own."""

    lexicons: Mapping[str, Lexicon]
    role_rules: RoleRules

    @property
    def lexicon(self) -> Lexicon:
        """The English one."""
        return self.lexicons[ENGLISH]


def build_reader(
    surfaces: Sequence[dict[str, Any]],
    ambiguous: Sequence[dict[str, str]],
    occupations: Sequence[Mapping[str, str]],
) -> Reader:
    """Returns a reader of core_skill_surface rows and the rows of two config files.

    Raises LexiconFault or RoleFault listing the rows that don't compile.
    """
    by_language: dict[str, list[dict[str, Any]]] = {ENGLISH: []}
    for row in surfaces:
        by_language.setdefault(row.get("language_code", ENGLISH), []).append(row)
    lexicons = {
        # The rows of config/ambiguous_terms.csv speak of own names, which every lexicon holds, and of English.
        code: compile_lexicon(rows, ambiguous if code == ENGLISH else _of_names(ambiguous, rows))
        for code, rows in sorted(by_language.items())
    }
    return Reader(lexicons, compile_roles(occupations))


def _of_names(
    ambiguous: Sequence[dict[str, str]], surfaces: Sequence[dict[str, Any]]
) -> list[dict[str, str]]:
    names = {row["surface"] for row in surfaces if row["surface_kind"] == "alias"}
    return [row for row in ambiguous if normalise(row["surface"]) in names]


@dataclass(frozen=True)
class Reading:
    """What one advert says: language, employer, roles, facts and mentions."""

    language: str
    n_characters: int
    employer_name: str | None
    employer_key: str
    role_slugs: tuple[str, ...]
    facts: Facts
    mentions: tuple[Mention, ...]
    parts: tuple[Part, ...] = ()
    """Parts that speak of one job each, in order; none where the text does not separate jobs."""
    role_facts: Mapping[str, RoleFacts] = field(default_factory=dict)
    """Facts of each role that has a part of its own, by slug."""


@dataclass(frozen=True)
class ReadBatch:
    """Frames of one batch by the name of their table, each sorted by its primary key."""

    core_reading: pa.Table
    core_reading_role: pa.Table
    core_mention: pa.Table


def read(
    reader: Reader, title: str | None, company: str | None, text: str | None, text_format: str
) -> Reading:
    """Returns the reading of one advert.

    A title, where the source gives one, names the roles and the header is empty; without it employer
    and roles come from the first line of the text. Text in a language without a lexicon has no mentions.
    """
    cleaned = clean(text, text_format)
    has_title = bool(title and title.strip())
    header = Header(None, (), 0) if has_title else read_header(cleaned)
    employer = (company or "").strip() or header.employer
    key = employer_key(employer)
    titles: tuple[str, ...] = (clean(title, "plain"),) if has_title else header.titles
    tongue = language(cleaned)
    if tongue == "other" and len(reader.lexicons) > 1:
        code = other_language(cleaned)
        tongue = code if code in reader.lexicons else tongue
    # Too short to tell ("Go, Rust, Lua"): names are the same everywhere.
    lexicon = reader.lexicons.get(ENGLISH if tongue == "none" else tongue)
    found: list[Mention] = []
    if lexicon:
        found = mentions(
            cleaned,
            lexicon,
            sections(cleaned),
            employer_key=key,
            header_end=header.end,
            employer_span=(header.employer_start, header.employer_end),
        )
    # A source that gives a title gives one job's.
    parts = [] if has_title else role_parts(cleaned, header.end, reader.role_rules)
    return Reading(
        tongue,
        len(cleaned),
        employer or None,
        key,
        all_roles(titles, parts, reader.role_rules),
        read_facts(cleaned, titles, header.end),
        tuple(found),
        tuple(parts),
        read_role_facts(cleaned, header.end, parts),
    )


def part_of(parts: Sequence[Part], start: int) -> str:
    """The role in whose part of the text an offset stands, `other` in that of no one role, empty in none."""
    number = bisect_right(parts, start, key=lambda part: part.start) - 1
    return parts[number].role if number >= 0 and start < parts[number].end else ""


_MENTION_COLUMNS = (
    "start_offset", "end_offset", "skill_id", "surface", "section", "requirement", "negated", "accepted",
    "rule",
)  # fmt: skip


def read_batch(reader: Reader, reader_version: str, batch: pa.Table) -> ReadBatch:
    """Returns core_reading, core_reading_role and core_mention of a batch, each sorted by its primary key.

    ``batch`` has one row per posting version with posting_version, title, company, text and
    text_format. Raises ValueError for a text format outside vocabulary.TEXT_FORMATS.
    """
    rows = sorted(
        batch.select(["posting_version", "title", "company", "text", "text_format"]).to_pylist(),
        key=lambda row: str(row["posting_version"]),
    )
    readings: list[dict[str, Any]] = []
    reading_roles: list[dict[str, Any]] = []
    found: dict[str, list[Any]] = {
        name: [] for name in ("posting_version", "reader_version", *_MENTION_COLUMNS, "role_part")
    }
    for row in rows:
        reading = read(reader, row["title"], row["company"], row["text"], row["text_format"])
        key = {"posting_version": row["posting_version"], "reader_version": reader_version}
        readings.append(key | _reading_columns(reading))
        reading_roles += [
            key | _role_columns(role, facts) for role, facts in sorted(reading.role_facts.items())
        ]
        for mention in reading.mentions:
            part = part_of(reading.parts, mention.start)
            values = (row["posting_version"], reader_version, *mention, part)
            for column, value in zip(found.values(), values, strict=True):
                column.append(value)
    return ReadBatch(
        pa.Table.from_pylist(readings, schema=arrow_schema(CoreReading)),
        pa.Table.from_pylist(reading_roles, schema=arrow_schema(CoreReadingRole)),
        pa.Table.from_pydict(found, schema=arrow_schema(CoreMention)),
    )


def _reading_columns(reading: Reading) -> dict[str, Any]:
    return {
        "language": reading.language,
        "n_characters": reading.n_characters,
        "employer_name": reading.employer_name,
        "employer_key": reading.employer_key,
        "role_slugs": reading.role_slugs,
        **fact_columns(reading.facts),
        "n_candidates": len(reading.mentions),
        "n_mentions": sum(mention.accepted for mention in reading.mentions),
    }


def _role_columns(role: str, facts: RoleFacts) -> dict[str, Any]:
    return {
        "occupation": role,
        "part_start": facts.parts[0].start,
        "part_end": facts.parts[0].end,
        "n_parts": len(facts.parts),
        **level_and_pay_columns(facts.level, facts.pay),
    }
