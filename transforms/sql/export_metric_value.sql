-- One row per occupation, skill, metric, source group, geography and period: the canonical long table.
WITH share AS (
    SELECT
        weight_posting_share.*,
        weight_share_interval.share_n_effective AS n_effective,
        weight_share_interval.share_ci_low AS ci_low,
        weight_share_interval.share_ci_high AS ci_high,
        weight_mask.status,
        weight_mask.reason,
        weight_mask.reason_detail,
        weight_mask.status IN ('ok', 'low_reliability') AS published,
        core_occupation.occupation_id,
        core_occupation.occupation_label,
        core_skill.skill
    FROM weight_posting_share
    JOIN weight_mask
      ON weight_mask.partner_skill_id = ''
     AND weight_mask.occupation = weight_posting_share.occupation
     AND weight_mask.skill_id = weight_posting_share.skill_id
     AND weight_mask.source_group = weight_posting_share.source_group
     AND weight_mask.geo = weight_posting_share.geo
     AND weight_mask.period_start = weight_posting_share.period_start
     AND weight_mask.period_end = weight_posting_share.period_end
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = 'posting_share'
     AND weight_share_interval.occupation = weight_posting_share.occupation
     AND weight_share_interval.skill_id = weight_posting_share.skill_id
     AND weight_share_interval.source_group = weight_posting_share.source_group
     AND weight_share_interval.geo = weight_posting_share.geo
     AND weight_share_interval.period_start = weight_posting_share.period_start
     AND weight_share_interval.period_end = weight_posting_share.period_end
    JOIN core_occupation ON core_occupation.occupation = weight_posting_share.occupation
    JOIN core_skill ON core_skill.skill_id = weight_posting_share.skill_id
    WHERE core_occupation.occupation_kind = 'role'
)
SELECT
    occupation_id,
    skill_id,
    occupation,
    skill,
    'posting_share' AS metric,
    source_group,
    geo,
    period_start,
    period_end,
    CASE WHEN published THEN posting_share END AS value,
    CAST(NULL AS DOUBLE) AS value_shrunken,
    false AS observational,
    CAST(NULL AS VARCHAR) AS label,
    'share' AS unit,
    CAST(NULL AS VARCHAR) AS currency,
    concat('families of adverts for ', occupation_label, '; source group ', source_group, '; geography ', geo,
        '; first seen ', period_start, ' to ', period_end) AS denominator,
    CASE WHEN published THEN n_numerator END AS n,
    CASE WHEN published THEN n_numerator END AS n_numerator,
    CASE WHEN published THEN n_denominator END AS n_denominator,
    CASE WHEN published THEN n_effective END AS n_effective,
    'families' AS n_unit,
    CASE WHEN published THEN n_employers END AS n_employers,
    CASE WHEN published THEN ci_low END AS ci_low,
    CASE WHEN published THEN ci_high END AS ci_high,
    CASE WHEN published THEN CAST($ci_level AS DOUBLE) END AS ci_level,
    status,
    reason,
    reason_detail,
    'computed' AS basis,
    $method_version AS method_version,
    source_ids,
    CAST($as_of AS DATE) AS as_of
FROM share
UNION ALL BY NAME
SELECT * FROM weight_metric
