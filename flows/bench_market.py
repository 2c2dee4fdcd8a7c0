"""A generated market put into the warehouse as the text stage would leave it, so that estimates can be measured."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pyarrow as pa

from flows.configuration import Configuration
from schemas.derive import arrow_schema
from schemas.table import all_tables
from transforms.evidence.read import read_registry
from transforms.identity import OWN_SCHEME, occupation_id_of, skill_id_of
from transforms.synthetic_counts import CHUNK, SOURCES, MarketSize, drawn_postings, drawn_skills
from warehouse.connection import Warehouse
from warehouse.load import replace_partition

LAST_DAY = date(2026, 6, 30)
OWN_SKILLS = 50
"""Skills that are of our own list and so have a row for every role, asked for or not; the others are a taxonomy's.

500 roles and 50 such skills are 25,000 pairs; 15 roles and 1,648 skills, as config declares them, are 24,720.
"""

GROUPS = (("job-boards", True), ("company-sites", True), ("general-market", False))
"""Source groups, two sources each, and whether `all` pools them."""

FILLED = (
    "core_posting",
    "core_family",
    "core_posting_role",
    "core_family_skill",
    "core_family_fact",
    "core_posting_title",
    "core_title_code",
    "core_occupation",
    "core_occupation_mapping",
    "core_skill",
    "core_source_group",
    "meta_input",
)
"""The tables a market fills; all others that the estimates read stay empty."""


def fill_market(
    warehouse: Warehouse,
    configuration: Configuration,
    size: MarketSize,
    *,
    seed: int,
    n_own: int = OWN_SKILLS,
) -> None:
    """Replace the rows of the tables in FILLED by a market of ``size``; rows keep every declared rule.

    Its first roles and skills bear the names of ``configuration``, so that findings find what they speak of.
    """
    for name in FILLED:
        warehouse.run(f"DELETE FROM {name}")  # noqa: S608
    roles, skills = _roles(configuration, size), _skills(configuration, size, n_own)
    _fill_lists(warehouse, size, roles, skills)
    skill_ids = [_skill_id(slug) for slug, _ in skills]
    postings = drawn_postings(size, seed)
    with warehouse.registered("drawn", postings), warehouse.transaction():
        warehouse.run(
            "CREATE OR REPLACE TEMP TABLE drawn_posting AS " + NAMED,
            {"first_day": _first_day(size), "roles": roles},
        )
        for sql in (POSTING, FAMILY, POSTING_ROLE, FAMILY_FACT, POSTING_TITLE, TITLE_CODE):
            warehouse.run(sql, {"version": "0" * 16})
        for chunk in range(-(-size.n_postings // CHUNK)):
            with warehouse.registered("asked", drawn_skills(size, postings, seed, chunk)):
                warehouse.run(FAMILY_SKILL, {"skill_ids": skill_ids})
        warehouse.run("DROP TABLE drawn_posting")
    warehouse.run("CHECKPOINT")


def market_periods(size: MarketSize) -> tuple[date, tuple[date, date]]:
    """The last day of a market, and its days before the last twelve months as one period."""
    return LAST_DAY, (_first_day(size), date(LAST_DAY.year - 1, LAST_DAY.month, LAST_DAY.day))


def _skill_id(slug: str) -> str:
    return skill_id_of(OWN_SCHEME, slug)


def _first_day(size: MarketSize) -> date:
    return LAST_DAY - timedelta(days=size.n_days - 1)


def _roles(configuration: Configuration, size: MarketSize) -> list[str]:
    known = [row["occupation"] for row in configuration.occupations if row["kind"] == "role"]
    return (known + [f"role-{number:03d}" for number in range(size.n_roles)])[: size.n_roles]


def _skills(configuration: Configuration, size: MarketSize, n_own: int) -> list[tuple[str, bool]]:
    """Slug of each skill, and whether it is of our own list; own ones stand among the common and the rare."""
    registry, _ = read_registry(configuration.evidence)
    linked = {link.skill for link in registry.links if link.skill}
    rest = {row["skill"] for row in configuration.skill_aliases} - linked
    own = iter([*sorted(linked), *sorted(rest)][:n_own])
    every = max(size.n_skills // n_own, 1)
    slugs = [(next(own, None) if number % every == 0 else None) for number in range(size.n_skills)]
    return [(slug or f"skill-{number:04d}", slug is not None) for number, slug in enumerate(slugs)]


def _fill_lists(
    warehouse: Warehouse, size: MarketSize, roles: list[str], skills: list[tuple[str, bool]]
) -> None:
    _replace(
        warehouse,
        "core_occupation",
        [
            {"occupation": slug, "occupation_label": slug.capitalize(), "occupation_kind": kind}
            | {"occupation_id": occupation_id_of(slug)}
            for slug, kind in [*((role, "role") for role in roles), ("all", "pool"), ("other", "residual")]
        ],
    )
    _replace(
        warehouse,
        "core_occupation_mapping",
        [
            {"occupation_id": occupation_id_of(role), "scheme": "onet-soc", "taxonomy_version": "30.1"}
            | {"code": _code(number), "code_label": role.capitalize(), "relation": "close", "found": True}
            for number, role in enumerate(roles)
        ],
    )
    _replace(
        warehouse,
        "core_skill",
        [
            {"skill": slug, "skill_label": slug.capitalize(), "scheme_code": slug}
            | {"skill_scheme": "skillweights" if own else "esco"}
            | {"skill_id": _skill_id(slug), "skill_type": "knowledge", "reuse_level": "unknown"}
            for slug, own in skills
        ],
    )
    groups = [GROUPS[number % len(GROUPS)] for number in range(SOURCES)]
    _replace(
        warehouse,
        "core_source_group",
        [
            {
                "source_id": f"generated_{number}",
                "source_group": group,
                "comparable": pooled,
                "declared": True,
            }
            for number, (group, pooled) in enumerate(groups)
        ],
    )
    _replace(warehouse, "meta_input", [_input(number, size) for number in range(SOURCES)])


def _input(number: int, size: MarketSize) -> dict[str, object]:
    return {
        "snapshot_sha256": f"{number:064x}",
        "source_id": f"generated_{number}",
        "source_kind": "postings",
        "release": "1",
        "file": "generated",
        "bytes": 0,
        "licence": "none needed",
        "terms_class": "open",
        "retrieved_on": LAST_DAY,
        "synthetic": True,
        "load_state": "loaded",
        "load_detail": None,
        "release_rank": 1,
        "n_rows": size.n_postings // SOURCES,
    }


def _replace(warehouse: Warehouse, name: str, rows: Sequence[Mapping[str, object]]) -> None:
    frame = pa.Table.from_pylist(rows, schema=arrow_schema(all_tables()[name]))
    replace_partition(warehouse, name, frame, where={})


def _code(number: int) -> str:
    """A code as O*NET-SOC writes them; 22 major groups."""
    return f"{11 + 2 * (number % 22)}-{1000 + number}.00"


# Ids are spread over all hexadecimal digits, as hashes are: numbers times the golden ratio of 2^64.
NAMED = """
SELECT
    drawn.*,
    'pst_' || lpad(lower(to_hex(((posting + 1) :: HUGEINT * 11400714819323198485) % 18446744073709551616)), 16, '0')
        AS posting_id,
    'fam_' || lpad(lower(to_hex(((family + 1) :: HUGEINT * 11400714819323198485) % 18446744073709551616)), 16, '0')
        AS family_id,
    $roles[role + 1] AS occupation,
    $roles[second_role + 1] AS second_occupation,
    concat(occupation, CASE WHEN posting % 10 = 3 THEN ' ii' ELSE repeat(' i', CAST(posting % 3 AS INTEGER)) END)
        AS title,
    concat('employer ', employer) AS employer_key,
    concat('generated_', source) AS source_id,
    CASE WHEN country >= 0 THEN ['US', 'GB', 'DE', 'IN', 'CA'][country + 1] END AS country_code,
    $first_day + CAST(day AS INTEGER) AS first_seen_on,
    ['entry', 'mid', 'senior', 'lead', 'unknown'][level + 1] AS seniority,
    CASE WHEN pay >= 0 THEN pay * 100.0 :: DOUBLE END AS pay_min,
    CASE WHEN pay >= 0 THEN pay * 120.0 :: DOUBLE END AS pay_max,
    CASE WHEN pay >= 0 THEN ['USD', 'GBP', 'EUR', 'USD', 'USD', 'USD'][country + 2] END AS pay_currency,
    CASE WHEN pay >= 0 THEN 'year' END AS pay_period,
    CASE WHEN pay >= 0 THEN 'structured' END AS pay_kind
