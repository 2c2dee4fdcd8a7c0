-- One row per role, mapped code, skill and part: the families both draw in, and those only one of them does.
-- Cells, employers and skills are whole numbers up to the last step: names cost several times as much.
WITH cell AS MATERIALIZED (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end,
        CAST(row_number() OVER () AS INTEGER) AS cell,
        CAST(dense_rank() OVER (ORDER BY occupation, period_start, period_end) AS INTEGER) AS role_cell
    FROM (
        SELECT DISTINCT occupation, scheme, code, min_confidence, period_start, period_end
        FROM weight_taxonomy_member
    )
),
employer AS (
    SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM weight_taxonomy_member)
),
member AS (
    SELECT weight_taxonomy_member.family_id, cell.cell, cell.role_cell, part, employer.employer
    FROM weight_taxonomy_member
    JOIN cell USING (occupation, scheme, code, min_confidence, period_start, period_end)
    JOIN employer USING (employer_key)
),
-- A base is one part of a cell, a unit an employer in it.
base_employer AS MATERIALIZED (
    SELECT
        cell, role_cell, part, n_families, family_ids,
        CAST(dense_rank() OVER (ORDER BY cell, part) AS INTEGER) AS base,
        CAST(row_number() OVER () AS INTEGER) AS unit
    FROM (
        SELECT cell, role_cell, part, employer, count(*) AS n_families, list(family_id) AS family_ids
        FROM member
        GROUP BY ALL
    )
),
base AS MATERIALIZED (
    SELECT base, cell, part, CAST(sum(n_families) AS BIGINT) AS n_families, count(*) AS n_employers
    FROM base_employer
    GROUP BY ALL
),
-- Employers of one family, which are most in most bases, are one unit with the number of the base below zero.
family AS MATERIALIZED (
    SELECT unnest(family_ids) AS family_id, role_cell, CASE WHEN n_families = 1 THEN -base ELSE unit END AS unit
    FROM base_employer
),
-- Only skills whose share of the role is published and not zero: the others have nothing to be compared with.
asked AS MATERIALIZED (
    SELECT
        weight_mask.occupation, weight_mask.skill_id, weight_mask.period_start, weight_mask.period_end,
        CAST(dense_rank() OVER (ORDER BY weight_mask.skill_id) AS INTEGER) AS skill
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE weight_mask.partner_skill_id = '' AND source_group = 'all' AND geo = 'all'
      AND weight_mask.status IN ('ok', 'low_reliability')
      AND weight_posting_share.n_numerator > 0
),
-- Cell and skill as one number, lest the planner joins all skills of a cell with each other.
place AS (
    SELECT role_cell.role_cell * 1048576 :: BIGINT + asked.skill AS place
    FROM asked
    JOIN (SELECT DISTINCT role_cell, occupation, period_start, period_end FROM cell) AS role_cell
        USING (occupation, period_start, period_end)
),
skill_employer AS MATERIALIZED (
    SELECT family.unit, skill.skill, count(*) AS n_with
    FROM family
    JOIN core_family_skill USING (family_id)
    JOIN (SELECT DISTINCT skill, skill_id FROM asked) AS skill USING (skill_id)
    SEMI JOIN place ON place.place = family.role_cell * 1048576 :: BIGINT + skill.skill
    GROUP BY ALL
),
alike AS (
    SELECT base, skill, skill_employer.n_with, n_with = n_families AS is_always, count(*) AS n
    FROM skill_employer
    JOIN base_employer USING (unit)
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT -unit AS base, skill, 1 AS n_with, true AS is_always, n_with AS n FROM skill_employer WHERE unit < 0
),
skill AS (
    SELECT
        base, skill,
        CAST(sum(n * n_with) AS BIGINT) AS n_with,
        CAST(sum(n) AS BIGINT) AS n_employers_with,
        CAST(sum(n) FILTER (is_always) AS BIGINT) AS n_employers_always,
        max(n_with) AS top_employer_families
    FROM alike
    GROUP BY ALL
),
mapped AS (
    SELECT DISTINCT occupation, scheme, code, min_confidence FROM weight_taxonomy_member
)
SELECT
    mapped.occupation,
    mapped.scheme,
    mapped.code,
    mapped.min_confidence,
    asked.period_start,
    asked.period_end,
    asked.skill_id,
    one.part,
    coalesce(base.n_families, 0) AS n_families,
    coalesce(skill.n_with, 0) AS n_with,
    coalesce(skill.n_employers_with, 0) AS n_employers_with,
    coalesce(base.n_employers, 0) - coalesce(skill.n_employers_always, 0) AS n_employers_without,
    coalesce(skill.top_employer_families, 0) AS top_employer_families
FROM mapped
JOIN asked USING (occupation)
CROSS JOIN (SELECT unnest(['common', 'code_only', 'role_only']) AS part) AS one
LEFT JOIN cell
  ON cell.occupation = mapped.occupation
 AND cell.scheme = mapped.scheme
 AND cell.code = mapped.code
 AND cell.min_confidence = mapped.min_confidence
 AND cell.period_start = asked.period_start
 AND cell.period_end = asked.period_end
LEFT JOIN base
  ON base.cell = cell.cell
 AND base.part = one.part
LEFT JOIN skill
  ON skill.base = base.base
 AND skill.skill = asked.skill
