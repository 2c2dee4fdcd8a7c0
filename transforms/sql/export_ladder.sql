-- One row per occupation, skill, period and seniority level of each ladder with a shown step: the share at that step.
WITH ladder AS (
    SELECT DISTINCT occupation, period_start, period_end, skill_id
    FROM weight_part_mask
    WHERE metric = 'ladder' AND level <> '' AND status IN ('ok', 'low_reliability')
),
step AS (
    SELECT
        weight_part_mask.occupation, weight_part_mask.period_start, weight_part_mask.period_end,
        weight_part_mask.skill_id, weight_part_mask.level,
        weight_part_mask.status, weight_part_mask.reason, weight_part_mask.reason_detail,
        weight_part_mask.status IN ('ok', 'low_reliability') AS shown
    FROM weight_part_mask
    SEMI JOIN ladder USING (occupation, period_start, period_end, skill_id)
    WHERE weight_part_mask.metric = 'ladder' AND weight_part_mask.level <> ''
)
SELECT
    core_occupation.occupation_id,
    step.skill_id,
    step.occupation,
    core_skill.skill,
    step.period_start,
    step.period_end,
    step.level AS ladder_level,
    CASE WHEN shown THEN round(part.n_numerator / part.n_denominator, 6) END AS level_share,
    CASE WHEN shown THEN weight_share_interval.share_ci_low END AS level_share_ci_low,
    CASE WHEN shown THEN weight_share_interval.share_ci_high END AS level_share_ci_high,
    CASE WHEN shown THEN part.n_numerator END AS level_n,
    CASE WHEN shown THEN part.n_denominator END AS level_n_denominator,
    CASE WHEN shown THEN weight_share_interval.share_n_effective END AS level_n_effective,
    CASE WHEN shown THEN round(part.n_numerator / part.n_denominator
        / (whole.n_numerator / whole.n_denominator), 6) END AS level_lift,
    CASE WHEN shown THEN CAST($ci_level AS DOUBLE) END AS ci_level,
    step.status,
    step.reason,
    step.reason_detail,
    $method_version AS method_version,
    whole.source_ids,
    CAST($as_of AS DATE) AS as_of
FROM step
JOIN core_occupation USING (occupation)
JOIN core_skill USING (skill_id)
JOIN weight_posting_share AS whole
  ON whole.occupation = step.occupation
 AND whole.skill_id = step.skill_id
 AND whole.period_start = step.period_start
 AND whole.period_end = step.period_end
 AND whole.source_group = 'all'
 AND whole.geo = 'all'
JOIN weight_share_part AS part
  ON part.share_metric = 'ladder'
 AND part.level = step.level
 AND part.occupation = step.occupation
 AND part.skill_id = step.skill_id
 AND part.period_start = step.period_start
 AND part.period_end = step.period_end
LEFT JOIN weight_share_interval
  ON weight_share_interval.share_metric = 'ladder'
 AND weight_share_interval.level = step.level
 AND weight_share_interval.occupation = step.occupation
 AND weight_share_interval.skill_id = step.skill_id
 AND weight_share_interval.period_start = step.period_start
 AND weight_share_interval.period_end = step.period_end
