"""Fills weight_ladder: the slope of a share over the steps of seniority, of all families whose level is stated.

Cochran 1954 (Biometrics 10:417-451) and Armitage 1955 (Biometrics 11:375-386) test the slope of shares on scores.
Its variance is the delete-one-employer jackknife, as of shares: the sandwich of Liang and Zeger 1986 covered 88 %
where three employers hold half the adverts, the jackknife 94 % (docs/decisions/ladder.md, which says as well why half
the interval's width is rounded up).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_ladder import WeightLadder
from transforms.interval import half_width, next_preferred

SELECTS = {
    "slope": """
        -- Cells, employers and skills are whole numbers up to the last step: names cost several times as much.
        WITH cell AS MATERIALIZED (
            SELECT
                occupation, period_start, period_end,
                CAST(row_number() OVER (ORDER BY occupation, period_start, period_end) AS INTEGER) AS cell
            FROM (
                SELECT DISTINCT occupation, period_start, period_end
                FROM weight_posting
                JOIN core_occupation USING (occupation)
                WHERE source_group = 'all' AND geo = 'all' AND core_occupation.occupation_kind = 'role'
            )
        ),
        employer_name AS (
            SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
            FROM (SELECT DISTINCT employer_key FROM weight_posting)
        ),
        family AS MATERIALIZED (
            SELECT
                cell.cell, employer_name.employer, weight_posting.family_id,
                CASE core_family_fact.seniority
                    WHEN 'entry' THEN 0 WHEN 'mid' THEN 1 WHEN 'senior' THEN 2 WHEN 'lead' THEN 3
                END AS score
            FROM weight_posting
            JOIN cell USING (occupation, period_start, period_end)
            JOIN employer_name USING (employer_key)
            JOIN core_family_fact USING (family_id)
            WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
              AND core_family_fact.seniority IN ('entry', 'mid', 'senior', 'lead')
        ),
        frequent AS MATERIALIZED (
            SELECT
                cell.cell, skill_id,
                CAST(dense_rank() OVER (ORDER BY skill_id) AS INTEGER) AS skill
            FROM weight_posting_share
            JOIN cell USING (occupation, period_start, period_end)
            WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
        ),
        skill_name AS MATERIALIZED (SELECT DISTINCT skill, skill_id FROM frequent),
        -- Cell and skill as one number, lest the planner joins all skills of a cell with each other.
        place AS (
            SELECT cell * 1048576 :: BIGINT + skill AS place FROM frequent
        ),
        base_employer AS MATERIALIZED (
            SELECT
                cell, employer,
                count(*) AS n, CAST(sum(score) AS BIGINT) AS s, CAST(sum(score * score) AS BIGINT) AS ss
            FROM family
            GROUP BY ALL
        ),
        base AS MATERIALIZED (
            SELECT
                cell,
                CAST(sum(n) AS BIGINT) AS n, CAST(sum(s) AS BIGINT) AS s, CAST(sum(ss) AS BIGINT) AS ss,
                count(*) AS n_base_employers,
                greatest(1, sum(n) * sum(n) / sum(n * n) - 1) AS slope_df
            FROM base_employer
            GROUP BY ALL
        ),
        -- n and s of the others, over the determinant that their slope is divided by.
        weighed AS MATERIALIZED (
            SELECT
                base_employer.*,
                (base.n - base_employer.n) * (base.ss - base_employer.ss)
                    - (base.s - base_employer.s) * (base.s - base_employer.s) AS determinant,
                CAST(base.n - base_employer.n AS DOUBLE) / nullif(determinant, 0) AS w,
                CAST(base.s - base_employer.s AS DOUBLE) / nullif(determinant, 0) AS v
            FROM base_employer
            JOIN base USING (cell)
        ),
        skill_employer AS (
            SELECT
                family.cell, skill_name.skill, family.employer,
                count(*) AS y, CAST(sum(family.score) AS BIGINT) AS sy
            FROM family
            JOIN core_family_skill USING (family_id)
            JOIN skill_name USING (skill_id)
            SEMI JOIN place ON place.place = family.cell * 1048576 :: BIGINT + skill_name.skill
            GROUP BY ALL
        ),
        -- Without an employer the slope moves by t - a p - b q, a and b the line: only t takes the skill.
        base_sum AS (
            SELECT
                cell,
                min(determinant) > 0 AS always_a_line,
                CAST(sum(CAST((w * s - v * n) * (w * s - v * n) AS DECIMAL(38, 20))) AS DOUBLE) AS pp,
                CAST(sum(CAST((w * s - v * n) * (w * ss - v * s) AS DECIMAL(38, 20))) AS DOUBLE) AS pq,
                CAST(sum(CAST((w * ss - v * s) * (w * ss - v * s) AS DECIMAL(38, 20))) AS DOUBLE) AS qq
            FROM weighed
            GROUP BY ALL
        ),
        asked AS (
            SELECT
                cell, skill,
                CAST(sum(y) AS BIGINT) AS y, CAST(sum(sy) AS BIGINT) AS sy,
                count(*) AS n_employers, max(y) AS top_employer_families,
                count(*) FILTER (y = n) AS n_employers_always,
                CAST(sum(CAST((w * sy - v * y) * (w * sy - v * y) AS DECIMAL(38, 20))) AS DOUBLE) AS tt,
                CAST(sum(CAST((w * sy - v * y) * (w * s - v * n) AS DECIMAL(38, 20))) AS DOUBLE) AS tp,
                CAST(sum(CAST((w * sy - v * y) * (w * ss - v * s) AS DECIMAL(38, 20))) AS DOUBLE) AS tq
            FROM skill_employer
            JOIN weighed USING (cell, employer)
            GROUP BY ALL
        ),
        line AS (
            SELECT
                *,
                (base.n * asked.sy - base.s * asked.y) / (base.n * base.ss - base.s * base.s) AS slope,
                (asked.y - slope * base.s) / base.n AS start
            FROM asked
            JOIN base USING (cell)
            JOIN base_sum USING (cell)
            -- One level alone has no slope.
            WHERE base.n * base.ss > base.s * base.s
        )
        SELECT
            occupation, period_start, period_end, skill_id,
            y AS n_numerator, n AS n_denominator, n_employers, top_employer_families,
            n_base_employers - n_employers_always AS n_complement_employers,
            sy AS n_steps_asking, s AS n_steps, ss AS n_squared_steps,
            slope,
            CASE
                WHEN n_base_employers > 1 AND always_a_line
                    THEN (n_base_employers - 1) / n_base_employers
                        * greatest(tt - 2 * start * tp - 2 * slope * tq + start * start * pp
                            + 2 * start * slope * pq + slope * slope * qq, 0)
            END AS slope_variance,
            slope_df
        FROM line
        JOIN cell USING (cell)
        JOIN skill_name USING (skill)
        ORDER BY ALL
    """
}
DECIMALS = 6


def fill(frames: Mapping[str, pa.Table], parameters: Mapping[str, Any]) -> pa.Table:
    """Rows of weight_ladder: one for each row of ``slope``, in its order."""
    slopes = frames["slope"]
    value, variance, df = (
        slopes[name].to_numpy().astype(np.float64) for name in ("slope", "slope_variance", "slope_df")
    )
    value = np.round(value, DECIMALS)
    half = half_width(variance, df, level=float(parameters["ci_level"]))
    printed = next_preferred(half)
    found = {
        "slope": value,
        "slope_half_width": half,
        "slope_ci_low": np.round(np.maximum(value - printed, -1), DECIMALS),
        "slope_ci_high": np.round(np.minimum(value + printed, 1), DECIMALS),
    }
    schema = arrow_schema(WeightLadder)
    return pa.table(
        [pa.array(found[name]) if name in found else slopes[name] for name in schema.names], schema=schema
    )
