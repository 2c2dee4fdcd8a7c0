-- One row per role, period, skill and part of its headline share: how the families ask for it, and at which level.
-- Cells, employers, levels and skills are whole numbers up to the last step: names cost several times as much.
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
-- Number 0 is no level: all levels together.
level_name AS MATERIALIZED (
    SELECT level, CAST(row_number() OVER (ORDER BY level) AS INTEGER) AS level_number
    FROM (SELECT DISTINCT seniority AS level FROM core_family_fact UNION SELECT 'unknown')
),
skill_name AS MATERIALIZED (
    SELECT skill_id, CAST(row_number() OVER (ORDER BY skill_id) AS INTEGER) AS skill
    FROM (SELECT DISTINCT skill_id FROM weight_posting_share WHERE n_numerator >= $k_leave)
),
employer_name AS (
    SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM weight_posting)
),
family AS MATERIALIZED (
    SELECT weight_posting.family_id, cell.cell, employer_name.employer, level_name.level_number
    FROM weight_posting
    JOIN cell USING (occupation, period_start, period_end)
    JOIN employer_name USING (employer_key)
    LEFT JOIN core_family_fact USING (family_id)
    JOIN level_name ON level_name.level = coalesce(core_family_fact.seniority, 'unknown')
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
),
-- A part can be published only if its share passes the count rule, so no other is worth counting.
frequent AS MATERIALIZED (
    SELECT
        cell.cell, skill_name.skill,
        CAST(row_number() OVER (ORDER BY cell.cell, skill_name.skill) AS INTEGER) AS item
    FROM weight_posting_share
    JOIN cell USING (occupation, period_start, period_end)
    JOIN skill_name USING (skill_id)
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
place AS (
    SELECT cell * 1048576 :: BIGINT + skill AS place, item FROM frequent
),
-- A unit is an employer in a cell at one level, a whole one altogether.
at_level AS MATERIALIZED (
    SELECT
        cell, level_number, n_base, family_ids,
        sum(n_base) OVER (PARTITION BY cell, employer) AS n_whole,
        CAST(row_number() OVER () AS INTEGER) AS unit,
        CAST(dense_rank() OVER (ORDER BY cell, employer) AS INTEGER) AS whole
    FROM (
        SELECT cell, level_number, employer, count(*) AS n_base, list(family_id) AS family_ids
        FROM family
        GROUP BY ALL
    )
),
altogether AS MATERIALIZED (
    SELECT whole, cell, CAST(sum(n_base) AS BIGINT) AS n_base FROM at_level GROUP BY ALL
),
-- Employers' families: at each level, and (level 0) altogether.
base_employer AS (
    SELECT cell, level_number, n_base FROM at_level
    UNION ALL BY NAME
    SELECT cell, 0 AS level_number, n_base FROM altogether
),
base AS MATERIALIZED (
    SELECT
        cell, level_number,
        CAST(sum(n_base) AS BIGINT) AS n_denominator,
        count(*) AS n_base_employers,
        round(sum(n_base) * sum(n_base) / sum(n_base * n_base), 6) AS effective_employers
    FROM base_employer
    GROUP BY ALL
),
-- The three sums over employers of the jackknife of weight_posting_share: this is the one of the base alone.
base_sum AS (
    SELECT
        cell, level_number,
        sum(CAST(
            CAST(n_base * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN base USING (cell, level_number)
    GROUP BY ALL
),
-- Employers of one family, which are most in most cells, are one unit with the number of their level below zero and
-- one whole 0, and only counted. Families come out of lists: of joins by several numbers the planner expects a
-- thousand times their rows, and would then hold all skills of all families in memory, not the families.
member AS MATERIALIZED (
    SELECT
        unnest(family_ids) AS family_id, cell,
        CASE WHEN n_whole = 1 THEN -level_number ELSE unit END AS unit,
        CASE WHEN n_whole = 1 THEN 0 ELSE whole END AS whole
    FROM at_level
),
asked AS MATERIALIZED (
    SELECT
        place.item, member.unit, member.whole,
        count(*) AS n_any,
        count(*) FILTER (core_family_skill.requirement = 'required') AS n_required,
        count(*) FILTER (core_family_skill.requirement = 'preferred') AS n_preferred
    FROM member
    JOIN core_family_skill USING (family_id)
    JOIN skill_name USING (skill_id)
    JOIN place ON place.place = member.cell * 1048576 :: BIGINT + skill_name.skill
    GROUP BY ALL
),
asked_anywhere AS MATERIALIZED (
    SELECT
        item, whole,
        CAST(sum(n_any) AS BIGINT) AS n_any,
        CAST(sum(n_required) AS BIGINT) AS n_required,
        CAST(sum(n_preferred) AS BIGINT) AS n_preferred
    FROM asked
    GROUP BY ALL
),
-- How many employers are alike in all that is summed below: nearly all have one or two families.
alike_anywhere AS (
    SELECT item, n_base, n_any, n_required, n_preferred, count(*) AS n
    FROM asked_anywhere
    JOIN altogether USING (whole)
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT item, 1 AS n_base, 1 AS n_any, one.n_required, one.n_preferred, one.n
    FROM asked_anywhere
    CROSS JOIN LATERAL (
        VALUES (1, 0, n_required), (0, 1, n_preferred), (0, 0, n_any - n_required - n_preferred)
    ) AS one (n_required, n_preferred, n)
    WHERE whole = 0 AND one.n > 0
),
alike AS (
    SELECT 0 AS part, item, level_number, n_base, n_any, n_any AS n_part, count(*) AS n
    FROM asked
    JOIN at_level USING (unit)
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT 0 AS part, item, -unit AS level_number, 1 AS n_base, 1 AS n_any, 1 AS n_part, n_any AS n
    FROM asked
    WHERE unit < 0
    UNION ALL BY NAME
    SELECT listed.part, item, 0 AS level_number, n_base, n_any, n_part, CAST(sum(n) AS BIGINT) AS n
    FROM alike_anywhere
    CROSS JOIN LATERAL (
        VALUES (1, n_required), (2, n_preferred), (3, n_any - n_required - n_preferred)
    ) AS listed (part, n_part)
    GROUP BY ALL
),
observed AS MATERIALIZED (
    SELECT
        part, alike.level_number, item,
        CAST(sum(n * n_part) AS BIGINT) AS n_numerator,
        CAST(coalesce(sum(n) FILTER (n_part > 0), 0) AS BIGINT) AS n_employers,
        max(n_part) AS top_employer_families,
        CAST(coalesce(sum(n) FILTER (n_part = n_base), 0) AS BIGINT) AS n_employers_always,
        CAST(coalesce(sum(n) FILTER (n_part < n_any), 0) AS BIGINT) AS n_other_employers,
        sum(n * CAST(
            CAST(n_part * n_part AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_skill,
        sum(n * CAST(
            CAST(n_part * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_both
    FROM alike
    JOIN frequent USING (item)
    JOIN base ON base.cell = frequent.cell AND base.level_number = alike.level_number
    GROUP BY ALL
),
-- Every part of every frequent share has a row; where no family asks in this way or at this level it counts 0.
wanted AS (
    SELECT part.part, 0 AS level_number, frequent.*
    FROM frequent
    CROSS JOIN (VALUES (1), (2), (3)) AS part (part)
    UNION ALL
    SELECT 0, base.level_number, frequent.*
    FROM frequent
    JOIN base USING (cell)
    WHERE base.level_number > 0
),
counted AS (
    SELECT
        wanted.*,
        base.n_denominator, base.n_base_employers, base.effective_employers,
        coalesce(observed.n_numerator, 0) AS n_numerator,
        coalesce(observed.n_employers, 0) AS n_employers,
        coalesce(observed.top_employer_families, 0) AS top_employer_families,
        base.n_base_employers - coalesce(observed.n_employers_always, 0) AS n_complement_employers,
        coalesce(observed.n_other_employers, 0) AS n_other_employers,
        coalesce(observed.n_numerator, 0) / base.n_denominator AS share,
        CAST(base_sum.s_base AS DOUBLE) AS s_base,
        CAST(coalesce(observed.s_skill, 0) AS DOUBLE) AS s_skill,
        CAST(coalesce(observed.s_both, 0) AS DOUBLE) AS s_both
    FROM wanted
    JOIN base USING (cell, level_number)
    JOIN base_sum USING (cell, level_number)
    LEFT JOIN observed USING (part, level_number, item)
)
SELECT
    ['ladder', 'required_share', 'preferred_share', 'mentioned_share'][part + 1] AS share_metric,
    coalesce(level_name.level, '') AS level,
    cell.occupation,
    cell.period_start,
    cell.period_end,
    skill_name.skill_id,
    n_numerator,
    n_denominator,
    n_employers,
    top_employer_families,
    n_complement_employers,
    n_other_employers,
    effective_employers,
    CASE
        WHEN n_base_employers > 1
            THEN (n_base_employers - 1) / n_base_employers
                * greatest(s_skill - 2 * share * s_both + share * share * s_base, 0)
    END AS jackknife_variance
FROM counted
JOIN cell USING (cell)
JOIN skill_name USING (skill)
LEFT JOIN level_name USING (level_number)
