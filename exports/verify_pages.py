"""Pages against tables: every number in JSON is a row, and every row is on its page or counted as omitted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from exports.contract_json import ENVELOPE, PAIR_ITEM
from exports.fault import Fault
from exports.frame_check import tables_in_memory
from exports.occupation_json import HEADLINE_SQL, PAIRS_PER_SKILL, PAIRS_SQL
from exports.pages import INDEX, SLUGS, page_path
from schemas.vocabulary import STATUSES_WITHOUT_VALUE

Row = dict[str, Any]
Cell = tuple[str, str, str, str]
"""Occupation id, skill id, first and last day of a period."""

SKILL = {
    "slug": "skill",
    "label": "skill_label",
    "scheme": "skill_scheme",
    "status": "concept_status",
    "replaced_by": "replaced_by",
}
OCCUPATION = {"slug": "occupation", "label": "occupation_label", "kind": "occupation_kind"}
PERIOD = {
    "n_families": "n_families_headline",
    "n_employers": "n_employers_headline",
    "n_families_several_roles": "n_families_several_roles",
    "n_skills_published": "n_skills_published",
    "status": "status",
    "reason": "reason",
}
MAPPING = {
    "scheme": "scheme",
    "version": "taxonomy_version",
    "code": "code",
    "label": "code_label",
    "relation": "relation",
    "status": "status",
    "reason": "reason",
}
"""Field of a page and the column of its table that it must equal."""


@dataclass(frozen=True)
class TableRows:
    """Rows of the tables a page is compared with; days are ISO texts."""

    shares: Mapping[Cell, Row]
    pairs: Mapping[Cell, list[Row]]
    skills: Mapping[str, Row]
    occupations: Mapping[tuple[str, str, str], Row]
    mappings: Mapping[str, list[Row]]
    default_period: tuple[str, str]


def page_table_faults(
    pages: Mapping[str, Row], frames: Mapping[str, pa.Table], default_period: tuple[str, str]
) -> list[Fault]:
    """Differences between schema-valid pages and the tables, each under the page's name."""
    rows = _table_rows(frames, default_period)
    faults = []
    for name, page in pages.items():
        if name == SLUGS:
            texts = _slug_faults(page, rows)
        elif name == INDEX:
            texts = _index_faults(page, rows)
        else:
            texts = _page_faults(page, rows)
        faults += [Fault(name, text) for text in texts]
    return faults


def _table_rows(frames: Mapping[str, pa.Table], default_period: tuple[str, str]) -> TableRows:
    with tables_in_memory(frames) as warehouse:
        shares = _plain_rows(warehouse.arrow(HEADLINE_SQL))
        ranked = _plain_rows(warehouse.arrow(PAIRS_SQL, {"most": PAIRS_PER_SKILL}))
    pairs: dict[Cell, list[Row]] = {}
    for row in ranked:
        pairs.setdefault(_cell(row), []).append(row)
    mappings: dict[str, list[Row]] = {}
    for row in frames["taxonomy_map"].to_pylist():
        if row["concept_kind"] == "occupation":
            mappings.setdefault(row["concept_id"], []).append(row)
    periods = _plain_rows(frames["occupation"])
    return TableRows(
        {_cell(row): row for row in shares},
        pairs,
        {row["skill_id"]: row for row in frames["skill"].to_pylist()},
        {(row["occupation_id"], row["period_start"], row["period_end"]): row for row in periods},
        mappings,
        default_period,
    )


