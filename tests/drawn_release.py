"""A small release drawn from a seed: invented occupations, skills and counts in the declared tables."""

import base64
import hashlib
import random
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from exports.attribution import attribution_text
from exports.publish import publish
from exports.release import ReleaseFacts, next_data_version
from exports.write import write_release
from schemas import derive
from schemas.table import all_tables
from tests.drawn_evidence import drawn_evidence
from transforms.evidence.callback_rows import callback_rows

AS_OF = date(2022, 12, 31)
DEFAULT = (date(2022, 1, 1), AS_OF)
EARLIER = (date(2018, 1, 1), date(2021, 12, 31))
PERIODS = (DEFAULT, EARLIER)
ROLES = ("backend-developer", "designer")
OWN = ("docker", "sql", "websockets")
TAXONOMY = ("carve-wood", "mix-paint", "plan-gardens")
K_MIN = 10
EMPLOYER_MIN = 3
TIMES: dict[str, Any] = {
    "published_at": "2023-01-01T03:10:00Z",
    "next_expected_at": "2023-01-02",
    "stale_after": "2023-01-09",
}
Row = dict[str, Any]


def opaque(prefix: str, slug: str) -> str:
    digest = hashlib.sha256(slug.encode()).digest()
    return f"{prefix}_{base64.b32encode(digest)[:16].decode().lower()}"


def occupations() -> list[Row]:
    return [
        {
            "occupation_id": opaque("occ", slug),
            "occupation": slug,
            "occupation_label": slug.replace("-", " ").title(),
            "occupation_kind": "pool" if slug == "all" else "role",
            "period_start": start,
            "period_end": end,
            "n_families_headline": 400,
            "n_employers_headline": 90,
            "n_families_several_roles": None,
            "n_skills_published": 2,
            "status": "ok",
            "reason": None,
        }
        for slug in (*ROLES, "all")
        for start, end in PERIODS
    ]


def skills() -> list[Row]:
    return [
        {
            "skill_id": opaque("skl", slug),
            "skill": slug,
            "skill_label": slug.replace("-", " ").capitalize(),
            "skill_scheme": "skillweights" if slug in OWN else "esco",
            "skill_type": None,
            "reuse_level": None,
            "concept_status": "active",
            "replaced_by": [],
        }
        for slug in (*OWN, *TAXONOMY)
    ]


def share(role: str, skill: str, group: str, geo: str, period: tuple[date, date], n: int) -> Row:
    total = 400
    shown = K_MIN <= n <= total - K_MIN
    return {
        "occupation_id": opaque("occ", role),
        "skill_id": opaque("skl", skill),
        "occupation": role,
        "skill": skill,
        "metric": "posting_share",
        "observational": False,
        "source_group": group,
        "geo": geo,
        "period_start": period[0],
        "period_end": period[1],
        "value": n / total if shown else None,
        "label": None,
        "unit": "share",
        "currency": None,
        "denominator": f"families of adverts for {role}",
        "n": n if shown else None,
        "n_numerator": n if shown else None,
        "n_denominator": total if shown else None,
        "n_effective": float(total) if shown else None,
        "n_unit": "families",
        "n_employers": EMPLOYER_MIN + n // 10 if shown else None,
        "ci_low": n / total * 0.8 if shown else None,
        "ci_high": min(1.0, n / total * 1.2) if shown else None,
        "ci_level": 0.95 if shown else None,
        "status": "ok" if shown else "suppressed",
        "reason": None if shown else "small_cell",
        "reason_detail": None,
        "basis": "computed",
        "method_version": "2026.1",
        "source_ids": ["board_a", "board_b"],
        "as_of": AS_OF,
    }


def shares(seed: int) -> list[Row]:
    draw = random.Random(seed)

    def n_families(role: str, skill: str) -> int:
        drawn = draw.choice([3, 7, 40, 41, 120, 200, 260])
        return 3 if (role, skill) == ("designer", "docker") else drawn  # one that is withheld throughout

    return [
        share(role, skill, group, geo, period, n_families(role, skill))
        for role in ROLES
        for skill in (*OWN, *TAXONOMY)
        for group, geo in (("all", "all"), ("boards", "US"))
        for period in PERIODS
    ]