FROM drawn
"""
POSTING = """
INSERT INTO core_posting BY NAME
SELECT
    posting_id, source_id, CAST(posting AS VARCHAR) AS source_posting_key, '1' AS release, 'generated' AS file,
    posting + 1 AS row_number, lpad(lower(to_hex(posting)), 32, '0') AS posting_version, title, '' AS place,
    country_code AS country, first_seen_on, 'posted' AS first_seen_basis, NULL AS last_seen_on, NULL AS closes_on,
    'en' AS language, 2000 AS n_characters, employer_key,
    CASE WHEN split = 0 THEN [occupation] ELSE [occupation, second_occupation] END AS role_slugs,
    seniority, CASE seniority WHEN 'unknown' THEN 'none' ELSE 'title' END AS seniority_basis, NULL AS years_min,
    pay_min, pay_max, pay_currency, pay_period, pay_kind, 'unknown' AS workplace, 'full_time' AS employment_type
FROM drawn_posting
"""
FAMILY = """
INSERT INTO core_family BY NAME
SELECT
    drawn_posting.posting_id, drawn_posting.family_id,
    CASE WHEN posting = drawn_posting.family THEN 'own' ELSE 'same_title' END AS family_method,
    CASE WHEN posting = drawn_posting.family THEN NULL ELSE 0.9 END AS family_score,
    CASE WHEN posting = drawn_posting.family THEN NULL ELSE replace(family_id, 'fam_', 'pst_') END AS merged_with,
    'near-1' AS family_version
