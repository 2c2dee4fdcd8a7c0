-- One row per role, period of a year at most and skill: its share against the same days a year before.
-- Cells, employers and skills are whole numbers up to the last step: names cost several times as much.
WITH cell AS MATERIALIZED (
    SELECT
        core_occupation.occupation, core_period.period_start, core_period.period_end,
        CAST(row_number() OVER (ORDER BY occupation, period_start, period_end) AS INTEGER) AS cell
    FROM core_occupation
    CROSS JOIN core_period
    WHERE core_occupation.occupation_kind = 'role' AND period_end < period_start + INTERVAL 1 YEAR
),
employer AS MATERIALIZED (
    SELECT employer_key, CAST(row_number() OVER (ORDER BY employer_key) AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM core_posting)
),
year AS (
    SELECT period_start, period_end, 'now' AS which, period_start AS day_from, period_end AS day_to
    FROM core_period
    WHERE period_end < period_start + INTERVAL 1 YEAR
    UNION ALL
    SELECT
        period_start, period_end, 'before',
        CAST(period_start - INTERVAL 1 YEAR AS DATE), CAST(period_end - INTERVAL 1 YEAR AS DATE)
    FROM core_period
    WHERE period_end < period_start + INTERVAL 1 YEAR
),
seen AS (
    SELECT
        year.period_start, year.period_end, year.which,
        cell.cell, core_posting_role.family_part_id AS family_id,
        employer.employer, core_posting.source_id
    FROM core_posting_role
    JOIN core_posting USING (posting_id)
    JOIN employer USING (employer_key)
    JOIN core_source_group USING (source_id)
    JOIN year ON core_posting.first_seen_on BETWEEN year.day_from AND year.day_to
    JOIN cell
      ON cell.occupation = core_posting_role.occupation
     AND cell.period_start = year.period_start
     AND cell.period_end = year.period_end
    WHERE core_posting_role.headline AND core_source_group.comparable
),
-- A source that came or went between the years says nothing about demand.
matched_source AS (
    SELECT period_start, period_end, source_id
    FROM seen
    GROUP BY ALL
    HAVING count(DISTINCT which) = 2
),
family AS MATERIALIZED (
    SELECT
        seen.cell, seen.which, seen.family_id,
        min(seen.employer) AS employer,
        bool_or(matched_source.source_id IS NOT NULL) AS matched
    FROM seen
    LEFT JOIN matched_source USING (period_start, period_end, source_id)
    GROUP BY ALL
),
named_source AS (
    SELECT period_start, period_end, list_sort(list(source_id)) AS source_ids
    FROM matched_source
    GROUP BY ALL
),
-- m of this year and of the year before, of each employer.
base_employer AS (
    SELECT
        cell, employer,
        count(*) FILTER (which = 'now') AS m,
        count(*) FILTER (which = 'before') AS m_before
    FROM family
    WHERE matched
    GROUP BY ALL
),
base AS (
    SELECT
        cell,
        CAST(sum(m) AS BIGINT) AS n,
        CAST(sum(m_before) AS BIGINT) AS n_before,
        count(*) AS n_all_employers,
        count(*) FILTER (m > 0) AS n_base_employers,
        count(*) FILTER (m_before > 0) AS n_base_employers_before,
        sum(m) * sum(m) / nullif(sum(m * m), 0) AS effective,
        sum(m_before) * sum(m_before) / nullif(sum(m_before * m_before), 0) AS effective_before
    FROM base_employer
    GROUP BY ALL
),
-- Without employer i the share moves by -(x - p m) w, w = 1 / (N - m); so for each year, and for the covariance of
-- the two, sums over employers of products of x w and m w are all that is needed. Decimals: no order shows.
weighed AS (
    SELECT
        base_employer.*,
        1 / nullif(CAST(n - m AS DOUBLE), 0) AS w,
        1 / nullif(CAST(n_before - m_before AS DOUBLE), 0) AS w_before
    FROM base_employer
    JOIN base USING (cell)
),
base_sum AS (
    SELECT
        cell,
        CAST(sum(CAST(m * w * m * w AS DECIMAL(38, 20))) AS DOUBLE) AS mm,
        CAST(sum(CAST(m_before * w_before * m_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS mm_before,
        CAST(sum(CAST(m * w * m_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS mm_both
    FROM weighed
    GROUP BY ALL
),
frequent AS MATERIALIZED (
    SELECT cell.cell, skill_id, CAST(dense_rank() OVER (ORDER BY skill_id) AS INTEGER) AS skill
    FROM weight_posting_share
    JOIN cell USING (occupation, period_start, period_end)
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
skill_name AS MATERIALIZED (SELECT DISTINCT skill, skill_id FROM frequent),
-- Cell and skill as one number, lest the planner joins all skills of a cell with each other.
place AS (
    SELECT cell * 1048576 :: BIGINT + skill AS place FROM frequent
),
asking AS (
    SELECT family.*, skill_name.skill
    FROM family
    JOIN core_family_skill USING (family_id)
    JOIN skill_name USING (skill_id)
    SEMI JOIN place ON place.place = family.cell * 1048576 :: BIGINT + skill_name.skill
),
skill_employer AS (
    SELECT
        cell, skill, employer,
        count(*) FILTER (which = 'now') AS x,
        count(*) FILTER (which = 'before') AS x_before
    FROM asking
    WHERE matched
    GROUP BY ALL
),
observed AS (
    SELECT
        cell, skill,
        CAST(sum(x) AS BIGINT) AS n_numerator,
        CAST(sum(x_before) AS BIGINT) AS n_numerator_before,
        count(*) FILTER (x > 0) AS n_employers,
        count(*) FILTER (x_before > 0) AS n_employers_before,
        max(x) AS top_employer_families,
        max(x_before) AS top_employer_families_before,
        count(*) FILTER (x > 0 AND x = m) AS n_always,
        count(*) FILTER (x_before > 0 AND x_before = m_before) AS n_always_before,
        CAST(sum(CAST(x * w * x * w AS DECIMAL(38, 20))) AS DOUBLE) AS xx,
        CAST(sum(CAST(x * w * m * w AS DECIMAL(38, 20))) AS DOUBLE) AS xm,
        CAST(sum(CAST(x_before * w_before * x_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS xx_before,
        CAST(sum(CAST(x_before * w_before * m_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS xm_before,
        CAST(sum(CAST(x * w * x_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS xx_both,
        CAST(sum(CAST(x * w * m_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS xm_both,
        CAST(sum(CAST(m * w * x_before * w_before AS DECIMAL(38, 20))) AS DOUBLE) AS mx_both
    FROM skill_employer
    JOIN weighed USING (cell, employer)
    GROUP BY ALL
),
unmatched_base AS (
    SELECT
        cell,
        count(*) FILTER (which = 'now') AS n_unmatched,
        count(*) FILTER (which = 'before') AS n_unmatched_before
    FROM family
    WHERE NOT matched
    GROUP BY ALL
),
unmatched AS (
    SELECT
        cell, skill,
        count(*) FILTER (which = 'now') AS n_unmatched_asking,
        count(*) FILTER (which = 'before') AS n_unmatched_asking_before
    FROM asking
    WHERE NOT matched
    GROUP BY ALL
),
shares AS (
    SELECT
        *,
        coalesce(observed.n_numerator, 0) / base.n AS p,
        coalesce(observed.n_numerator_before, 0) / base.n_before AS q,
        (base.n_all_employers - 1) / base.n_all_employers AS jackknife_factor
    FROM frequent
    JOIN cell USING (cell)
    JOIN base USING (cell)
    JOIN base_sum USING (cell)
    JOIN named_source USING (period_start, period_end)
    LEFT JOIN observed USING (cell, skill)
    LEFT JOIN unmatched_base USING (cell)
    LEFT JOIN unmatched USING (cell, skill)
    WHERE base.n > 0 AND base.n_before > 0
),
variances AS (
    SELECT
        *,
        greatest(coalesce(xx, 0) - 2 * p * coalesce(xm, 0) + p * p * mm, 0) AS v,
        greatest(coalesce(xx_before, 0) - 2 * q * coalesce(xm_before, 0) + q * q * mm_before, 0) AS v_before,
        coalesce(xx_both, 0) - q * coalesce(xm_both, 0) - p * coalesce(mx_both, 0) + p * q * mm_both AS covariance,
        greatest(1, effective - 1) AS df,
        greatest(1, effective_before - 1) AS df_before
    FROM shares
)
SELECT
    occupation,
    period_start,
    period_end,
    skill_id,
    coalesce(n_numerator, 0) AS n_numerator,
    n AS n_denominator,
    coalesce(n_employers, 0) AS n_employers,
    coalesce(top_employer_families, 0) AS top_employer_families,
    n_base_employers - coalesce(n_always, 0) AS n_complement_employers,
    n_base_employers,
    coalesce(n_numerator_before, 0) AS n_numerator_before,
    n_before AS n_denominator_before,
    coalesce(n_employers_before, 0) AS n_employers_before,
    coalesce(top_employer_families_before, 0) AS top_employer_families_before,
    n_base_employers_before - coalesce(n_always_before, 0) AS n_complement_employers_before,
    n_base_employers_before,
    coalesce(n_unmatched, 0) AS n_unmatched,
    coalesce(n_unmatched_asking, 0) AS n_unmatched_asking,
    coalesce(n_unmatched_before, 0) AS n_unmatched_before,
    coalesce(n_unmatched_asking_before, 0) AS n_unmatched_asking_before,
    round(p - q, 6) AS share_change,
    CASE
        WHEN least(n_base_employers, n_base_employers_before) > 1
            THEN jackknife_factor * greatest(v + v_before - 2 * covariance, 0)
    END AS change_variance,
    -- Satterthwaite 1946, Biometrics 2:110-114, of the two years' variances; the fewer of the two where both are zero.
    CASE
        WHEN v + v_before > 0
            THEN (v + v_before) * (v + v_before) / (v * v / df + v_before * v_before / df_before)
        ELSE least(df, df_before)
    END AS change_df,
    source_ids
FROM variances
