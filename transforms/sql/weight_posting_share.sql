-- One row per cell and skill: the counts behind the share and its variance between employers, before any mask.
-- Cells, employers in them and skills are whole numbers up to the last step: names cost several times as much.
WITH headline_cell AS (
    SELECT
        core_occupation.occupation, 'all' AS source_group, 'all' AS geo,
        core_period.period_start, core_period.period_end
    FROM core_occupation
    CROSS JOIN core_period
    WHERE core_occupation.occupation_kind = 'role'
),
-- A role's headline cell is one even where nothing counts in it.
cell AS MATERIALIZED (
    SELECT
        CAST(row_number() OVER (ORDER BY occupation, source_group, geo, period_start, period_end) AS INTEGER) AS cell,
        occupation, source_group, geo, period_start, period_end,
        source_group = 'all' AND geo = 'all' AS is_headline,
        headline_cell.occupation IS NOT NULL AS of_role,
        coalesce(weight_occupation.n_families, 0) AS n_families,
        coalesce(weight_occupation.n_employers, 0) AS n_employers,
        coalesce(weight_occupation.effective_employers, 0) AS effective_employers,
        coalesce(weight_occupation.source_ids, []) AS source_ids
    FROM weight_occupation
    FULL JOIN headline_cell USING (occupation, source_group, geo, period_start, period_end)
),
skill AS MATERIALIZED (
    SELECT
        skill_id, coalesce(skill_scheme = 'skillweights', false) AS reviewed,
        CAST(row_number() OVER (ORDER BY skill_id) AS INTEGER) AS skill
    FROM core_skill
    FULL JOIN (SELECT DISTINCT skill_id FROM core_family_skill) AS found USING (skill_id)
),
employer AS MATERIALIZED (
    SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM weight_posting)
),
posting AS MATERIALIZED (
    SELECT weight_posting.family_id, cell.cell, employer.employer
    FROM weight_posting
    JOIN cell USING (occupation, source_group, geo, period_start, period_end)
    JOIN employer USING (employer_key)
),
base_employer AS MATERIALIZED (
    SELECT cell, employer, m, CAST(row_number() OVER () AS INTEGER) AS unit
    FROM (SELECT cell, employer, count(*) AS m FROM posting GROUP BY ALL)
),
-- What the jackknife needs of the base alone: S = sum of m^2 / (N - m)^2 over its employers' families m.
base AS (
    SELECT
        cell,
        sum(CAST(
            CAST(m * m AS DOUBLE) / nullif((cell.n_families - m) * (cell.n_families - m), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN cell USING (cell)
    GROUP BY cell
),
-- x of each employer and skill. Employers of one family, which are most in most cells, have x = m = 1: they are one unit
-- with the number of their cell below zero, and only counted ...
member AS MATERIALIZED (
    SELECT posting.family_id, CASE WHEN m = 1 THEN -posting.cell ELSE base_employer.unit END AS unit
    FROM posting
    JOIN base_employer USING (cell, employer)
),
skill_employer AS MATERIALIZED (
    SELECT member.unit, skill.skill, count(*) AS x
    FROM member
    JOIN core_family_skill USING (family_id)
    JOIN skill USING (skill_id)
    GROUP BY ALL
),
-- ... and how many employers have the same x of the same m: of the others nearly all have two or three families.
alike AS (
    SELECT base_employer.cell, skill_employer.skill, skill_employer.x, base_employer.m, count(*) AS n
    FROM skill_employer
    JOIN base_employer USING (unit)
    GROUP BY ALL
    UNION ALL
    SELECT -unit AS cell, skill, 1 :: BIGINT AS x, 1 :: BIGINT AS m, x AS n FROM skill_employer WHERE unit < 0
),
observed AS MATERIALIZED (
    SELECT
        cell, skill,
        CAST(sum(n * x) AS BIGINT) AS n_numerator,
        CAST(sum(n) AS BIGINT) AS n_employers,
        max(x) AS top_employer_families,
        -- Employers all of whose families ask for the skill are absent from the complement.
        CAST(coalesce(sum(n) FILTER (x = m), 0) AS BIGINT) AS n_employers_always,
        -- Sums of x^2 / (N - m)^2 and x m / (N - m)^2; decimals, since sums of DOUBLE differ by order.
        sum(n * CAST(
            CAST(x * x AS DOUBLE) / nullif((cell.n_families - m) * (cell.n_families - m), 0)
            AS DECIMAL(38, 20))) AS s_skill,
        sum(n * CAST(
            CAST(x * m AS DOUBLE) / nullif((cell.n_families - m) * (cell.n_families - m), 0)
            AS DECIMAL(38, 20))) AS s_both
    FROM alike
    JOIN cell USING (cell)
    GROUP BY cell, skill
),
asked AS (
    SELECT cell, skill FROM observed
    UNION ALL
    -- Reviewed skills get a headline row for every role, so that a page about them always has an answer.
    SELECT cell.cell, skill.skill FROM cell CROSS JOIN skill WHERE cell.of_role AND skill.reviewed
    UNION ALL
    -- So has every group and country of a role for a skill its headline can show: a part without the skill counts 0.
    SELECT cell.cell, headline.skill
    FROM observed AS headline
    JOIN cell AS whole ON whole.cell = headline.cell AND whole.is_headline
    JOIN cell
      ON cell.occupation = whole.occupation
     AND cell.period_start = whole.period_start
     AND cell.period_end = whole.period_end
    WHERE headline.n_numerator >= $k_leave AND NOT cell.is_headline
),
counted AS (
    SELECT
        cell.*,
        skill.skill_id,
        coalesce(observed.n_numerator, 0) AS n_numerator,
        cell.n_families AS n_denominator,
        coalesce(observed.n_employers, 0) AS n_employers_asking,
        coalesce(observed.top_employer_families, 0) AS top_employer_families,
        cell.n_employers - coalesce(observed.n_employers_always, 0) AS n_complement_employers,
        coalesce(observed.n_numerator, 0) / nullif(cell.n_families, 0) AS share,
        CAST(base.s_base AS DOUBLE) AS s_base,
        CAST(coalesce(observed.s_skill, 0) AS DOUBLE) AS s_skill,
        CAST(coalesce(observed.s_both, 0) AS DOUBLE) AS s_both
    FROM (SELECT DISTINCT cell, skill FROM asked) AS asked
    JOIN cell USING (cell)
    JOIN skill USING (skill)
    LEFT JOIN base USING (cell)
    LEFT JOIN observed USING (cell, skill)
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
    n_employers_asking AS n_employers,
    top_employer_families,
    n_complement_employers,
    round(share, 6) AS posting_share,
    CASE
        WHEN n_employers > 1
            THEN (n_employers - 1) / n_employers
                * greatest(s_skill - 2 * share * s_both + share * share * s_base, 0)
    END AS jackknife_variance,
    effective_employers,
    source_ids
FROM counted
