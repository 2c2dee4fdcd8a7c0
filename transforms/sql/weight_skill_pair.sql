-- One row per occupation, period and ordered pair of skills: counts before any mask (headline cells only).
WITH base AS (
    SELECT family_id, occupation, period_start, period_end, employer_key
    FROM weight_posting
    WHERE source_group = 'all' AND geo = 'all'
),
-- A pair can be published only if both shares pass the count rule, so no other is worth counting.
frequent AS (
    SELECT occupation, period_start, period_end, skill_id, n_numerator, n_denominator, source_ids
    FROM weight_posting_share
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
family_skill AS (
    SELECT
        base.family_id, base.occupation, base.period_start, base.period_end, base.employer_key,
        core_family_skill.skill_id
    FROM base
    JOIN core_family_skill USING (family_id)
    JOIN frequent USING (occupation, period_start, period_end, skill_id)
),
skill_employer AS (
    SELECT occupation, period_start, period_end, skill_id, employer_key, count(*) AS n_families
    FROM family_skill
    GROUP BY ALL
),
employer_pair AS (
    SELECT
        family_skill.occupation, family_skill.period_start, family_skill.period_end, family_skill.employer_key,
        family_skill.skill_id, paired.skill_id AS paired_skill_id,
        count(*) AS n_families
    FROM family_skill
    JOIN family_skill AS paired
      ON paired.family_id = family_skill.family_id
     AND paired.occupation = family_skill.occupation
     AND paired.period_start = family_skill.period_start
     AND paired.period_end = family_skill.period_end
     AND paired.skill_id <> family_skill.skill_id
    GROUP BY ALL
),
pair AS (
    SELECT
        employer_pair.occupation, employer_pair.period_start, employer_pair.period_end,
        employer_pair.skill_id, employer_pair.paired_skill_id,
        CAST(sum(employer_pair.n_families) AS BIGINT) AS n_both,
        count(*) AS n_employers_both,
        max(employer_pair.n_families) AS top_employer_families,
        count(*) FILTER (employer_pair.n_families = skill_employer.n_families) AS n_employers_skill_always_both,
        count(*) FILTER (employer_pair.n_families = paired_employer.n_families) AS n_employers_paired_always_both
    FROM employer_pair
    JOIN skill_employer
      ON skill_employer.occupation = employer_pair.occupation
     AND skill_employer.period_start = employer_pair.period_start
     AND skill_employer.period_end = employer_pair.period_end
     AND skill_employer.skill_id = employer_pair.skill_id
     AND skill_employer.employer_key = employer_pair.employer_key
    JOIN skill_employer AS paired_employer
      ON paired_employer.occupation = employer_pair.occupation
     AND paired_employer.period_start = employer_pair.period_start
     AND paired_employer.period_end = employer_pair.period_end
     AND paired_employer.skill_id = employer_pair.paired_skill_id
     AND paired_employer.employer_key = employer_pair.employer_key
    GROUP BY ALL
),
employers AS (
    SELECT occupation, period_start, period_end, skill_id, count(*) AS n_employers
    FROM skill_employer
    GROUP BY ALL
)
SELECT
    pair.occupation,
    pair.skill_id,
    pair.paired_skill_id,
    pair.period_start,
    pair.period_end,
    pair.n_both,
    frequent.n_numerator AS n_skill,
    paired.n_numerator AS n_paired,
    frequent.n_denominator AS n_families,
    pair.n_employers_both,
    pair.top_employer_families,
    employers.n_employers - pair.n_employers_skill_always_both AS n_employers_skill_only,
    paired_employers.n_employers - pair.n_employers_paired_always_both AS n_employers_paired_only,
    frequent.source_ids
FROM pair
JOIN frequent USING (occupation, period_start, period_end, skill_id)
JOIN frequent AS paired
  ON paired.occupation = pair.occupation
 AND paired.period_start = pair.period_start
 AND paired.period_end = pair.period_end
 AND paired.skill_id = pair.paired_skill_id
JOIN employers USING (occupation, period_start, period_end, skill_id)
JOIN employers AS paired_employers
  ON paired_employers.occupation = pair.occupation
 AND paired_employers.period_start = pair.period_start
 AND paired_employers.period_end = pair.period_end
 AND paired_employers.skill_id = pair.paired_skill_id
WHERE pair.n_both >= $k_leave
