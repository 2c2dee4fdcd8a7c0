"""json/occupation/<slug>.json: the headline shares of one occupation, with what skills go together."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from exports.canonical import canonical_bytes
from exports.contract_json import ENVELOPE, PAIR_ITEM, schema_url
from exports.frame_check import tables_in_memory
from exports.release import Period, ReleaseFacts, notice
from schemas.vocabulary import STATUSES_WITHOUT_VALUE

Row = dict[str, Any]

PAIRS_PER_SKILL = 10
BYTES_PER_PAGE = 1_000_000
OMITTED_RULE = (
    "Skills of occupation_skill whose share is withheld in every period are counted here by reason and not "
    "listed, but for the skills of our own list while own_withheld_skills is true; of skill_pair the "
    "pairs_per_skill with the highest lift are listed, n_pairs says how many there are."
)
NO_PAIR = "no pair of this skill passes the publication standard in this cell"

HEADLINE_SQL = """
    SELECT * FROM metric_value
    WHERE metric = 'posting_share' AND skill IS NOT NULL AND source_group = 'all' AND geo = 'all'
    ORDER BY occupation, skill, period_start, period_end
"""
PAIRS_SQL = """
    SELECT *, count(*) OVER pairs AS n_pairs
    FROM skill_pair
    WINDOW pairs AS (PARTITION BY occupation_id, skill_id, period_start, period_end)
    QUALIFY row_number() OVER (pairs ORDER BY lift DESC, npmi DESC, n_both DESC, paired_skill) <= $most
    ORDER BY occupation, skill, period_start, period_end, lift DESC, npmi DESC, n_both DESC, paired_skill
"""


@dataclass(frozen=True)
class PageRows:
    """Rows of a release by what a page looks them up with."""

    facts: ReleaseFacts
    data_version: str
    attribution: list[str]
    skills: Mapping[str, Row]
    shares: Mapping[str, list[Row]]
    pairs: Mapping[tuple[str, str, date, date], list[Row]]
    occupations: Mapping[str, list[Row]]
    mappings: Mapping[str, list[Row]]


def page_rows(
    tables: Mapping[str, pa.Table], facts: ReleaseFacts, data_version: str, attribution: list[str]
) -> PageRows:
    """Look-ups over conformed tables; keys are opaque ids."""
    with tables_in_memory(tables) as warehouse:
        shares = warehouse.arrow(HEADLINE_SQL).to_pylist()
        pairs = warehouse.arrow(PAIRS_SQL, {"most": PAIRS_PER_SKILL}).to_pylist()
    maps = [row for row in tables["taxonomy_map"].to_pylist() if row["concept_kind"] == "occupation"]
    return PageRows(
        facts,
        data_version,
        attribution,
        {row["skill_id"]: row for row in tables["skill"].to_pylist()},
        _grouped(shares, "occupation_id"),
        _grouped(pairs, "occupation_id", "skill_id", "period_start", "period_end"),
        _grouped(tables["occupation"].to_pylist(), "occupation_id"),
        _grouped(maps, "concept_id"),
    )


def _grouped(rows: list[Row], *names: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        key = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        groups.setdefault(key, []).append(row)
    return groups


def plain(value: Any) -> Any:
    """A table's value as JSON has it: days as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def head(facts: ReleaseFacts, data_version: str, schema: str) -> Row:
    """Fields every page starts with; a synthetic or local release says so on each page."""
    return {
        "$schema": schema_url(data_version, schema),
        "data_version": data_version,
        "schema_version": facts.schema_version,
        "method_version": facts.method_version,
        "channel": facts.channel,
        "synthetic": facts.synthetic,
        "notice": notice(synthetic=facts.synthetic, channel=facts.channel),
        "as_of": facts.as_of.isoformat(),
    }


def occupation_page(rows: PageRows, occupation_id: str) -> Row:
    """One page below BYTES_PER_PAGE: a larger one lists fewer pairs, then no withheld skills.

    Only an occupation with more than about a thousand published skills can still exceed the bound.
    """
    page: Row = {}
    for n_pairs, own_withheld in ((PAIRS_PER_SKILL, True), (5, True), (3, True), (1, True), (1, False)):
        page = _page(rows, occupation_id, n_pairs, own_withheld=own_withheld)
        if len(canonical_bytes(page)) <= BYTES_PER_PAGE:
            break
    return page


def _page(rows: PageRows, occupation_id: str, n_pairs: int, *, own_withheld: bool) -> Row:
    listed, left_out = _listed(rows, occupation_id, own_withheld=own_withheld)
    return head(rows.facts, rows.data_version, "occupation") | {
        "occupation": _identity(rows, occupation_id),
        "periods": [_period(rows, row) for row in _periods_in_order(rows, rows.occupations[occupation_id])],
        "skills": [_skill(rows, skill_id, shares, n_pairs) for skill_id, shares in listed],
        "omitted": {
            "rule": OMITTED_RULE,
            "pairs_per_skill": n_pairs,
            "own_withheld_skills": own_withheld,
            "periods": [_omitted(period, left_out) for period in rows.facts.periods],
        },
        "attribution": rows.attribution,
    }


