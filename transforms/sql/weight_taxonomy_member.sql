-- One row per role, mapped code and family that either draws in: both, the code alone, or the role alone.
WITH confidence AS (
    SELECT unnest([CAST($confidence_low AS DOUBLE), CAST($confidence_high AS DOUBLE)]) AS min_confidence
),
mapped AS (
    SELECT
        core_occupation.occupation,
        core_occupation_mapping.scheme,
        core_occupation_mapping.code,
        confidence.min_confidence
    FROM core_occupation_mapping
    JOIN core_occupation USING (occupation_id)
    CROSS JOIN confidence
    WHERE core_occupation.occupation_kind = 'role'
      AND core_occupation_mapping.scheme IN (SELECT scheme FROM core_posting_code)
),
headline AS (
    SELECT family_id, occupation, period_start, period_end, employer_key
    FROM weight_posting
    WHERE source_group = 'all' AND geo = 'all'
),
-- A family has one code in a taxonomy: that of its surest title.
family_code AS (
    SELECT
        core_posting_role.family_id, core_posting_code.scheme, core_posting_code.occupation_code AS code,
        core_posting_code.code_confidence
    FROM core_posting_code
    JOIN core_posting_role USING (posting_id)
    WHERE core_posting_role.headline
    QUALIFY row_number() OVER (
        PARTITION BY core_posting_role.family_id, core_posting_code.scheme
        ORDER BY core_posting_code.code_confidence DESC, core_posting_code.occupation_code
    ) = 1
),
in_code AS (
    SELECT mapped.*, headline.period_start, headline.period_end, headline.family_id, headline.employer_key
    FROM mapped
    JOIN family_code
      ON family_code.scheme = mapped.scheme
     AND family_code.code = mapped.code
     AND family_code.code_confidence >= mapped.min_confidence
    JOIN headline ON headline.occupation = 'all' AND headline.family_id = family_code.family_id
),
in_role AS (
    SELECT mapped.*, headline.period_start, headline.period_end, headline.family_id, headline.employer_key
    FROM mapped
    JOIN headline USING (occupation)
)
SELECT
    occupation, scheme, code, min_confidence, period_start, period_end, family_id,
    coalesce(in_role.employer_key, in_code.employer_key) AS employer_key,
    CASE
        WHEN in_role.employer_key IS NULL THEN 'code_only'
        WHEN in_code.employer_key IS NULL THEN 'role_only'
        ELSE 'common'
    END AS part
FROM in_code
FULL JOIN in_role USING (occupation, scheme, code, min_confidence, period_start, period_end, family_id)
