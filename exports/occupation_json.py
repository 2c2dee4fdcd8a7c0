"""json/occupation/<slug>.json: the headline shares of one occupation, with what skills go together."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from exports.canonical import canonical_of, quickly_encoded
from exports.contract_json import ENVELOPE, METRIC_ITEM, PAIR_ITEM, schema_url
from exports.page_query import PAIRS_PER_SKILL, Days, PageRows, Row, cell, days, grouped
from exports.release import ReleaseFacts, notice
from schemas.vocabulary import STATUSES_WITHOUT_VALUE

BYTES_PER_PAGE = 1_000_000
OMITTED_RULE = (
    "Metrics beside the share stand with skills that have a share above zero in any period; of the others table "
    "metric_value tells the reasons. "
    "Skills of occupation_skill outside our own list whose share is withheld in every period are counted here by "
    "reason and not listed; of skill_pair the pairs_per_skill with the highest lift are listed, n_pairs says how "
    "many there are."
)
NO_PAIR = "no pair of this skill passes the publication standard in this cell"


@dataclass(frozen=True)
class Edition:
    """What all pages of a release share."""

    facts: ReleaseFacts
    data_version: str
    attribution: list[str]

    @property
    def periods(self) -> list[Days]:
        """Periods in the order in which pages show them."""
        return [(start.isoformat(), end.isoformat()) for start, end in self.facts.periods]

    @property
    def default_period(self) -> Days:
        """The period that orders the skills of a page."""
        start, end = self.facts.default_period
        return start.isoformat(), end.isoformat()

    def head(self, schema: str) -> Row:
        """Fields every page starts with; a synthetic or local release says so on each page."""
        facts = self.facts
        return {
            "$schema": schema_url(self.data_version, schema),
            "data_version": self.data_version,
            "schema_version": facts.schema_version,
            "method_version": facts.method_version,
            "channel": facts.channel,
            "synthetic": facts.synthetic,
            "notice": notice(synthetic=facts.synthetic, channel=facts.channel),
            "as_of": facts.as_of.isoformat(),
        }


def occupation_page(
    edition: Edition, rows: PageRows, occupation_id: str, *, at_most: int = BYTES_PER_PAGE
) -> tuple[Row, bytes]:
    """One page of about so many bytes at most, and its bytes: a larger one lists fewer pairs of each skill.

    The rows hold no NaN (see exports.tables.conformed).

    Only an occupation with more than about five hundred skills above zero can still exceed the bound.
    """
    page, text = _page(edition, rows, occupation_id, PAIRS_PER_SKILL), ""
    for n_pairs in (PAIRS_PER_SKILL, 5, 3, 1):
        _cut(page, n_pairs)
        text = quickly_encoded(page)
        if len(text if text.isascii() else text.encode()) <= at_most:
            break
    return page, canonical_of(page, text)


def _cut(page: Row, n_pairs: int) -> None:
    """Leave at most so many pairs of each skill on the page."""
    page["omitted"]["pairs_per_skill"] = n_pairs
    for skill in page["skills"]:
        for period in skill["periods"]:
            del period["pairs_with"]["items"][n_pairs:]


def _page(edition: Edition, rows: PageRows, occupation_id: str, n_pairs: int) -> Row:
    listed, others = _listed(edition, rows, occupation_id)
    counts: Counter[tuple[str, str, str]] = Counter()
    for row in rows.left_out.get(occupation_id, []):
        counts[(*days(row), row["reason"])] += row["n_skills"]
    shown = _in_order(edition, rows.occupations[occupation_id])
    return edition.head("occupation") | {
        "occupation": _identity(rows, occupation_id),
        "periods": [_period(edition, row) for row in shown],
        "skills": [_skill(rows, skill_id, shares, n_pairs) for skill_id, shares in listed],
        "callback_effect": callback_effect(rows.callbacks.get(occupation_id, [])),
        "others": _others(edition, others),
        "omitted": {
            "rule": OMITTED_RULE,
            "pairs_per_skill": n_pairs,
            "periods": [_omitted(period, counts) for period in edition.periods],
        },
        "attribution": edition.attribution,
    }


def callback_effect(found: list[Row]) -> Row:
    """The callback effects of one occupation, each told once: nearly all skills have the same.

    ``by_skill`` holds by slug what differs from ``every_other_skill``, the most frequent one (null where the
    occupation has none).
    """
    envelopes = [{name: row[name] for name in ENVELOPE} for row in found]
    return {
        "every_other_skill": envelopes[0] if envelopes else None,
        "by_skill": {
            skill: envelope
            for row, envelope in zip(found[1:], envelopes[1:], strict=True)
            for skill in row["skills"]
        },
    }


def _listed(
    edition: Edition, rows: PageRows, occupation_id: str
) -> tuple[list[tuple[str, list[Row]]], list[Row]]:
    """Skills with a share above zero in any period, and the rows of all others."""
    listed, others = [], []
    for skill_id, shares in grouped(rows.shares.get(occupation_id, []), "skill_id").items():
        if any(row["value"] for row in shares):
            listed.append((skill_id, _in_order(edition, shares)))
        else:
            others += shares
    listed.sort(key=lambda entry: _rank(entry[1], edition.default_period))
    return listed, others


def _others(edition: Edition, rows: list[Row]) -> list[Row]:
    """Zero and withheld shares: one metric for all skills that have the very same, with their slugs."""
    alike: dict[tuple[Any, ...], tuple[Row, list[str]]] = {}
    for row in sorted(rows, key=lambda row: str(row["skill"])):
        alike.setdefault(_told(row), (row, []))[1].append(row["skill"])
    # The order by text is that of the pages made so far; only of rows that differ is the text made.
    texts = {
        json.dumps([days(row), {name: row[name] for name in ENVELOPE}], sort_keys=True): (row, slugs)
        for row, slugs in alike.values()
    }
    order = {period: position for position, period in enumerate(edition.periods)}
    return [
        {
            "period_start": row["period_start"],
            "period_end": row["period_end"],
            "posting_share": {name: row[name] for name in ENVELOPE},
            "skills": slugs,
        }
        for _, (row, slugs) in sorted(texts.items(), key=lambda entry: (order[days(entry[1][0])], entry[0]))
    ]


def _told(row: Row) -> tuple[Any, ...]:
    """All a page says of a share, as a key: lists as tuples."""
    values = (row[name] for name in ENVELOPE)
    return (*days(row), *(tuple(value) if isinstance(value, list) else value for value in values))


def _rank(shares: list[Row], default: Days) -> tuple[bool, float, str]:
    value = next((row["value"] for row in shares if days(row) == default), None)
    return value is None, -(value or 0.0), shares[0]["skill"]


def _in_order(edition: Edition, found: list[Row]) -> list[Row]:
    order = {period: position for position, period in enumerate(edition.periods)}
    return sorted(found, key=lambda row: order[days(row)])


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


def _period(edition: Edition, row: Row) -> Row:
    return {
        "period_start": row["period_start"],
        "period_end": row["period_end"],
        "is_default": days(row) == edition.default_period,
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
                "period_start": row["period_start"],
                "period_end": row["period_end"],
                "posting_share": {name: row[name] for name in ENVELOPE},
                **measures(rows.measures.get(cell(row), [])),
                "pairs_with": _pairs_with(rows, row, n_pairs),
            }
            for row in shares
        ],
    }


def measures(found: list[Row]) -> Row:
    """The other metrics of a cell: those with a number as items, the others by name with their reason."""
    return {
        "metrics": [
            {name: row[name] for name in METRIC_ITEM}
            for row in found
            if row["status"] not in STATUSES_WITHOUT_VALUE
        ],
        "withheld": {
            row["metric"]: row["reason"] for row in found if row["status"] in STATUSES_WITHOUT_VALUE
        },
    }


def _pairs_with(rows: PageRows, share: Row, n_pairs: int) -> Row:
    pairs = rows.pairs.get(cell(share), [])
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


def _omitted(period: Days, counts: Counter[tuple[str, str, str]]) -> Row:
    by_reason = {reason: n for (start, end, reason), n in sorted(counts.items()) if (start, end) == period}
    return {
        "period_start": period[0],
        "period_end": period[1],
        "n_skills": sum(by_reason.values()),
        "by_reason": by_reason,
    }
