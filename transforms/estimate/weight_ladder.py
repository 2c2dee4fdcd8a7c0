"""Fills weight_ladder: the slope of a share over the steps of seniority that its ladder shows.

Cochran 1954 (Biometrics 10:417-451) and Armitage 1955 (Biometrics 11:375-386) test the slope of shares on scores;
here its variance is clustered by employer (Liang and Zeger 1986): employers' sums of score residuals, squared.
Only shown steps enter, so the slope says nothing of a withheld one.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from schemas.derive import arrow_schema
from schemas.weight_ladder import WeightLadder
from transforms.interval import student

SELECTS = {
    "slope": """
        WITH shown AS (
            SELECT
                occupation, period_start, period_end, skill_id, level,
                CASE level WHEN 'entry' THEN 0 WHEN 'mid' THEN 1 WHEN 'senior' THEN 2 WHEN 'lead' THEN 3 END AS score
            FROM weight_part_mask
            WHERE metric = 'ladder' AND level <> '' AND status IN ('ok', 'low_reliability')
        ),
        -- Skills with the same steps share the sums over employers that do not ask.
        chosen AS (
            SELECT occupation, period_start, period_end, skill_id, string_agg(level, ' ' ORDER BY score) AS steps
            FROM shown
            GROUP BY ALL
        ),
        step AS (
            SELECT DISTINCT chosen.occupation, chosen.period_start, chosen.period_end, chosen.steps,
                shown.level, shown.score
            FROM chosen
            JOIN shown USING (occupation, period_start, period_end, skill_id)
        ),
        family AS (
            SELECT
                weight_posting.family_id, weight_posting.occupation, weight_posting.period_start,
                weight_posting.period_end, weight_posting.employer_key,
                coalesce(core_family_fact.seniority, 'unknown') AS level
            FROM weight_posting
            LEFT JOIN core_family_fact USING (family_id)
            WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
        ),
        base_employer AS (
            SELECT
                occupation, period_start, period_end, step.steps, family.employer_key,
                count(*) AS n,
                CAST(sum(step.score) AS BIGINT) AS s,
                CAST(sum(step.score * step.score) AS BIGINT) AS ss
            FROM family
            JOIN step USING (occupation, period_start, period_end, level)
            GROUP BY ALL
        ),
        base AS (
            SELECT
                occupation, period_start, period_end, steps,
                CAST(sum(n) AS BIGINT) AS n, CAST(sum(s) AS BIGINT) AS s, CAST(sum(ss) AS BIGINT) AS ss,
                count(*) AS n_base_employers,
                greatest(1, sum(n) * sum(n) / sum(n * n) - 1) AS slope_df
            FROM base_employer
            GROUP BY ALL
        ),
        skill_employer AS (
            SELECT
                occupation, period_start, period_end, chosen.steps, skill_id, family.employer_key,
                count(*) AS y,
                CAST(sum(step.score) AS BIGINT) AS sy
            FROM family
            JOIN core_family_skill USING (family_id)
            JOIN chosen USING (occupation, period_start, period_end, skill_id)
            JOIN step USING (occupation, period_start, period_end, steps, level)
            GROUP BY ALL
        ),
        asked AS (
            SELECT
                occupation, period_start, period_end, steps, skill_id,
                CAST(sum(y) AS BIGINT) AS y, CAST(sum(sy) AS BIGINT) AS sy, count(*) AS n_employers
            FROM skill_employer
            GROUP BY ALL
        ),
        line AS (
            SELECT
                asked.*, base.n, base.s, base.ss, base.n_base_employers, base.slope_df,
                (base.n * asked.sy - base.s * asked.y) / (base.n * base.ss - base.s * base.s) AS slope,
                base.s / base.n AS mean_score,
                (asked.y - slope * base.s) / base.n AS intercept
            FROM asked
            JOIN base USING (occupation, period_start, period_end, steps)
        ),
        -- An employer's sum of (score - mean) (asks - line) is t - a p - b q; decimals, so that no order shows.
        base_sum AS (
            SELECT
                occupation, period_start, period_end, steps,
                CAST(sum(CAST((base_employer.s - base.s / base.n * base_employer.n)
                    * (base_employer.s - base.s / base.n * base_employer.n) AS DECIMAL(38, 15))) AS DOUBLE) AS pp,
                CAST(sum(CAST((base_employer.s - base.s / base.n * base_employer.n)
                    * (base_employer.ss - base.s / base.n * base_employer.s) AS DECIMAL(38, 15))) AS DOUBLE) AS pq,
                CAST(sum(CAST((base_employer.ss - base.s / base.n * base_employer.s)
                    * (base_employer.ss - base.s / base.n * base_employer.s) AS DECIMAL(38, 15))) AS DOUBLE) AS qq
            FROM base_employer
            JOIN base USING (occupation, period_start, period_end, steps)
            GROUP BY ALL
        ),
        skill_sum AS (
            SELECT
                occupation, period_start, period_end, steps, skill_id,
                CAST(sum(CAST((skill_employer.sy - line.mean_score * skill_employer.y)
                    * (skill_employer.sy - line.mean_score * skill_employer.y) AS DECIMAL(38, 15))) AS DOUBLE) AS tt,
                CAST(sum(CAST((skill_employer.sy - line.mean_score * skill_employer.y)
                    * (base_employer.s - line.mean_score * base_employer.n) AS DECIMAL(38, 15))) AS DOUBLE) AS tp,
                CAST(sum(CAST((skill_employer.sy - line.mean_score * skill_employer.y)
                    * (base_employer.ss - line.mean_score * base_employer.s) AS DECIMAL(38, 15))) AS DOUBLE) AS tq
            FROM skill_employer
            JOIN line USING (occupation, period_start, period_end, steps, skill_id)
            JOIN base_employer USING (occupation, period_start, period_end, steps, employer_key)
            GROUP BY ALL
        )
        SELECT
            occupation, period_start, period_end, skill_id,
            line.y AS n_numerator, line.n AS n_denominator, line.n_employers, line.slope,
            CASE
                WHEN line.n_base_employers > 1
                    THEN line.n_base_employers / (line.n_base_employers - 1)
                        * greatest(tt - 2 * intercept * tp - 2 * slope * tq + intercept * intercept * pp
                            + 2 * intercept * slope * pq + slope * slope * qq, 0)
                        / ((line.ss - line.s * mean_score) * (line.ss - line.s * mean_score))
            END AS slope_variance,
            line.slope_df
        FROM line
        JOIN base_sum USING (occupation, period_start, period_end, steps)
        JOIN skill_sum USING (occupation, period_start, period_end, steps, skill_id)
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
    low, high = student(value, variance, df, level=float(parameters["ci_level"]))
    found = {
        "slope": value,
        "slope_ci_low": np.round(low, DECIMALS),
        "slope_ci_high": np.round(high, DECIMALS),
    }
    schema = arrow_schema(WeightLadder)
    return pa.table(
        [pa.array(found[name]) if name in found else slopes[name] for name in schema.names], schema=schema
    )
