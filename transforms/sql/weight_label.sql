-- One row per shown share above zero and kind of label: the label by a published rule, or why there is none.
WITH shown AS (
    SELECT weight_mask.occupation, weight_mask.period_start, weight_mask.period_end, weight_mask.skill_id
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    JOIN core_occupation USING (occupation)
    WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all'
      AND weight_mask.status IN ('ok', 'low_reliability') AND n_numerator > 0
      AND core_occupation.occupation_kind = 'role'
),
newest_esco AS (
    SELECT snapshot_sha256, source_id
    FROM meta_input
    WHERE source_kind = 'esco' AND load_state = 'loaded'
    ORDER BY release_rank DESC, source_id, file
    LIMIT 1
),
-- A skill of our own list has the level of the ESCO concept it maps to, where that is one.
reuse AS (
    SELECT
        core_skill_mapping.skill_id,
        CASE WHEN count(DISTINCT raw_esco_skill.reuse_level) = 1 THEN min(raw_esco_skill.reuse_level) END AS term,
        [any_value(newest_esco.source_id)] AS source_ids
    FROM core_skill_mapping
    JOIN raw_esco_skill ON raw_esco_skill.esco_uri = core_skill_mapping.code
    JOIN newest_esco ON newest_esco.snapshot_sha256 = raw_esco_skill.snapshot_sha256
    WHERE core_skill_mapping.scheme = 'esco' AND core_skill_mapping.relation IN ('exact', 'close')
    GROUP BY core_skill_mapping.skill_id
),
ground AS (
    SELECT
        shown.*, 'salary_band' AS label_kind, weight_metric.status, weight_metric.reason, weight_metric.reason_detail,
        weight_metric.ci_low, weight_metric.ci_high, CAST(NULL AS VARCHAR) AS term, weight_metric.source_ids
    FROM shown
    LEFT JOIN weight_metric
      ON weight_metric.metric = 'pay_premium'
     AND weight_metric.occupation = shown.occupation
     AND weight_metric.skill_id = shown.skill_id
     AND weight_metric.period_start = shown.period_start
     AND weight_metric.period_end = shown.period_end
    UNION ALL BY NAME
    SELECT
        shown.*, 'demand_profile' AS label_kind, mask.status, mask.reason, mask.reason_detail,
        CASE WHEN mask.status = 'ok' THEN change_ci_low END AS ci_low,
        CASE WHEN mask.status = 'ok' THEN change_ci_high END AS ci_high,
        weight_trend.source_ids
    FROM shown
    LEFT JOIN weight_part_mask AS mask
      ON mask.metric = 'demand_trend' AND mask.level = ''
     AND mask.occupation = shown.occupation
     AND mask.skill_id = shown.skill_id
     AND mask.period_start = shown.period_start
     AND mask.period_end = shown.period_end
    LEFT JOIN weight_trend
      ON weight_trend.occupation = shown.occupation
     AND weight_trend.skill_id = shown.skill_id
     AND weight_trend.period_start = shown.period_start
     AND weight_trend.period_end = shown.period_end
    LEFT JOIN weight_trend_interval
      ON weight_trend_interval.occupation = shown.occupation
     AND weight_trend_interval.skill_id = shown.skill_id
     AND weight_trend_interval.period_start = shown.period_start
     AND weight_trend_interval.period_end = shown.period_end
    UNION ALL BY NAME
    SELECT
        shown.*, 'rarity' AS label_kind,
        CASE WHEN term IS NULL THEN 'missing' ELSE 'ok' END AS status,
        CASE WHEN reuse.skill_id IS NULL THEN 'taxonomy_unmapped' WHEN term IS NULL THEN 'no_source' END AS reason,
        CASE
            WHEN reuse.skill_id IS NULL THEN 'the skill maps to no concept of the loaded ESCO release'
            WHEN term IS NULL THEN 'the loaded ESCO release gives the concept no reuse level, or several'
        END AS reason_detail,
        reuse.term, reuse.source_ids
    FROM shown
    LEFT JOIN reuse USING (skill_id)
    UNION ALL BY NAME
    SELECT
        shown.*, 'learning_curve' AS label_kind, 'missing' AS status, 'no_source' AS reason,
        'no honest source says how long a single skill takes to learn; O*NET job zones speak of whole occupations'
            AS reason_detail
    FROM shown
),
met AS (
    SELECT
        ground.*, core_label_rule.label_rule, core_label_rule.rule_label AS label
    FROM ground
    LEFT JOIN core_label_rule
      ON core_label_rule.label_kind = ground.label_kind
     AND ground.status = 'ok'
     AND CASE
            WHEN core_label_rule.term IS NOT NULL THEN core_label_rule.term = ground.term
            ELSE ground.ci_low > coalesce(core_label_rule.interval_above, '-infinity' :: DOUBLE)
             AND ground.ci_high < coalesce(core_label_rule.interval_below, 'infinity' :: DOUBLE)
         END
    QUALIFY row_number() OVER (
        PARTITION BY ground.occupation, ground.skill_id, ground.period_start, ground.period_end, ground.label_kind
        ORDER BY core_label_rule.rule_order
    ) = 1
)
SELECT
    occupation,
    skill_id,
    period_start,
    period_end,
    label_kind,
    label,
    label_rule,
    CASE WHEN label IS NOT NULL THEN 'ok' WHEN status IN ('ok', 'low_reliability') OR status IS NULL THEN 'missing'
        ELSE status END AS status,
    CASE WHEN label IS NOT NULL THEN NULL
        -- A word of a taxonomy has no interval: there is no rule for it.
        WHEN status = 'ok' AND term IS NOT NULL THEN 'concept_undefined'
        WHEN status = 'ok' THEN 'wide_interval'
        ELSE coalesce(reason, 'insufficient_sample') END AS reason,
    CASE WHEN label IS NOT NULL THEN NULL
        WHEN status = 'ok' AND term IS NOT NULL THEN 'table label_rule has no rule for this word'
        WHEN status = 'ok' THEN 'the number meets no rule of table label_rule'
        ELSE coalesce(reason_detail, 'there is no number to go by') END AS reason_detail,
    CASE WHEN label IS NULL THEN [] ELSE source_ids END AS source_ids
FROM met
