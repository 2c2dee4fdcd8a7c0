-- One row per occupation, period and cluster of skills that is stable enough to be shown.
WITH cluster AS (
    SELECT
        occupation, cluster_id, period_start, period_end, cluster_label, n_skills_in_cluster, stability, n_resamples,
        count(*) FILTER (is_core) AS n_core_skills
    FROM weight_skill_cluster
    -- Hennig 2007: what resampling dissolves is no cluster.
    WHERE stability >= $cluster_stability_min
    GROUP BY ALL
)
SELECT
    core_occupation.occupation_id,
    cluster.*,
    concat('noise-corrected backbone (', CAST($cluster_sigma AS DECIMAL(9, 2)), ' standard deviations), Leiden, consensus of ',
        CAST($cluster_runs AS INTEGER), ' runs') AS algorithm,
    CAST($seed AS BIGINT) AS seed,
    $method_version AS method_version,
    weight_occupation.source_ids,
    CAST($as_of AS DATE) AS as_of
FROM cluster
JOIN core_occupation USING (occupation)
JOIN weight_occupation
  ON weight_occupation.occupation = cluster.occupation
 AND weight_occupation.period_start = cluster.period_start
 AND weight_occupation.period_end = cluster.period_end
 AND weight_occupation.source_group = 'all'
 AND weight_occupation.geo = 'all'
