"""Pages against tables: every number in JSON is a row, and every row is on its page or counted as omitted."""

from collections import Counter
from collections.abc import Iterator, Mapping

import pyarrow as pa

from exports.contract_json import ENVELOPE, PAIR_ITEM
from exports.fault import Fault
from exports.frame_check import tables_in_memory
from exports.occupation_json import callback_effect, measures
from exports.page_query import Cell, Days, PageRows, Row, cell, days, page_rows
from exports.pages import INDEX, SLUGS, page_path
from schemas.vocabulary import STATUSES_WITHOUT_VALUE

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


def page_table_faults(
    pages: Mapping[str, Row], frames: Mapping[str, pa.Table], default_period: Days
) -> list[Fault]:
    """Differences between schema-valid pages and the tables, each under the page's name."""
    with tables_in_memory(frames) as warehouse:
        rows = page_rows(warehouse)
    faults = []
    for name, page in pages.items():
        if name == SLUGS:
            texts = _slug_faults(page, rows)
        elif name == INDEX:
            texts = _index_faults(page, rows, default_period)
        else:
            texts = _page_faults(page, rows, default_period)
        faults += [Fault(name, text) for text in texts]
    return faults


def _different(found: Row, row: Row | None, columns: Mapping[str, str]) -> str | None:
    """`field is x, table has y` for the first field that is not its column, or None."""
    if row is None:
        return "is in no table"
    for field, name in columns.items():
        if found[field] != row[name]:
            return f"{field} is {found[field]!r}, the table has {row[name]!r}"
    return None


def _page_faults(page: Row, rows: PageRows, default: Days) -> Iterator[str]:
    occupation_id = page["occupation"]["occupation_id"]
    left = {cell(row): row for row in rows.shares.get(occupation_id, [])}
    yield from _occupation_faults(page, rows, default)
    for skill in page["skills"]:
        where = skill["slug"]
        fault = _different(skill, rows.skills.get(skill["skill_id"]), SKILL)
        if fault:
            yield f"{where}: {fault}"
        for period in skill["periods"]:
            row = left.pop((occupation_id, skill["skill_id"], *days(period)), None)
            fault = _different(period["posting_share"], row, {name: name for name in ENVELOPE})
            if fault:
                yield f"{where}: posting_share: {fault}"
            elif row:
                beside = measures(rows.measures.get(cell(row), []))
                if {name: period[name] for name in beside} != beside:
                    yield f"{where}: metrics or withheld are not what table metric_value says"
                yield from _pair_faults(page, where, row, period["pairs_with"], rows)
    if page["callback_effect"] != callback_effect(rows.callbacks.get(occupation_id, [])):
        yield "callback_effect is not what table metric_value says"
    yield from _other_faults(page, left, rows)
    yield from _omitted_faults(page, list(left.values()), rows.left_out.get(occupation_id, []))
    if page["skills"] != sorted(page["skills"], key=lambda skill: _rank(skill, default)):
        yield "skills are not ordered by the value of the default period, then by slug"


def _other_faults(page: Row, left: dict[Cell, Row], rows: PageRows) -> Iterator[str]:
    """Takes the rows it finds out of ``left``."""
    ids = {row["skill"]: skill_id for skill_id, row in rows.skills.items()}
    for entry in page["others"]:
        if entry["skills"] != sorted(set(entry["skills"])):
            yield "others: skills are not in the order of their slugs, or stand there twice"
        if entry["posting_share"]["value"]:
            yield "others: a share above zero belongs among the skills"
        for slug in entry["skills"]:
            row = left.pop((page["occupation"]["occupation_id"], ids.get(slug, ""), *days(entry)), None)
            fault = _different(entry["posting_share"], row, {name: name for name in ENVELOPE})
            if fault:
                yield f"{slug}: posting_share: {fault}"


def _rank(skill: Row, default: Days) -> tuple[bool, float, str]:
    for period in skill["periods"]:
        if days(period) == default:
            value = period["posting_share"]["value"]
            return value is None, -(value or 0.0), skill["slug"]
    return True, 0.0, skill["slug"]


def _occupation_faults(page: Row, rows: PageRows, default: Days) -> Iterator[str]:
    identity = page["occupation"]
    own = rows.occupations.get(identity["occupation_id"], [])
    fault = _different(identity, own[0] if own else None, OCCUPATION)
    if fault:
        yield f"occupation: {fault}"
    if sorted(days(period) for period in page["periods"]) != sorted(days(row) for row in own):
        yield f"periods: {len(page['periods'])} shown, table occupation has {len(own)}"
    by_days = {days(row): row for row in own}
    for period in page["periods"]:
        fault = _different(period, by_days.get(days(period)), PERIOD)
        if fault or period["is_default"] != (days(period) == default):
            yield f"period {' to '.join(days(period))}: {fault or 'is_default is wrong'}"
    mapped = rows.mappings.get(identity["occupation_id"], [])
    if len(mapped) != len(identity["mappings"]):
        yield f"mappings: {len(identity['mappings'])} shown, table taxonomy_map has {len(mapped)}"
    for shown, row in zip(identity["mappings"], mapped, strict=False):
        fault = _different(shown, row, MAPPING)
        if fault:
            yield f"mappings: {fault}"


def _pair_faults(page: Row, where: str, share: Row, pairs: Row, rows: PageRows) -> Iterator[str]:
    found = rows.pairs.get(cell(share), [])
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


def _omitted_faults(page: Row, unlisted: list[Row], left_out: list[Row]) -> Iterator[str]:
    for row in unlisted:
        yield f"{row['skill']}: has a row in metric_value, but is not on the page"
    found: Counter[tuple[str, str, str]] = Counter()
    for row in left_out:
        found[(*days(row), row["reason"])] += row["n_skills"]
    stated: Counter[tuple[str, str, str]] = Counter()
    for period in page["omitted"]["periods"]:
        stated.update({(*days(period), reason): n for reason, n in period["by_reason"].items()})
        if period["n_skills"] != sum(period["by_reason"].values()):
            yield f"omitted: n_skills of {period['period_start']} is not the sum of its reasons"
    if found != stated:
        yield "omitted: counts by reason are not those of the rows that are not shown"


def _index_faults(page: Row, rows: PageRows, default: Days) -> Iterator[str]:
    of_period = {
        row["occupation_id"]: row for own in rows.occupations.values() for row in own if days(row) == default
    }
    if [entry["slug"] for entry in page["occupations"]] != sorted(
        r["occupation"] for r in of_period.values()
    ):
        yield "does not list the occupations of table occupation by slug"
    for entry in page["occupations"]:
        fault = _different(entry, of_period.get(entry["occupation_id"]), OCCUPATION | PERIOD)
        if fault or entry["path"] != page_path(entry["slug"]) or days(entry) != default:
            yield f"{entry['slug']}: {fault or 'path or period is not that of its page'}"


def _slug_faults(page: Row, rows: PageRows) -> Iterator[str]:
    occupations = {own[0]["occupation"]: id_ for id_, own in rows.occupations.items()}
    skills = {row["skill"]: skill_id for skill_id, row in rows.skills.items()}
    for kind, wanted in (("occupations", occupations), ("skills", skills)):
        if page[kind] != wanted:
            yield f"{kind} are not those of the tables"
