-- One row per occupation, skill and period: the headline share, wide; a view of metric_value.
SELECT
    export_metric_value.occupation_id,
    export_metric_value.skill_id,
    export_metric_value.occupation,
    export_metric_value.skill,
    core_occupation.occupation_label,
    core_skill.skill_label,
    export_metric_value.period_start,
    export_metric_value.period_end,
    export_metric_value.value AS posting_share,
    export_metric_value.ci_low AS posting_share_ci_low,
    export_metric_value.ci_high AS posting_share_ci_high,
    export_metric_value.n_numerator AS posting_share_n,
    export_metric_value.n_denominator AS posting_share_n_denominator,
    export_metric_value.status AS posting_share_status,
    export_metric_value.reason AS posting_share_reason,
    export_metric_value.as_of,
    export_metric_value.method_version
FROM export_metric_value
JOIN core_occupation USING (occupation_id)
JOIN core_skill USING (skill_id)
WHERE export_metric_value.metric = 'posting_share'
  AND export_metric_value.source_group = 'all'
  AND export_metric_value.geo = 'all'
