"""Adverts read in batches: language, employer, roles and mentions of each."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from schemas.core_mention import CoreMention
from schemas.core_reading import CoreReading
from schemas.core_reading_role import CoreReadingRole
from schemas.derive import arrow_schema
from transforms.employer import employer_key
from transforms.fact import Facts, RoleFacts, fact_columns, level_and_pay_columns, read_facts, read_role_facts
from transforms.header import NO_HEADER, Header, read_header
from transforms.language import language, other_language
from transforms.lexicon import Lexicon, compile_lexicon, normalise
from transforms.mention import Mention, decisions
from transforms.mention_evidence import Match
from transforms.role import RoleRules, compile_roles
from transforms.role_part import Part, all_roles, role_parts
from transforms.section import Section, look_for_cues, sections
from transforms.sign import look_for_signs
from transforms.text import clean

ENGLISH = "en"

READ_TOGETHER = 128
"""Adverts that pass a stage before the next begins: its tables stay in the processor's cache, which the lexicon's
automaton else empties with every advert (1.2 times as many Hacker News adverts a second)."""

Advert = tuple[str | None, str | None, str | None, str]
"""Title, company, text and text format."""


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
    """Returns the reading of one advert: see read_many."""
    return read_many(reader, [(title, company, text, text_format)])[0]


def read_many(reader: Reader, adverts: Sequence[Advert]) -> list[Reading]:
    """Returns the reading of each advert, in order.

    A title, where the source gives one, names the roles and the header is empty; without it employer
    and roles come from the first line of the text. Text in a language without a lexicon has no mentions.
    """
    found: list[Reading] = []
    for first in range(0, len(adverts), READ_TOGETHER):
        found += _read_together(reader, adverts[first : first + READ_TOGETHER])
    return found


def _read_together(reader: Reader, adverts: Sequence[Advert]) -> list[Reading]:
    """Each stage for all adverts before the next one: see READ_TOGETHER."""
    texts = [clean(text, text_format) for _, _, text, text_format in adverts]
    look_for_signs(texts)
    look_for_cues(texts)
    tongues = [tongue_of(reader, text) for text in texts]
    abouts = [
        about(reader, title, company, text) for (title, company, *_), text in zip(adverts, texts, strict=True)
    ]
    facts = [
        (read_facts(text, own.titles, own.header.end), read_role_facts(text, own.header.end, own.parts))
        for text, own in zip(texts, abouts, strict=True)
    ]
    matches = matches_of(reader, texts, tongues)
    parted = sections_of(texts, matches)
    found = decided(texts, matches, parted, abouts)
    return [
        Reading(
            tongue, len(text), own.employer, own.employer_key, own.roles, its_facts, tuple(its_mentions),
            own.parts, role_facts,
        )
        for text, tongue, own, (its_facts, role_facts), its_mentions in zip(
            texts, tongues, abouts, facts, found, strict=True
        )
    ]  # fmt: skip


def matches_of(reader: Reader, texts: Sequence[str], tongues: Sequence[str]) -> list[list[Match]]:
    """Returns the matches of each text, in the lexicon of its language."""
    # Too short to tell ("Go, Rust, Lua"): names are the same everywhere.
    codes = [ENGLISH if tongue == "none" else tongue for tongue in tongues]
    found: list[list[Match]] = [[] for _ in texts]
    for code, lexicon in reader.lexicons.items():
        numbers = [number for number, its_code in enumerate(codes) if its_code == code]
        for number, own in zip(numbers, lexicon.find_all([texts[number] for number in numbers]), strict=True):
            found[number] = own
    return found


def tongue_of(reader: Reader, text: str) -> str:
    """Returns the language of a cleaned text if it has a lexicon, else `other`, or `none` if too short to tell."""
    tongue = language(text)
    if tongue == "other" and len(reader.lexicons) > 1:
        code = other_language(text)
        return code if code in reader.lexicons else tongue
    return tongue


class About(NamedTuple):
    """Whom and what an advert is about: employer, titles, roles and the parts that speak of one each."""

    header: Header
    employer: str | None
    employer_key: str
    titles: tuple[str, ...]
    parts: tuple[Part, ...]
    roles: tuple[str, ...]


def about(reader: Reader, title: str | None, company: str | None, text: str) -> About:
    """Returns whom and what an advert is about, by its title and company where given, else by its cleaned text."""
    if title and title.strip():
        header = NO_HEADER
        titles: tuple[str, ...] = (clean(title, "plain"),)
        parts: tuple[Part, ...] = ()  # a source that gives a title gives one job's
    else:
        header = read_header(text)
        titles = header.titles
        parts = tuple(role_parts(text, header.end, reader.role_rules))
    employer = (company or "").strip() or header.employer
    roles = all_roles(titles, parts, reader.role_rules)
    return About(header, employer or None, employer_key(employer), titles, parts, roles)


def sections_of(texts: Sequence[str], matches: Sequence[Sequence[Match]]) -> list[Sequence[Section]]:
    """Returns the sections of each text that its matches stand in; none of a text without matches."""
    return [
        sections(text, [start for start, _, _ in found]) if found else ()
        for text, found in zip(texts, matches, strict=True)
    ]


def decided(
    texts: Sequence[str],
    matches: Sequence[Sequence[Match]],
    parted: Sequence[Sequence[Section]],
    abouts: Sequence[About],
) -> list[list[Mention]]:
    """Returns the mentions of each text: every match with its verdict."""
    return [
        decisions(
            text,
            found,
            its_sections,
            employer_key=own.employer_key,
            header_end=own.header.end,
            employer_span=(own.header.employer_start, own.header.employer_end),
        )
        for text, found, its_sections, own in zip(texts, matches, parted, abouts, strict=True)
    ]


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
    adverts = [(row["title"], row["company"], row["text"], row["text_format"]) for row in rows]
    found = read_many(reader, adverts)
    for row, reading in zip(rows, found, strict=True):
        key = {"posting_version": row["posting_version"], "reader_version": reader_version}
        readings.append(key | _reading_columns(reading))
        reading_roles += [
            key | _role_columns(role, facts) for role, facts in sorted(reading.role_facts.items())
        ]
    return ReadBatch(
        pa.Table.from_pylist(readings, schema=arrow_schema(CoreReading)),
        pa.Table.from_pylist(reading_roles, schema=arrow_schema(CoreReadingRole)),
        _mention_table([row["posting_version"] for row in rows], reader_version, found),
    )


def _mention_table(versions: list[str], reader_version: str, readings: Sequence[Reading]) -> pa.Table:
    """core_mention by columns: a row of its own for each mention cost twice as much."""
    mentions = [mention for reading in readings for mention in reading.mentions]
    cells = zip(*mentions, strict=True) if mentions else ((),) * len(_MENTION_COLUMNS)
    n_mentions = np.array([len(reading.mentions) for reading in readings], dtype=np.int64)
    number_of_reading = np.repeat(np.arange(len(readings)), n_mentions)
    columns = {
        "posting_version": pa.array(versions, pa.string()).take(pa.array(number_of_reading)),
        "reader_version": pa.repeat(reader_version, len(mentions)),
        "role_part": [
            part_of(reading.parts, mention.start) if reading.parts else ""
            for reading in readings
            for mention in reading.mentions
        ],
        **dict(zip(_MENTION_COLUMNS, cells, strict=True)),
    }
    return pa.Table.from_pydict(columns, schema=arrow_schema(CoreMention))


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
