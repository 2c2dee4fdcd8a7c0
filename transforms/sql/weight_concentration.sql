-- One row per role, period and skill: its families of the role among all families that ask for the skill.
WITH frequent AS (
    SELECT occupation, period_start, period_end, skill_id
    FROM weight_posting_share
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
-- The base: families of the pool that ask for the skill, a split advert once.
base_employer AS (
    SELECT
        weight_posting.period_start, weight_posting.period_end, core_family_skill.skill_id,
        weight_posting.employer_key,
        count(*) AS n_base
    FROM weight_posting
    JOIN core_family_skill USING (family_id)
    WHERE weight_posting.occupation = 'all'
    GROUP BY ALL
),
base AS (
    SELECT
        period_start, period_end, skill_id,
        CAST(sum(n_base) AS BIGINT) AS n_denominator,
        count(*) AS n_base_employers,
        round(sum(n_base) * sum(n_base) / sum(n_base * n_base), 6) AS effective_employers
    FROM base_employer
    GROUP BY ALL
),
base_sum AS (
    SELECT
        period_start, period_end, skill_id,
        sum(CAST(
            CAST(n_base * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS s_base
    FROM base_employer
    JOIN base USING (period_start, period_end, skill_id)
    GROUP BY ALL
),
role_employer AS (
    SELECT
        weight_posting.occupation, weight_posting.period_start, weight_posting.period_end,
        core_family_skill.skill_id, weight_posting.employer_key,
        count(*) AS n_part
    FROM weight_posting
    JOIN core_occupation USING (occupation)
    JOIN core_family_skill USING (family_id)
    SEMI JOIN frequent
      ON frequent.occupation = weight_posting.occupation
     AND frequent.period_start = weight_posting.period_start
     AND frequent.period_end = weight_posting.period_end
     AND frequent.skill_id = core_family_skill.skill_id
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
      AND core_occupation.occupation_kind = 'role'
    GROUP BY ALL
),
-- The three sums over employers of the jackknife of weight_posting_share.
observed AS (
    SELECT
        occupation, period_start, period_end, skill_id,
        base.n_denominator, base.n_base_employers, base.effective_employers,
        CAST(base_sum.s_base AS DOUBLE) AS s_base,
        CAST(sum(n_part) AS BIGINT) AS n_numerator,
        count(*) AS n_employers,
        max(n_part) AS top_employer_families,
        count(*) FILTER (n_part = n_base) AS n_employers_always,
        CAST(sum(CAST(
            CAST(n_part * n_part AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS DOUBLE) AS s_skill,
        CAST(sum(CAST(
            CAST(n_part * n_base AS DOUBLE) / nullif((n_denominator - n_base) * (n_denominator - n_base), 0)
            AS DECIMAL(38, 20))) AS DOUBLE) AS s_both
    FROM role_employer
    JOIN base_employer USING (period_start, period_end, skill_id, employer_key)
    JOIN base USING (period_start, period_end, skill_id)
    JOIN base_sum USING (period_start, period_end, skill_id)
    GROUP BY ALL
)
SELECT
    occupation,
    period_start,
    period_end,
    skill_id,
    n_numerator,
    n_denominator,
    n_employers,
    top_employer_families,
    n_base_employers - n_employers_always AS n_complement_employers,
    effective_employers,
    CASE
        WHEN n_base_employers > 1
            THEN (n_base_employers - 1) / n_base_employers
                * greatest(s_skill - 2 * n_numerator / n_denominator * s_both
                    + n_numerator / n_denominator * n_numerator / n_denominator * s_base, 0)
    END AS jackknife_variance
FROM observed