def _plain_rows(table: pa.Table) -> list[Row]:
    return [
        {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
        for row in table.to_pylist()
    ]


def _cell(row: Row) -> Cell:
    return row["occupation_id"], row["skill_id"], row["period_start"], row["period_end"]


def _different(found: Row, row: Row | None, columns: Mapping[str, str]) -> str | None:
    """`field is x, table has y` for the first field that is not its column, or None."""
    if row is None:
        return "is in no table"
    for field, name in columns.items():
        if found[field] != row[name]:
            return f"{field} is {found[field]!r}, the table has {row[name]!r}"
    return None


def _page_faults(page: Row, rows: TableRows) -> Iterator[str]:
    occupation_id = page["occupation"]["occupation_id"]
    left = {cell: row for cell, row in rows.shares.items() if cell[0] == occupation_id}
    yield from _occupation_faults(page, rows)
    for skill in page["skills"]:
        where = skill["slug"]
        fault = _different(skill, rows.skills.get(skill["skill_id"]), SKILL)
        if fault:
            yield f"{where}: {fault}"
        for period in skill["periods"]:
            cell = (occupation_id, skill["skill_id"], period["period_start"], period["period_end"])
            row = left.pop(cell, None)
            fault = _different(period["posting_share"], row, {name: name for name in ENVELOPE})
            if fault:
                yield f"{where}: posting_share: {fault}"
            elif row:
                yield from _pair_faults(page, where, row, period["pairs_with"], rows)
    yield from _omitted_faults(page, list(left.values()))
    if page["skills"] != sorted(page["skills"], key=lambda skill: _rank(skill, rows.default_period)):
        yield "skills are not ordered by the value of the default period, then by slug"


def _rank(skill: Row, default_period: tuple[str, str]) -> tuple[bool, float, str]:
    for period in skill["periods"]:
        if (period["period_start"], period["period_end"]) == default_period:
            value = period["posting_share"]["value"]
            return value is None, -(value or 0.0), skill["slug"]
    return True, 0.0, skill["slug"]


def _occupation_faults(page: Row, rows: TableRows) -> Iterator[str]:
    identity = page["occupation"]
    own = [row for key, row in rows.occupations.items() if key[0] == identity["occupation_id"]]
    fault = _different(identity, own[0] if own else None, OCCUPATION)
    if fault:
        yield f"occupation: {fault}"
    shown = {(period["period_start"], period["period_end"]) for period in page["periods"]}
    if len(page["periods"]) != len(own) or len(shown) != len(own):
        yield f"periods: {len(page['periods'])} shown, table occupation has {len(own)}"
    for period in page["periods"]:
        yield from _period_faults(period, identity["occupation_id"], rows)
    mapped = rows.mappings.get(identity["occupation_id"], [])
    if len(mapped) != len(identity["mappings"]):
        yield f"mappings: {len(identity['mappings'])} shown, table taxonomy_map has {len(mapped)}"
    for shown_mapping, row in zip(identity["mappings"], mapped, strict=False):
        fault = _different(shown_mapping, row, MAPPING)
        if fault:
            yield f"mappings: {fault}"


def _period_faults(period: Row, occupation_id: str, rows: TableRows) -> Iterator[str]:
    days = (period["period_start"], period["period_end"])
    fault = _different(period, rows.occupations.get((occupation_id, *days)), PERIOD)
    if fault:
        yield f"period {days[0]} to {days[1]}: {fault}"
    if period.get("is_default", True) != (days == rows.default_period):
        yield f"period {days[0]} to {days[1]}: is_default is wrong"


def _pair_faults(page: Row, where: str, share: Row, pairs: Row, rows: TableRows) -> Iterator[str]:
    found = rows.pairs.get(_cell(share), [])
    withheld = share["status"] in STATUSES_WITHOUT_VALUE
    status = share["status"] if withheld else "ok" if found else "missing"
    total = found[0]["n_pairs"] if found else None
    wanted = found[: page["omitted"]["pairs_per_skill"]]
    if (pairs["status"], pairs["reason"] is None, pairs["n_pairs"]) != (status, status == "ok", total):
        yield f"{where}: pairs_with: status, reason or n_pairs is not that of table skill_pair"
    if len(pairs["items"]) != len(wanted):
        yield f"{where}: pairs_with: {len(pairs['items'])} pairs, not {len(wanted)}"
    for item, row in zip(pairs["items"], wanted, strict=False):
        other = rows.skills.get(row["paired_skill_id"], {})
        named = row | {"other_id": row["paired_skill_id"], "other_label": other.get("skill_label")}
        columns = {"skill_id": "other_id", "slug": "paired_skill", "label": "other_label"}
        fault = _different(item, named, columns | {name: name for name in PAIR_ITEM})
        if fault:
            yield f"{where}: pairs_with {item['slug']}: {fault}"


def _omitted_faults(page: Row, left: list[Row]) -> Iterator[str]:
    for row in left:
        if row["status"] not in STATUSES_WITHOUT_VALUE:
            yield f"{row['skill']}: has a published share, but is not on the page"
    found = Counter((row["period_start"], row["period_end"], row["reason"]) for row in left)
    stated = Counter(
        {
            (period["period_start"], period["period_end"], reason): n_skills
            for period in page["omitted"]["periods"]
            for reason, n_skills in period["by_reason"].items()
        }
    )
    if found != stated:
        yield "omitted: counts by reason are not those of the rows that are not shown"
    for period in page["omitted"]["periods"]:
        if period["n_skills"] != sum(period["by_reason"].values()):
            yield f"omitted: n_skills of {period['period_start']} is not the sum of its reasons"


def _index_faults(page: Row, rows: TableRows) -> Iterator[str]:
    default = {
        row["occupation_id"]: row for key, row in rows.occupations.items() if key[1:] == rows.default_period
    }
    if [entry["slug"] for entry in page["occupations"]] != sorted(r["occupation"] for r in default.values()):
        yield "does not list the occupations of table occupation by slug"
    for entry in page["occupations"]:
        fault = _different(entry, default.get(entry["occupation_id"]), OCCUPATION | PERIOD)
        if fault or entry["path"] != page_path(entry["slug"]):
            yield f"{entry['slug']}: {fault or 'path is not that of its page'}"


def _slug_faults(page: Row, rows: TableRows) -> Iterator[str]:
    occupations = {row["occupation"]: row["occupation_id"] for row in rows.occupations.values()}
    skills = {row["skill"]: skill_id for skill_id, row in rows.skills.items()}
    for kind, wanted in (("occupations", occupations), ("skills", skills)):
        if page[kind] != wanted:
            yield f"{kind} are not those of the tables"
