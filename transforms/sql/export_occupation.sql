-- One row per occupation and period: the roles and the pool of all adverts; counts null where masked.
WITH several AS (
    SELECT
        core_posting_role.occupation, core_period.period_start, core_period.period_end,
        count(DISTINCT core_posting_role.family_id) AS n_families,
        count(DISTINCT core_posting.employer_key) AS n_employers
    FROM core_posting_role
    JOIN core_posting USING (posting_id)
    JOIN core_source_group USING (source_id)
    JOIN core_period ON core_posting.first_seen_on BETWEEN core_period.period_start AND core_period.period_end
    WHERE core_posting_role.headline_reason = 'several_roles' AND core_source_group.comparable
    GROUP BY ALL
),
published AS (
    SELECT occupation, period_start, period_end, count(*) AS n_skills
    FROM weight_mask
    WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all' AND status IN ('ok', 'low_reliability')
    GROUP BY ALL
),
listed AS (
    SELECT
        core_occupation.*,
        core_period.period_start,
        core_period.period_end,
        coalesce(weight_occupation.n_families, 0) AS n_families,
        coalesce(weight_occupation.n_employers, 0) AS n_employers,
        coalesce(weight_occupation.n_families, 0) >= $k_enter
            AND coalesce(weight_occupation.n_employers, 0) >= $employer_min AS base_shown,
        coalesce(several.n_families, 0) >= $k_enter
            AND coalesce(several.n_employers, 0) >= $employer_min AS several_shown,
        several.n_families AS n_families_several_roles,
        coalesce(published.n_skills, 0) AS n_skills
    FROM core_occupation
    CROSS JOIN core_period
    LEFT JOIN weight_occupation
      ON weight_occupation.occupation = core_occupation.occupation
     AND weight_occupation.period_start = core_period.period_start
     AND weight_occupation.period_end = core_period.period_end
     AND weight_occupation.source_group = 'all'
     AND weight_occupation.geo = 'all'
    LEFT JOIN several
      ON several.occupation = core_occupation.occupation
     AND several.period_start = core_period.period_start
     AND several.period_end = core_period.period_end
    LEFT JOIN published
      ON published.occupation = core_occupation.occupation
     AND published.period_start = core_period.period_start
     AND published.period_end = core_period.period_end
    -- What no role names is not listed: beside the pool it would let a reader subtract a small role.
    WHERE core_occupation.occupation_kind <> 'residual'
),
-- Nor may the pool, unless what no role names is large by itself: then it hides a small role beside it.
in_roles AS (
    SELECT period_start, period_end, CAST(sum(n_families) AS BIGINT) AS n_families
    FROM listed
    WHERE occupation_kind = 'role'
    GROUP BY ALL
),
judged AS (
    SELECT
        listed.* REPLACE (
            base_shown AND (
                occupation_kind = 'role'
                OR listed.n_families - coalesce(in_roles.n_families, 0) >= $k_enter
            ) AS base_shown
        )
    FROM listed
    LEFT JOIN in_roles USING (period_start, period_end)
)
SELECT
    occupation_id,
    occupation,
    occupation_label,
    occupation_kind,
    period_start,
    period_end,
    CASE WHEN base_shown THEN n_families END AS n_families_headline,
    CASE WHEN base_shown THEN n_employers END AS n_employers_headline,
    CASE WHEN several_shown THEN n_families_several_roles END AS n_families_several_roles,
    n_skills AS n_skills_published,
    CASE WHEN base_shown THEN 'ok' WHEN n_families = 0 THEN 'missing' ELSE 'suppressed' END AS status,
    CASE WHEN base_shown THEN NULL WHEN n_families = 0 THEN 'insufficient_sample' ELSE 'small_cell' END AS reason
FROM judged
