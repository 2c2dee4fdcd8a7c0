-- One row per cell and skill: the counts behind the share and its variance between employers, before any mask.
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
-- What the jackknife needs of the base alone: S = sum of m^2 / (N - m)^2 over its employers' families m.
base AS (
    SELECT
        occupation, source_group, geo, period_start, period_end,
        weight_occupation.n_families,
        weight_occupation.n_employers,
        sum(CAST(
            CAST(base_employer.n_families * base_employer.n_families AS DOUBLE)
            / nullif((weight_occupation.n_families - base_employer.n_families)
                * (weight_occupation.n_families - base_employer.n_families), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN weight_occupation USING (occupation, source_group, geo, period_start, period_end)
    GROUP BY ALL
),
observed AS (
    SELECT
        occupation, source_group, geo, period_start, period_end, skill_id,
        CAST(sum(skill_employer.n_families) AS BIGINT) AS n_numerator,
        count(*) AS n_employers,
        max(skill_employer.n_families) AS top_employer_families,
        -- Employers all of whose families ask for the skill are absent from the complement.
        count(*) FILTER (skill_employer.n_families = base_employer.n_families) AS n_employers_always,
        -- Sums of x^2 / (N - m)^2 and x m / (N - m)^2; decimals, since sums of DOUBLE differ by order.
        sum(CAST(
            CAST(skill_employer.n_families * skill_employer.n_families AS DOUBLE)
            / nullif((base.n_families - base_employer.n_families)
                * (base.n_families - base_employer.n_families), 0)
            AS DECIMAL(38, 20))) AS s_skill,
        sum(CAST(
            CAST(skill_employer.n_families * base_employer.n_families AS DOUBLE)
            / nullif((base.n_families - base_employer.n_families)
                * (base.n_families - base_employer.n_families), 0)
            AS DECIMAL(38, 20))) AS s_both
    FROM skill_employer
    JOIN base_employer USING (occupation, source_group, geo, period_start, period_end, employer_key)
    JOIN base USING (occupation, source_group, geo, period_start, period_end)
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
        coalesce(weight_occupation.source_ids, []) AS source_ids,
        coalesce(observed.n_numerator, 0) / nullif(weight_occupation.n_families, 0) AS share,
        coalesce(weight_occupation.n_employers, 0) AS n_base_employers,
        CAST(base.s_base AS DOUBLE) AS s_base,
        CAST(coalesce(observed.s_skill, 0) AS DOUBLE) AS s_skill,
        CAST(coalesce(observed.s_both, 0) AS DOUBLE) AS s_both
    FROM asked
    LEFT JOIN base USING (occupation, source_group, geo, period_start, period_end)
    LEFT JOIN observed USING (occupation, source_group, geo, period_start, period_end, skill_id)
    LEFT JOIN weight_occupation USING (occupation, source_group, geo, period_start, period_end)
)
-- Delete-one-employer jackknife of the ratio p = X / N (Wolter, Introduction to Variance Estimation, 2nd ed., ch. 4):
-- p without employer i less p = -(x_i - p m_i) / (N - m_i), so the sum of squares needs only three sums over
-- employers, and those without the skill enter through S alone.
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
    CASE
        WHEN n_base_employers > 1
            THEN (n_base_employers - 1) / n_base_employers
                * greatest(s_skill - 2 * share * s_both + share * share * s_base, 0)
    END AS jackknife_variance,
    effective_employers,
    source_ids
FROM counted
