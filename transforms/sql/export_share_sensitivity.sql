-- One row per shown headline share: beside it, what it would be if corrected or calibrated.
SELECT
    headline.occupation_id,
    headline.skill_id,
    headline.occupation,
    headline.skill,
    headline.period_start,
    headline.period_end,
    headline.value AS raw_share,
    headline.ci_low AS raw_share_ci_low,
    headline.ci_high AS raw_share_ci_high,
    weight_corrected_share.skill_class,
    weight_corrected_share.corrected_share,
    weight_corrected_share.corrected_ci_low,
    weight_corrected_share.corrected_ci_high,
    weight_corrected_share.corrected_status,
    weight_corrected_share.corrected_reason,
    calibrated_share,
    calibrated_n_effective,
    design_effect_of_weights,
    coalesce(calibrated_status, 'missing') AS calibrated_status,
    -- Nothing is calibrated unless asked for.
    CASE WHEN calibrated_status IS NULL THEN 'no_source' ELSE calibrated_reason END AS calibrated_reason,
    CASE
        WHEN calibrated_status IS NULL THEN 'calibration is off, as by default: [calibration] of config/method.toml'
        WHEN calibrated_reason = 'no_source' THEN 'no table of official employment is loaded'
    END AS calibrated_reason_detail,
    headline.ci_level,
    headline.method_version,
    headline.as_of
FROM export_metric_value AS headline
JOIN weight_corrected_share USING (occupation, skill_id, period_start, period_end)
LEFT JOIN weight_calibrated_share USING (occupation, skill_id, period_start, period_end)
WHERE headline.metric = 'posting_share' AND headline.source_group = 'all' AND headline.geo = 'all'
  AND headline.value IS NOT NULL