def wide(row: Row) -> Row:
    names = {
        "posting_share": "value",
        "posting_share_ci_low": "ci_low",
        "posting_share_ci_high": "ci_high",
        "posting_share_n": "n_numerator",
        "posting_share_n_denominator": "n_denominator",
        "posting_share_status": "status",
        "posting_share_reason": "reason",
    }
    same = (
        "occupation_id",
        "skill_id",
        "occupation",
        "skill",
        "period_start",
        "period_end",
        "as_of",
        "method_version",
    )
    labels = {
        "occupation_label": row["occupation"].replace("-", " ").title(),
        "skill_label": row["skill"].replace("-", " ").capitalize(),
    }
    return {name: row[name] for name in same} | labels | {new: row[old] for new, old in names.items()}


def pair(first: Row, other: Row) -> Row:
    n_skill, n_paired, total = first["n"], other["n"], first["n_denominator"]
    n_both = max(K_MIN, min(n_skill, n_paired) // 2)
    expected = n_skill * n_paired / total
    same = ("occupation_id", "skill_id", "occupation", "skill", "period_start", "period_end")
    return {name: first[name] for name in same} | {
        "paired_skill_id": other["skill_id"],
        "paired_skill": other["skill"],
        "n_both": n_both,
        "n_skill": n_skill,
        "n_paired": n_paired,
        "n_families": total,
        "n_expected": expected,
        "share_given_skill": n_both / n_skill,
        "share_given_skill_ci_low": n_both / n_skill * 0.9,
        "share_given_skill_ci_high": min(1.0, n_both / n_skill * 1.1),
        "lift": n_both / expected,
        "lift_ci_low": n_both / expected * 0.9,
        "lift_ci_high": n_both / expected * 1.1,
        "npmi": 0.125,
        "ci_level": 0.95,
        "conditional_on_skill": True,
        "method_version": "2026.1",
        "source_ids": ["board_a"],
        "as_of": AS_OF,
    }


def pairs(headline: list[Row]) -> list[Row]:
    shown = [row for row in headline if row["status"] == "ok"]
    return [
        pair(first, other)
        for first in shown
        for other in shown
        if first["skill"] != other["skill"]
        and all(first[name] == other[name] for name in ("occupation", "period_start"))
    ]


def sources(*, synthetic: bool) -> list[Row]:
    kinds = {"board_a": "postings", "board_b": "postings", "esco": "esco", "onet": "onet"}
    return [
        {
            "source_id": source,
            "source_kind": kind,
            "source_version": "1.0",
            "licence": "CC BY 4.0",
            "terms_class": "open",
            "attribution_text": attribution_text(kind, source, "1.0", "CC BY 4.0", None, synthetic),
            "retrieved_on": None,
            "n_rows": 10,
            "synthetic": synthetic,
        }
        for source, kind in kinds.items()
    ]


def mappings() -> list[Row]:
    codes: list[tuple[str, str, str | None]] = [("onet-soc", "29.2", "15-1252.00"), ("isco", "", None)]
    return [
        {
            "concept_kind": "occupation",
            "concept": role,
            "concept_id": opaque("occ", role),
            "scheme": scheme,
            "taxonomy_version": version,
            "code": code,
            "code_label": None,
            "relation": "close" if code else None,
            "status": "ok" if code else "missing",
            "reason": None if code else "taxonomy_unmapped",
        }
        for role in ROLES
        for scheme, version, code in codes
    ]


def sensitivity(headline: list[Row]) -> list[Row]:
    """The first code of each role beside every headline share that is shown, the same number under both."""
    names = ("occupation_id", "skill_id", "occupation", "skill", "period_start", "period_end")
    return [
        {name: row[name] for name in names}
        | {
            "scheme": "onet-soc",
            "code": "15-1252.00",
            "code_label": None,
            "relation": "close",
            "min_confidence": 0.5,
            "code_share": row["value"],
            "role_share": row["value"],
            "share_difference": 0.0,
            "share_difference_ci_low": -0.05,
            "share_difference_ci_high": 0.05,
            "ci_level": 0.95,
            "n_numerator": row["n_numerator"],
            "n_denominator": row["n_denominator"],
            "n_unit": "families",
            "status": "ok",
            "reason": None,
            "reason_detail": None,
            "method_version": row["method_version"],
            "as_of": AS_OF,
        }
        for row in headline
        if row["status"] == "ok"
    ]


def tables(seed: int = 1, *, synthetic: bool = True) -> dict[str, pa.Table]:
    """Export tables by warehouse name, rows in a drawn order."""
    metric_value = shares(seed)
    headline = [row for row in metric_value if row["source_group"] == "all"]
    rows = {
        "export_ladder": [step(row, level) for row in headline for level in ("entry", "senior")],
        "export_metric_value": metric_value + callbacks(headline) + measures(headline),
        "export_occupation": occupations(),
        "export_occupation_skill": [wide(row) for row in headline],
        "export_skill": skills(),
        "export_skill_pair": pairs(headline),
        "export_source": sources(synthetic=synthetic),
        "export_taxonomy_map": mappings(),
        "export_taxonomy_sensitivity": sensitivity(headline),
    }
    rows |= {name: [] for name in all_tables() if name.startswith("export_") and name not in rows}
    for found in rows.values():
        random.Random(seed).shuffle(found)
    return {
        name: pa.Table.from_pylist(found, derive.arrow_schema(all_tables()[name]))
        for name, found in rows.items()
    } | {name: table for name, table in drawn_evidence().tables.items() if name.startswith("export_")}


def measures(headline: list[Row]) -> list[Row]:
    """A required share and a trend that is too wide beside each headline share."""
    nothing = dict.fromkeys(
        (
            "value",
            "n",
            "n_numerator",
            "n_denominator",
            "n_effective",
            "n_employers",
            "ci_low",
            "ci_high",
            "ci_level",
        )
    )
    trend = {
        "metric": "demand_trend",
        "unit": "share_change",
        "status": "suppressed",
        "reason": "wide_interval",
    }
    return [
        *(row | {"metric": "required_share"} for row in headline),
        *(row | nothing | trend for row in headline),
    ]


def step(row: Row, level: str) -> Row:
    """The step of a ladder with the share of the whole."""
    names = (
        "occupation_id",
        "skill_id",
        "occupation",
        "skill",
        "period_start",
        "period_end",
        "ci_level",
        "status",
    )
    more = ("reason", "reason_detail", "method_version", "source_ids", "as_of")
    return {name: row[name] for name in (*names, *more)} | {
        "ladder_level": level,
        "level_share": row["value"],
        "level_share_ci_low": row["ci_low"],
        "level_share_ci_high": row["ci_high"],
        "level_n": row["n_numerator"],
        "level_n_denominator": row["n_denominator"],
        "level_n_effective": row["n_effective"],
        "level_lift": None if row["value"] is None else 1.0,
    }


def callbacks(headline: list[Row]) -> list[Row]:
    """Rows of metric callback_effect beside the headline shares of our own skills."""
    pairs = [row for row in headline if row["skill"] in OWN and row["period_start"] == DEFAULT[0]]
    found = callback_rows(
        pairs, drawn_evidence().tables, period=DEFAULT, as_of=AS_OF, method_version="2026.1"
    )
    return list(found.to_pylist())


def facts(**changes: Any) -> ReleaseFacts:
    """Facts of the drawn release, with changes."""
    entry = {
        "source_id": "board_a",
        "version": "1.0",
        "retrieved_at": None,
        "sha256": "0" * 64,
        "rows": 10,
        "license_id": "CC BY 4.0",
        "redistributable": True,
        "url": None,
        "state": "loaded",
        "detail": None,
    }
    given: dict[str, Any] = {
        "as_of": AS_OF,
        "periods": PERIODS,
        "default_period": DEFAULT,
        "channel": "nightly",
        "synthetic": True,
        "method_version": "2026.1",
        "schema_version": "1.0.0",
        "night_key": "night-1",
        "code_version": "code-1",
        "code_commit": None,
        "created_at": "2023-01-01T03:00:00Z",
        "inputs": (entry, entry | {"source_id": "esco", "state": "not_loaded", "detail": "no loader"}),
        "taxonomy": {"onet_soc": "29.2", "esco": None, "isco": None},
        "k_min": K_MIN,
        "k_enter": 15,
        "employer_min": EMPLOYER_MIN,
        "coverage": {"postings_total": 1000, "postings_with_any_skill": 900},
        "tool_versions": {"python": "3.11"},
    }
    return ReleaseFacts(**(given | changes))


def staged(folder: Path, seed: int = 1, version: str = "2022-12-31.0", **changes: Any) -> Path:
    """A written, unpublished release."""
    release_facts = facts(**changes)
    return write_release(
        tables(seed, synthetic=release_facts.synthetic),
        release_facts,
        folder,
        data_version=version,
        previous_data_version=None,
        forests=drawn_evidence().forests,
    )


def published(home: Path, seed: int = 1, **changes: Any) -> Path:
    """A v1 root with one more release."""
    root = home / "v1"
    version = next_data_version(root, AS_OF)
    staging = staged(home / "staging" / version, seed, version, **changes)
    publish(staging, root, data_version=version, **TIMES)
    return root
