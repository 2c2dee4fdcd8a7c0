-- One row per cell and skill: the counts behind the share and its interval, before any mask.
WITH skill_employer AS (
    SELECT
        weight_posting.occupation, weight_posting.source_group, weight_posting.geo,
        weight_posting.period_start, weight_posting.period_end,
        core_family_skill.skill_id, weight_posting.employer_key,
        count(*) AS n_families
    FROM weight_posting
    JOIN core_family_skill USING (family_id)
    GROUP BY ALL
),
base_employer AS (
    SELECT occupation, source_group, geo, period_start, period_end, employer_key, count(*) AS n_families
    FROM weight_posting
    GROUP BY ALL
),
observed AS (
    SELECT
        occupation, source_group, geo, period_start, period_end, skill_id,
        CAST(sum(skill_employer.n_families) AS BIGINT) AS n_numerator,
        count(*) AS n_employers,
        max(skill_employer.n_families) AS top_employer_families,
        -- Employers all of whose families ask for the skill are absent from the complement.
        count(*) FILTER (skill_employer.n_families = base_employer.n_families) AS n_employers_always
    FROM skill_employer
    JOIN base_employer USING (occupation, source_group, geo, period_start, period_end, employer_key)
    GROUP BY ALL
),
-- Reviewed skills get a headline row for every role, so that a page about them always has an answer.
asked AS (
    SELECT
        core_occupation.occupation, 'all' AS source_group, 'all' AS geo,
        core_period.period_start, core_period.period_end, core_skill.skill_id
    FROM core_occupation
    CROSS JOIN core_period
    CROSS JOIN core_skill
    WHERE core_occupation.occupation_kind = 'role' AND core_skill.skill_scheme = 'skillweights'
    UNION
    -- So has every group and country of a role for a skill its headline can show: a part without the skill counts 0.
    SELECT
        weight_occupation.occupation, weight_occupation.source_group, weight_occupation.geo,
        weight_occupation.period_start, weight_occupation.period_end, headline.skill_id
    FROM observed AS headline
    JOIN weight_occupation USING (occupation, period_start, period_end)
    WHERE headline.source_group = 'all' AND headline.geo = 'all' AND headline.n_numerator >= $k_leave
    UNION
    SELECT occupation, source_group, geo, period_start, period_end, skill_id FROM observed
),
counted AS (
    SELECT
        asked.*,
        coalesce(observed.n_numerator, 0) AS n_numerator,
        coalesce(weight_occupation.n_families, 0) AS n_denominator,
        coalesce(observed.n_employers, 0) AS n_employers,
        coalesce(observed.top_employer_families, 0) AS top_employer_families,
        coalesce(weight_occupation.n_employers, 0) - coalesce(observed.n_employers_always, 0)
            AS n_complement_employers,
        coalesce(weight_occupation.effective_employers, 0) AS effective_employers,
        coalesce(weight_occupation.source_ids, []) AS source_ids
    FROM asked
    LEFT JOIN observed USING (occupation, source_group, geo, period_start, period_end, skill_id)
    LEFT JOIN weight_occupation USING (occupation, source_group, geo, period_start, period_end)
),
-- Wilson score interval (Wilson 1927, JASA 22:209-212, eq. for the inverted score test); it takes every
-- family as independent, which employers with many adverts break: the jackknife over employers replaces it.
score AS (
    SELECT
        *,
        n_numerator / nullif(n_denominator, 0) AS share,
        $z * $z / nullif(n_denominator, 0) AS z2_over_n
    FROM counted
),
wilson AS (
    SELECT
        *,
        (share + z2_over_n / 2) / (1 + z2_over_n) AS centre,
        sqrt(share * (1 - share) * z2_over_n + z2_over_n * z2_over_n / 4) / (1 + z2_over_n) AS half_width
    FROM score
)
SELECT
    occupation,
    source_group,
    geo,
    period_start,
    period_end,
    skill_id,
    n_numerator,
    n_denominator,
    n_employers,
    top_employer_families,
    n_complement_employers,
    round(share, 6) AS posting_share,
    -- At no or all families the bound is 0 or 1 exactly; rounding must not push the estimate outside.
    CASE WHEN n_numerator = 0 THEN 0.0 ELSE least(round(greatest(centre - half_width, 0), 6), round(share, 6)) END
        AS posting_share_ci_low,
    CASE WHEN n_numerator = n_denominator THEN 1.0
        ELSE greatest(round(least(centre + half_width, 1), 6), round(share, 6)) END AS posting_share_ci_high,
    effective_employers,
    source_ids
FROM wilson
