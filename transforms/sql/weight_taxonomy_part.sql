-- One row per role, mapped code, skill and part: the families both draw in, and those only one of them does.
WITH base_employer AS (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end, part, employer_key,
        count(*) AS n_families
    FROM weight_taxonomy_member
    GROUP BY ALL
),
base AS (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end, part,
        CAST(sum(n_families) AS BIGINT) AS n_families,
        count(*) AS n_employers
    FROM base_employer
    GROUP BY ALL
),
-- Only skills whose share of the role is published and not zero: the others have nothing to be compared with.
asked AS (
    SELECT weight_mask.occupation, weight_mask.skill_id, weight_mask.period_start, weight_mask.period_end
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE weight_mask.partner_skill_id = '' AND source_group = 'all' AND geo = 'all'
      AND weight_mask.status IN ('ok', 'low_reliability')
      AND weight_posting_share.n_numerator > 0
),
skill_employer AS (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end, part, employer_key, skill_id,
        count(*) AS n_with
    FROM weight_taxonomy_member
    JOIN core_family_skill USING (family_id)
    SEMI JOIN asked USING (occupation, skill_id, period_start, period_end)
    GROUP BY ALL
),
skill AS (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end, part, skill_id,
        CAST(sum(skill_employer.n_with) AS BIGINT) AS n_with,
        count(*) AS n_employers_with,
        count(*) FILTER (skill_employer.n_with = base_employer.n_families) AS n_employers_always,
        max(skill_employer.n_with) AS top_employer_families
    FROM skill_employer
    JOIN base_employer
        USING (occupation, scheme, code, min_confidence, period_start, period_end, part, employer_key)
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
LEFT JOIN base
  ON base.occupation = mapped.occupation
 AND base.scheme = mapped.scheme
 AND base.code = mapped.code
 AND base.min_confidence = mapped.min_confidence
 AND base.period_start = asked.period_start
 AND base.period_end = asked.period_end
 AND base.part = one.part
LEFT JOIN skill
  ON skill.occupation = mapped.occupation
 AND skill.scheme = mapped.scheme
 AND skill.code = mapped.code
 AND skill.min_confidence = mapped.min_confidence
 AND skill.period_start = asked.period_start
 AND skill.period_end = asked.period_end
 AND skill.part = one.part
 AND skill.skill_id = asked.skill_id
