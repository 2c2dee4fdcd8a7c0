-- One row per role, period and skill: its families of the role among all families that ask for the skill.
-- Periods, roles, employers and skills are whole numbers up to the last step: names cost several times as much.
WITH skill_name AS MATERIALIZED (
    SELECT skill_id, CAST(row_number() OVER (ORDER BY skill_id) AS INTEGER) AS skill
    FROM (
        SELECT DISTINCT skill_id
        FROM weight_posting_share
        WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
    )
),
period AS MATERIALIZED (
    SELECT period_start, period_end, CAST(row_number() OVER (ORDER BY period_start, period_end) AS INTEGER) AS period
    FROM core_period
),
employer_name AS MATERIALIZED (
    SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM weight_posting)
),
cell AS MATERIALIZED (
    SELECT
        occupation, period,
        CAST(row_number() OVER (ORDER BY occupation, period) AS INTEGER) AS cell
    FROM core_occupation
    CROSS JOIN period
    WHERE occupation_kind = 'role'
),
-- A skill in a cell is one number, lest the planner joins all skills of a cell with each other.
place AS MATERIALIZED (
    SELECT cell.cell * 1048576 :: BIGINT + skill_name.skill AS place
    FROM weight_posting_share
    JOIN period USING (period_start, period_end)
    JOIN cell USING (occupation, period)
    JOIN skill_name USING (skill_id)
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
-- The base: families of the pool that ask for the skill, a split advert once.
base_employer AS MATERIALIZED (
    SELECT period.period, skill_name.skill, employer_name.employer, count(*) AS n_base
    FROM weight_posting
    JOIN period USING (period_start, period_end)
    JOIN employer_name USING (employer_key)
    JOIN core_family_skill USING (family_id)
    JOIN skill_name USING (skill_id)
    WHERE weight_posting.occupation = 'all'
    GROUP BY ALL
),
base AS MATERIALIZED (
    SELECT
        period, skill,
        CAST(sum(n_base) AS BIGINT) AS n_denominator,
        count(*) AS n_base_employers,
        round(sum(n_base) * sum(n_base) / sum(n_base * n_base), 6) AS effective_employers
    FROM base_employer
    GROUP BY ALL
),
base_sum AS MATERIALIZED (
    SELECT
        period, skill,
        sum(CAST(
            CAST(n_base * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN base USING (period, skill)
    GROUP BY ALL
),
role_employer AS MATERIALIZED (
    SELECT cell.cell, period.period, skill_name.skill, employer_name.employer, count(*) AS n_part
    FROM weight_posting
    JOIN period USING (period_start, period_end)
    JOIN cell ON cell.occupation = weight_posting.occupation AND cell.period = period.period
    JOIN employer_name USING (employer_key)
    JOIN core_family_skill USING (family_id)
    JOIN skill_name USING (skill_id)
    SEMI JOIN place ON place.place = cell.cell * 1048576 :: BIGINT + skill_name.skill
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
    GROUP BY ALL
),
-- How many employers have the same families of the same base: nearly all have one or two.
alike AS (
    SELECT cell, period, skill, n_part, n_base, count(*) AS n
    FROM role_employer
    JOIN base_employer USING (period, skill, employer)
    GROUP BY ALL
),
-- The three sums over employers of the jackknife of weight_posting_share.
observed AS (
    SELECT
        cell, period, skill,
        base.n_denominator, base.n_base_employers, base.effective_employers,
        CAST(base_sum.s_base AS DOUBLE) AS s_base,
        CAST(sum(n * n_part) AS BIGINT) AS n_numerator,
        CAST(sum(n) AS BIGINT) AS n_employers,
        max(n_part) AS top_employer_families,
        CAST(coalesce(sum(n) FILTER (n_part = n_base), 0) AS BIGINT) AS n_employers_always,
        CAST(sum(n * CAST(
            CAST(n_part * n_part AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS DOUBLE) AS s_skill,
        CAST(sum(n * CAST(
            CAST(n_part * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS DOUBLE) AS s_both
    FROM alike
    JOIN base USING (period, skill)
    JOIN base_sum USING (period, skill)
    GROUP BY ALL
)
SELECT
    cell.occupation,
    period.period_start,
    period.period_end,
    skill_name.skill_id,
    n_numerator,
    n_denominator,
    n_employers,
    top_employer_families,
    n_base_employers - n_employers_always AS n_complement_employers,
    effective_employers,
    CASE
        WHEN n_base_employers > 1
            THEN (n_base_employers - 1) / n_base_employers
                * greatest(s_skill - 2 * n_numerator / n_denominator * s_both
                    + n_numerator / n_denominator * n_numerator / n_denominator * s_base, 0)
    END AS jackknife_variance
FROM observed
JOIN cell USING (cell)
JOIN period ON period.period = observed.period
JOIN skill_name USING (skill)