def _listed(
    rows: PageRows, occupation_id: str, *, own_withheld: bool
) -> tuple[list[tuple[str, list[Row]]], list[Row]]:
    listed, left_out = [], []
    for skill_id, shares in _grouped(rows.shares.get(occupation_id, []), "skill_id").items():
        published = any(row["status"] not in STATUSES_WITHOUT_VALUE for row in shares)
        own = rows.skills[skill_id]["skill_scheme"] == "skillweights"
        if published or (own and own_withheld):
            listed.append((skill_id, _periods_in_order(rows, shares)))
        else:
            left_out += shares
    listed.sort(key=lambda entry: _rank(entry[1], rows.facts.default_period))
    return listed, left_out


def _rank(shares: list[Row], default: Period) -> tuple[bool, float, str]:
    value = next((row["value"] for row in shares if _period_of(row) == default), None)
    return value is None, -(value or 0.0), shares[0]["skill"]


def _period_of(row: Row) -> Period:
    return row["period_start"], row["period_end"]


def _periods_in_order(rows: PageRows, found: list[Row]) -> list[Row]:
    order = {period: position for position, period in enumerate(rows.facts.periods)}
    return sorted(found, key=lambda row: order[_period_of(row)])


def _identity(rows: PageRows, occupation_id: str) -> Row:
    row = rows.occupations[occupation_id][0]
    mappings = [
        {
            "scheme": entry["scheme"],
            "version": entry["taxonomy_version"],
            "code": entry["code"],
            "label": entry["code_label"],
            "relation": entry["relation"],
            "status": entry["status"],
            "reason": entry["reason"],
        }
        for entry in rows.mappings.get(occupation_id, [])
    ]
    return {
        "occupation_id": occupation_id,
        "slug": row["occupation"],
        "label": row["occupation_label"],
        "kind": row["occupation_kind"],
        "mappings": mappings,
    }


def _period(rows: PageRows, row: Row) -> Row:
    return {
        "period_start": plain(row["period_start"]),
        "period_end": plain(row["period_end"]),
        "is_default": _period_of(row) == rows.facts.default_period,
        "n_families": row["n_families_headline"],
        "n_employers": row["n_employers_headline"],
        "n_families_several_roles": row["n_families_several_roles"],
        "n_skills_published": row["n_skills_published"],
        "status": row["status"],
        "reason": row["reason"],
    }


def _skill(rows: PageRows, skill_id: str, shares: list[Row], n_pairs: int) -> Row:
    skill = rows.skills[skill_id]
    return {
        "skill_id": skill_id,
        "slug": skill["skill"],
        "label": skill["skill_label"],
        "scheme": skill["skill_scheme"],
        "status": skill["concept_status"],
        "replaced_by": skill["replaced_by"],
        "periods": [
            {
                "period_start": plain(row["period_start"]),
                "period_end": plain(row["period_end"]),
                "posting_share": {name: plain(row[name]) for name in ENVELOPE},
                "pairs_with": _pairs_with(rows, row, n_pairs),
            }
            for row in shares
        ],
    }


def _pairs_with(rows: PageRows, share: Row, n_pairs: int) -> Row:
    pairs = rows.pairs.get((share["occupation_id"], share["skill_id"], *_period_of(share)), [])
    status, reason, detail = "ok", None, None
    if share["status"] in STATUSES_WITHOUT_VALUE:
        status, reason, detail = share["status"], share["reason"], share["reason_detail"]
    elif not pairs:
        status, reason, detail = "missing", "insufficient_sample", NO_PAIR
    return {
        "conditional_on_skill": True,
        "status": status,
        "reason": reason,
        "reason_detail": detail,
        "n_pairs": pairs[0]["n_pairs"] if pairs else None,
        "items": [_item(rows, pair) for pair in pairs[:n_pairs]],
    }


def _item(rows: PageRows, pair: Row) -> Row:
    other = rows.skills[pair["paired_skill_id"]]
    identity = {"skill_id": other["skill_id"], "slug": other["skill"], "label": other["skill_label"]}
    return identity | {name: pair[name] for name in PAIR_ITEM}


def _omitted(period: Period, left_out: list[Row]) -> Row:
    found = [row for row in left_out if _period_of(row) == period]
    counts = Counter(row["reason"] for row in found)
    return {
        "period_start": period[0].isoformat(),
        "period_end": period[1].isoformat(),
        "n_skills": len(found),
        "by_reason": dict(sorted(counts.items())),
    }
