-- One row per role, mapped code, skill and confidence: the role's headline, and the share if the code drew the line.
WITH judged AS (
    SELECT *, status IN ('ok', 'low_reliability') AS published
    FROM weight_taxonomy_share
)
SELECT
    core_occupation.occupation_id,
    judged.skill_id,
    judged.occupation,
    core_skill.skill,
    judged.scheme,
    judged.code,
    core_occupation_mapping.code_label,
    core_occupation_mapping.relation,
    judged.min_confidence,
    judged.period_start,
    judged.period_end,
    CASE WHEN published THEN judged.code_share END AS code_share,
    CASE WHEN published THEN judged.role_share END AS role_share,
    CASE WHEN published THEN judged.share_difference END AS share_difference,
    CASE WHEN published THEN judged.share_difference_ci_low END AS share_difference_ci_low,
    CASE WHEN published THEN judged.share_difference_ci_high END AS share_difference_ci_high,
    CASE WHEN published THEN CAST($ci_level AS DOUBLE) END AS ci_level,
    CASE WHEN published THEN judged.code_numerator END AS n_numerator,
    CASE WHEN published THEN judged.code_denominator END AS n_denominator,
    'families' AS n_unit,
    judged.status,
    judged.reason,
    judged.reason_detail,
    $method_version AS method_version,
    CAST($as_of AS DATE) AS as_of
FROM judged
JOIN core_occupation USING (occupation)
JOIN core_occupation_mapping USING (occupation_id, scheme, code)
JOIN core_skill USING (skill_id)
