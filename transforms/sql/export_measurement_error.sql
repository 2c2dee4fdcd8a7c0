-- One row per class of skills with a labelled sample: what judges found, how the reader errs, what follows.
SELECT
    weight_measurement_error.*,
    core_double_sample.* EXCLUDE (skill_class),
    CAST($ci_level AS DOUBLE) AS ci_level,
    $method_version AS method_version,
    CAST($as_of AS DATE) AS as_of
FROM weight_measurement_error
JOIN core_double_sample USING (skill_class)
