"""Good and bad example rows of every declared table, one module per layer.

A good row names the columns of its own table; columns that many tables share take their value from
``SHARED``. A bad row is the good one with a few values changed, and names every rule it must break.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

SKILL = "skl_aaaaaaaaaaaaaaaa"
OTHER_SKILL = "skl_bbbbbbbbbbbbbbbb"

SHARED: dict[str, Any] = {
    "snapshot_sha256": "0" * 64,
    "source_id": "northwind_jobs",
    "source_kind": "postings",
    "release": "2026-01",
    "file": "adverts.csv.gz",
    "row_number": 1,
    "source_posting_key": "advert-1",
    "posting_id": "pst_" + "a" * 16,
    "posting_version": "0" * 32,
    "reader_version": "0" * 16,
    "family_id": "fam_" + "a" * 16,
    "spell_id": "fam_" + "a" * 16,
    "family_version": "1",
    "signature_version": "1",
    "skill_id": SKILL,
    "skill": "websockets",
    "skill_label": "WebSockets",
    "skill_scheme": "skillweights",
    "skill_type": None,
    "reuse_level": None,
    "paired_skill_id": OTHER_SKILL,
    "p_value": 0.001,
    "q_value": 0.01,
    "lift_eb05": 1.1,
    "cluster_id": "clu_" + "a" * 16,
    "cluster_label": "WebSockets, Node.js, Redis",
    "member_rank": 1,
    "is_core": True,
    "membership_share": 0.9,
    "stability": 0.8,
    "n_skills_in_cluster": 4,
    "n_resamples": 50,
    "value_shrunken": None,
    "observational": False,
    "occupation_id": "occ_aaaaaaaaaaaaaaaa",
    "occupation": "backend-developer",
    "occupation_label": "Backend developer",
    "occupation_kind": "role",
    "role_slugs": ["backend-developer"],
    "source_group": "all",
    "source_ids": ["northwind_jobs"],
    "geo": "all",
    "period_start": date(2025, 1, 1),
    "period_end": date(2025, 12, 31),
    "as_of": date(2025, 12, 31),
    "method_version": "2026.1",
    "title": "Backend Developer",
    "place": "Lyon",
    "country": "FR",
    "first_seen_on": date(2025, 3, 1),
    "first_seen_basis": "posted",
    "last_seen_on": None,
    "closes_on": None,
    "language": "en",
    "n_characters": 1200,
    "employer_key": "northwind",
    "seniority": "senior",
    "seniority_basis": "title",
    "years_min": 5,
    "pay_min": 50000.0,
    "pay_max": 60000.0,
    "pay_currency": "EUR",
    "pay_sign": None,
    "pay_period": "year",
    "pay_kind": "structured",
    "pay_year_low": 5000000,
    "pay_year_high": 6000000,
    "pay_mid_year": 5500000,
    "workplace": "remote",
    "employment_type": "full_time",
    "requirement": "required",
    "onet_soc_code": "15-1252.00",
    "language_code": "en",
    "esco_uri": "http://example.org/esco/1",
    "preferred_label": "programmer",
    "alternative_labels": ["coder"],
    "scheme": "esco",
    "taxonomy_version": "1.2.0",
    "code": "http://example.org/esco/1",
    "code_label": "programmer",
    "relation": "exact",
    "title_text": "backend developer",
    "code_confidence": 0.83,
    "code_rule": "exact_title",
    "min_confidence": 0.5,
    "part": "common",
    "code_share": 0.4,
    "role_share": 0.5,
    "share_difference": -0.1,
    "share_difference_ci_low": -0.15,
    "share_difference_ci_high": -0.05,
    "surface": "websockets",
    "licence": "CC BY 4.0",
    "terms_class": "open",
    "retrieved_on": date(2026, 1, 2),
    "synthetic": False,
    "status": "ok",
    "reason": None,
    "reason_detail": None,
    "run_id": "run-1",
    "table_name": "raw_posting",
    "n_rows": 10,
    "rule": "boundary",
    "ci_level": 0.95,
    "n_families": 60,
    "n_employers": 8,
    "n_both": 12,
    "n_skill": 20,
    "n_paired": 30,
    "effective_employers": 6.5,
    "top_employer_families": 3,
    "started_at": datetime(2026, 1, 2, 3, 0),
}


class Bad(NamedTuple):
    """Changes to the good row and the rules they must break, no more and no fewer."""

    changes: dict[str, Any]
    rules: tuple[str, ...]


class Example(NamedTuple):
    """The columns of a good row that are not shared, and bad rows."""

    own: dict[str, Any]
    bad: list[Bad]


COUNTEREXAMPLES: dict[str, Any] = {
    # value that no check of that type lets pass
    "str_matches": "Not This!",
    "str_length": "",
    "isin": "no such value",
}
