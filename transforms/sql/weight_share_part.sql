-- One row per role, period, skill and part of its headline share: how the families ask for it, and at which level.
WITH family AS (
    SELECT
        weight_posting.family_id, weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
        weight_posting.employer_key,
        coalesce(core_family_fact.seniority, 'unknown') AS level
    FROM weight_posting
    JOIN core_occupation USING (occupation)
    LEFT JOIN core_family_fact USING (family_id)
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
      AND core_occupation.occupation_kind = 'role'
),
-- A part can be published only if its share passes the count rule, so no other is worth counting.
frequent AS (
    SELECT occupation, period_start, period_end, skill_id
    FROM weight_posting_share
    JOIN core_occupation USING (occupation)
    WHERE core_occupation.occupation_kind = 'role' AND source_group = 'all' AND geo = 'all'
      AND n_numerator >= $k_leave
),
at_level AS (
    SELECT occupation, period_start, period_end, level, employer_key, count(*) AS n_base
    FROM family
    GROUP BY ALL
),
-- Employers' families: at each level, and (level empty) altogether.
base_employer AS (
    SELECT * FROM at_level
    UNION ALL BY NAME
    SELECT
        occupation, period_start, period_end, '' AS level, employer_key, CAST(sum(n_base) AS BIGINT) AS n_base
    FROM at_level
    GROUP BY ALL
),
base AS (
    SELECT
        occupation, period_start, period_end, level,
        CAST(sum(n_base) AS BIGINT) AS n_denominator,
        count(*) AS n_base_employers,
        round(sum(n_base) * sum(n_base) / sum(n_base * n_base), 6) AS effective_employers
    FROM base_employer
    GROUP BY ALL
),
-- The three sums over employers of the jackknife of weight_posting_share: this is the one of the base alone.
base_sum AS (
    SELECT
        occupation, period_start, period_end, level,
        sum(CAST(
            CAST(n_base * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN base USING (occupation, period_start, period_end, level)
    GROUP BY ALL
),
asked AS (
    SELECT
        family.occupation, family.period_start, family.period_end, core_family_skill.skill_id, family.level,
        family.employer_key,
        count(*) AS n_any,
        count(*) FILTER (core_family_skill.requirement = 'required') AS n_required,
        count(*) FILTER (core_family_skill.requirement = 'preferred') AS n_preferred
    FROM family
    JOIN core_family_skill USING (family_id)
    SEMI JOIN frequent USING (occupation, period_start, period_end, skill_id)
    GROUP BY ALL
),
asked_anywhere AS (
    SELECT
        occupation, period_start, period_end, skill_id, employer_key,
        CAST(sum(n_any) AS BIGINT) AS n_any,
        CAST(sum(n_required) AS BIGINT) AS n_required,
        CAST(sum(n_preferred) AS BIGINT) AS n_preferred
    FROM asked
    GROUP BY ALL
),
part_employer AS (
    SELECT 'ladder' AS share_metric, * EXCLUDE (n_required, n_preferred), n_any AS n_part FROM asked
    UNION ALL BY NAME
    SELECT 'required_share' AS share_metric, '' AS level, *, n_required AS n_part FROM asked_anywhere
    UNION ALL BY NAME
    SELECT 'preferred_share' AS share_metric, '' AS level, *, n_preferred AS n_part FROM asked_anywhere
    UNION ALL BY NAME
    SELECT 'mentioned_share' AS share_metric, '' AS level, *, n_any - n_required - n_preferred AS n_part
    FROM asked_anywhere
),
observed AS (
    SELECT
        share_metric, level, occupation, period_start, period_end, skill_id,
        CAST(sum(n_part) AS BIGINT) AS n_numerator,
        count(*) FILTER (n_part > 0) AS n_employers,
        max(n_part) AS top_employer_families,
        count(*) FILTER (n_part = n_base) AS n_employers_always,
        count(*) FILTER (n_part < n_any) AS n_other_employers,
        sum(CAST(
            CAST(n_part * n_part AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_skill,
        sum(CAST(
            CAST(n_part * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_both
    FROM part_employer
    JOIN base_employer USING (occupation, period_start, period_end, level, employer_key)
    JOIN base USING (occupation, period_start, period_end, level)
    GROUP BY ALL
),
-- Every part of every frequent share has a row; where no family asks in this way or at this level it counts 0.
wanted AS (
    SELECT part.share_metric, '' AS level, frequent.*
    FROM frequent
    CROSS JOIN (VALUES ('required_share'), ('preferred_share'), ('mentioned_share')) AS part (share_metric)
    UNION ALL
    SELECT 'ladder', base.level, frequent.*
    FROM frequent
    JOIN base USING (occupation, period_start, period_end)
    WHERE base.level <> ''
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
    JOIN base USING (occupation, period_start, period_end, level)
    JOIN base_sum USING (occupation, period_start, period_end, level)
    LEFT JOIN observed USING (share_metric, level, occupation, period_start, period_end, skill_id)
)
SELECT
    share_metric,
    level,
    occupation,
    period_start,
    period_end,
    skill_id,
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