FROM drawn_posting
"""
POSTING_ROLE = """
INSERT INTO core_posting_role BY NAME
SELECT
    posting_id, family_id, named.occupation,
    CASE WHEN split = 1 THEN concat(family_id, ':', named.occupation) ELSE family_id END AS family_part_id,
    split = 1 AS separated, split <> 2 AS headline,
    CASE WHEN split = 2 THEN 'several_roles' ELSE '' END AS headline_reason
FROM drawn_posting
CROSS JOIN LATERAL (
    SELECT unnest(CASE WHEN split = 0 THEN [drawn_posting.occupation]
        ELSE [drawn_posting.occupation, second_occupation] END) AS occupation
) AS named
"""
FAMILY_FACT = """
INSERT INTO core_family_fact BY NAME
WITH unit AS (
    SELECT family_id, drawn_posting.* EXCLUDE (family_id) FROM drawn_posting WHERE posting = family AND split <> 2
    UNION ALL
    SELECT concat(family_id, ':', occupation), * EXCLUDE (family_id)
    FROM drawn_posting WHERE posting = family AND split = 1
    UNION ALL
    SELECT concat(family_id, ':', second_occupation), * EXCLUDE (family_id)
    FROM drawn_posting WHERE posting = family AND split = 1
)
SELECT
    family_id, posting_id, source_id, employer_key, country_code AS country, first_seen_on, seniority,
    CASE seniority WHEN 'unknown' THEN 'none' ELSE 'title' END AS seniority_basis, NULL AS years_min,
    pay_min, pay_max, pay_currency, pay_period, pay_kind,
    CAST(pay_min * 100 AS BIGINT) AS pay_year_low, CAST(pay_max * 100 AS BIGINT) AS pay_year_high,
    CAST((pay_min + pay_max) * 50 AS BIGINT) AS pay_mid_year,
    'unknown' AS workplace, 'full_time' AS employment_type
FROM unit
"""
# One title in ten is coded to the neighbouring role's code.
POSTING_TITLE = """
INSERT INTO core_posting_title BY NAME
SELECT posting_version, $version AS title_version, title AS title_text, 1 AS n_titles FROM core_posting
"""
TITLE_CODE = """
INSERT INTO core_title_code BY NAME
WITH title AS (
    SELECT DISTINCT title, CASE WHEN ends_with(title, ' ii') THEN second_occupation ELSE occupation END AS coded_as
    FROM drawn_posting
)
SELECT
    title AS title_text, 'onet-soc' AS scheme, 1 AS code_rank, core_occupation_mapping.code AS occupation_code,
    core_occupation_mapping.code_label AS candidate_label, 0.9 AS similarity,
    CASE length(title) % 4 WHEN 0 THEN 0.6 WHEN 1 THEN 0.4 ELSE 0.95 END AS code_confidence,
    'similar_title' AS code_rule, $version AS coder_version
FROM title
JOIN core_occupation ON core_occupation.occupation = title.coded_as
JOIN core_occupation_mapping USING (occupation_id)
"""
FAMILY_SKILL = """
INSERT INTO core_family_skill BY NAME
WITH unit AS (
    SELECT family, family_id FROM drawn_posting WHERE posting = family
    UNION ALL
    SELECT family, concat(family_id, ':', occupation) FROM drawn_posting WHERE posting = family AND split = 1
    UNION ALL
    SELECT family, concat(family_id, ':', second_occupation) FROM drawn_posting WHERE posting = family AND split = 1
)
SELECT
    unit.family_id, $skill_ids[asked.skill + 1] AS skill_id,
    ['required', 'preferred', 'mentioned'][asked.requirement + 1] AS requirement
FROM asked
JOIN unit USING (family)
"""
