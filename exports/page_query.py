"""Rows that pages are made of and compared with: headline shares, best pairs, what is left out."""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from exports.contract_json import ENVELOPE, METRIC_ITEM, PAIR_ITEM
from warehouse.connection import Warehouse

Row = dict[str, Any]
Days = tuple[str, str]
"""First and last day of a period, ISO 8601."""

Cell = tuple[str, str, str, str]
"""Occupation id, skill id, first and last day of a period."""

PAIRS_PER_SKILL = 10

HEADLINE = """
    WITH headline AS (
        SELECT * REPLACE (
            CAST(period_start AS VARCHAR) AS period_start,
            CAST(period_end AS VARCHAR) AS period_end,
            CAST(as_of AS VARCHAR) AS as_of
        )
        FROM metric_value
        WHERE metric = 'posting_share' AND skill IS NOT NULL AND source_group = 'all' AND geo = 'all'
    ),
    listed AS (
        SELECT headline.occupation_id, headline.skill_id
        FROM headline
        LEFT JOIN skill AS declared ON declared.skill_id = headline.skill_id
        GROUP BY ALL
        HAVING bool_or(headline.status IN ('ok', 'low_reliability') OR declared.skill_scheme = 'skillweights')
    )
"""
SHARES_SQL = f"""{HEADLINE}
    SELECT occupation_id, skill_id, occupation, skill, {", ".join(ENVELOPE)}
    FROM headline SEMI JOIN listed USING (occupation_id, skill_id)
    ORDER BY occupation, skill, period_start, period_end
"""  # noqa: S608
LEFT_OUT_SQL = f"""{HEADLINE}
    SELECT occupation_id, period_start, period_end, reason, count(*) AS n_skills
    FROM headline ANTI JOIN listed USING (occupation_id, skill_id)
    GROUP BY ALL
    ORDER BY ALL
"""  # noqa: S608
MEASURES_SQL = f"""
    WITH above_zero AS (
        SELECT DISTINCT occupation_id, skill_id
        FROM metric_value
        WHERE metric = 'posting_share' AND skill IS NOT NULL AND source_group = 'all' AND geo = 'all' AND value > 0
    )
    SELECT occupation_id, skill_id, {", ".join(METRIC_ITEM)},
        CAST(period_start AS VARCHAR) AS period_start,
        CAST(period_end AS VARCHAR) AS period_end
    FROM metric_value SEMI JOIN above_zero USING (occupation_id, skill_id)
    WHERE metric NOT IN ('posting_share', 'callback_effect') AND skill IS NOT NULL
      AND source_group = 'all' AND geo = 'all'
    ORDER BY occupation, skill, period_start, period_end, metric
"""  # noqa: S608
PAIRS_SQL = f"""
    SELECT
        occupation_id, skill_id, paired_skill_id, paired_skill, {", ".join(PAIR_ITEM)},
        CAST(period_start AS VARCHAR) AS period_start,
        CAST(period_end AS VARCHAR) AS period_end,
        count(*) OVER pairs AS n_pairs
    FROM skill_pair
    WINDOW pairs AS (PARTITION BY occupation_id, skill_id, period_start, period_end)
    QUALIFY row_number() OVER (pairs ORDER BY lift DESC, npmi DESC, n_both DESC, paired_skill) <= $most
    ORDER BY occupation, skill, period_start, period_end, lift DESC, npmi DESC, n_both DESC, paired_skill
"""  # noqa: S608
CALLBACKS_SQL = f"""
    SELECT occupation_id, {", ".join(ENVELOPE)}, list(skill ORDER BY skill) AS skills
    FROM (
        SELECT * REPLACE (
            CAST(period_start AS VARCHAR) AS period_start,
            CAST(period_end AS VARCHAR) AS period_end,
            CAST(as_of AS VARCHAR) AS as_of
        )
        FROM metric_value
        WHERE metric = 'callback_effect'
    )
    GROUP BY ALL
    ORDER BY occupation_id, len(skills) DESC, skills
"""  # noqa: S608
OCCUPATIONS_SQL = """
    SELECT * REPLACE (
        CAST(period_start AS VARCHAR) AS period_start, CAST(period_end AS VARCHAR) AS period_end
    )
    FROM occupation
    ORDER BY occupation, period_start, period_end
"""
MAPPINGS_SQL = "SELECT * FROM taxonomy_map WHERE concept_kind = 'occupation' ORDER BY concept, scheme, code"


@dataclass(frozen=True)
class PageRows:
    """Rows by what a page looks them up with.

    ``shares`` holds the skills that pages may list, by occupation id: those with a published share in
    any period and those of our own list; ``left_out`` counts all others by occupation id. ``callbacks``
    holds each distinct callback effect of an occupation with its skills, the most frequent one first.
    ``measures`` are the other metrics of a cell, for skills with a share above zero in any period: pages show
    no others, and nine rows in ten of metric_value are of others.
    """

    shares: dict[str, list[Row]]
    left_out: dict[str, list[Row]]
    measures: dict[Cell, list[Row]]
    pairs: dict[Cell, list[Row]]
    skills: dict[str, Row]
    occupations: dict[str, list[Row]]
    mappings: dict[str, list[Row]]
    callbacks: dict[str, list[Row]]


def page_rows(warehouse: Warehouse) -> PageRows:
    """The rows of registered release tables."""
    pairs = warehouse.arrow(PAIRS_SQL, {"most": PAIRS_PER_SKILL}).to_pylist()
    return PageRows(
        grouped(warehouse.arrow(SHARES_SQL).to_pylist(), "occupation_id"),
        grouped(warehouse.arrow(LEFT_OUT_SQL).to_pylist(), "occupation_id"),
        grouped(
            warehouse.arrow(MEASURES_SQL).to_pylist(),
            "occupation_id",
            "skill_id",
            "period_start",
            "period_end",
        ),
        grouped(pairs, "occupation_id", "skill_id", "period_start", "period_end"),
        {row["skill_id"]: row for row in warehouse.arrow("FROM skill ORDER BY skill").to_pylist()},
        grouped(warehouse.arrow(OCCUPATIONS_SQL).to_pylist(), "occupation_id"),
        grouped(warehouse.arrow(MAPPINGS_SQL).to_pylist(), "concept_id"),
        grouped(warehouse.arrow(CALLBACKS_SQL).to_pylist(), "occupation_id"),
    )


def grouped(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, or by the tuple of several, in their order."""
    groups: dict[Any, list[Row]] = {}
    key_of = itemgetter(*names)
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    return groups


def days(row: Row) -> Days:
    """The period of a row."""
    return row["period_start"], row["period_end"]


def cell(row: Row) -> Cell:
    """The cell of a row."""
    return row["occupation_id"], row["skill_id"], row["period_start"], row["period_end"]
