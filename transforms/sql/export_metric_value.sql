-- One row per occupation, skill, metric, source group, geography and period: the canonical long table.
WITH share AS (
    SELECT
        weight_posting_share.*,
        weight_mask.status,
        weight_mask.reason,
        weight_mask.reason_detail,
        weight_mask.status IN ('ok', 'low_reliability') AS published,
        weight_share_interval.share_n_effective AS n_effective,
        weight_share_interval.share_ci_low AS ci_low,
        weight_share_interval.share_ci_high AS ci_high,
        core_occupation.occupation_id,
        core_occupation.occupation_label,
        core_skill.skill,
        core_skill.skill_scheme
    FROM weight_posting_share
    JOIN weight_mask USING (occupation, skill_id, source_group, geo, period_start, period_end)
    JOIN core_occupation USING (occupation)
    JOIN core_skill USING (skill_id)
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = 'posting_share'
     AND weight_share_interval.occupation = weight_posting_share.occupation
     AND weight_share_interval.skill_id = weight_posting_share.skill_id
     AND weight_share_interval.source_group = weight_posting_share.source_group
     AND weight_share_interval.geo = weight_posting_share.geo
     AND weight_share_interval.period_start = weight_posting_share.period_start
     AND weight_share_interval.period_end = weight_posting_share.period_end
    WHERE weight_mask.partner_skill_id = '' AND core_occupation.occupation_kind = 'role'
),
headline AS (
    SELECT occupation, period_start, period_end, skill_id, n_numerator, n_denominator, ci_low, ci_high, n_effective,
        source_ids
    FROM share
    WHERE source_group = 'all' AND geo = 'all'
),
-- What a headline share splits into, its change and its concentration, before their mask.
measured AS (
    SELECT
        weight_share_part.share_metric AS metric, occupation, period_start, period_end, skill_id,
        weight_share_part.n_numerator / weight_share_part.n_denominator AS value,
        weight_share_part.n_numerator, weight_share_part.n_denominator, weight_share_part.n_employers,
        weight_share_interval.share_n_effective AS n_effective,
        weight_share_interval.share_ci_low AS ci_low, weight_share_interval.share_ci_high AS ci_high
    FROM weight_share_part
    JOIN weight_share_interval USING (share_metric, level, occupation, period_start, period_end, skill_id)
    WHERE weight_share_part.level = ''
    UNION ALL BY NAME
    SELECT
        part.metric, occupation, period_start, period_end, skill_id, 0 AS value, n_numerator, n_denominator,
        0 AS n_employers, n_effective, ci_low, ci_high
    FROM headline
    CROSS JOIN (VALUES ('required_share'), ('preferred_share')) AS part (metric)
    WHERE headline.n_numerator = 0 AND headline.n_denominator > 0
    UNION ALL BY NAME
    SELECT
        'concentration' AS metric, occupation, period_start, period_end, skill_id,
        n_numerator / n_denominator AS value,
        n_numerator, n_denominator, n_employers, share_n_effective AS n_effective,
        share_ci_low AS ci_low, share_ci_high AS ci_high
    FROM weight_concentration
    JOIN weight_share_interval USING (occupation, period_start, period_end, skill_id)
    WHERE weight_share_interval.share_metric = 'concentration'
    UNION ALL BY NAME
    SELECT
        'specificity' AS metric, occupation, period_start, period_end, skill_id, ebgm AS value,
        weight_specificity.n_numerator, weight_specificity.n_denominator, share.n_employers,
        share.n_effective, eb05 AS ci_low, eb95 AS ci_high
    FROM weight_specificity
    JOIN share USING (occupation, period_start, period_end, skill_id)
    WHERE share.source_group = 'all' AND share.geo = 'all'
    UNION ALL BY NAME
    SELECT
        'ladder' AS metric, occupation, period_start, period_end, skill_id, slope AS value,
        n_numerator, n_denominator, n_employers, slope_ci_low AS ci_low, slope_ci_high AS ci_high
    FROM weight_ladder
    UNION ALL BY NAME
    SELECT
        'demand_trend' AS metric, occupation, period_start, period_end, skill_id, share_change AS value,
        n_numerator, n_denominator, n_employers, change_ci_low AS ci_low, change_ci_high AS ci_high,
        weight_trend.source_ids
    FROM weight_trend
    JOIN weight_trend_interval USING (occupation, period_start, period_end, skill_id)
),
-- Every metric of every headline share that is published or of our own list: a value or a reason.
metric AS (
    SELECT *
    FROM (VALUES
        ('required_share', 'share', 'families of adverts for ', true),
        ('preferred_share', 'share', 'families of adverts for ', true),
        ('concentration', 'share', 'families of all adverts that ask for the skill, of which for ', true),
        ('specificity', 'ratio', 'share of the skill among all adverts, against that among adverts for ', false),
        ('ladder', 'share_change', 'families of a stated seniority, a step up (entry, mid, senior, lead), of adverts for ', true),
        ('demand_trend', 'share_change', 'families of matched sources, less those a year before, of adverts for ', true)
    ) AS listed (metric, unit, words, at_ci_level)
),
judged AS (
    SELECT
        share.occupation_id, share.skill_id, share.occupation, share.skill, metric.metric, share.source_group,
        share.geo, share.period_start, share.period_end, share.occupation_label, metric.unit, metric.words,
        CASE WHEN metric.at_ci_level THEN $ci_level ELSE $shrunken_ci_level END AS ci_level,
        CASE WHEN share.published THEN weight_part_mask.status ELSE share.status END AS status,
        CASE WHEN share.published THEN weight_part_mask.reason ELSE share.reason END AS reason,
        CASE WHEN share.published THEN weight_part_mask.reason_detail ELSE share.reason_detail END AS reason_detail,
        share.published AND weight_part_mask.status IN ('ok', 'low_reliability') AS published,
        measured.value, measured.n_numerator, measured.n_denominator, measured.n_employers, measured.n_effective,
        measured.ci_low, measured.ci_high,
        coalesce(measured.source_ids, share.source_ids) AS source_ids
    FROM share
    CROSS JOIN metric
    LEFT JOIN weight_part_mask
      ON weight_part_mask.metric = metric.metric
     AND weight_part_mask.level = ''
     AND weight_part_mask.occupation = share.occupation
     AND weight_part_mask.skill_id = share.skill_id
     AND weight_part_mask.period_start = share.period_start
     AND weight_part_mask.period_end = share.period_end
    LEFT JOIN measured
      ON measured.metric = metric.metric
     AND measured.occupation = share.occupation
     AND measured.skill_id = share.skill_id
     AND measured.period_start = share.period_start
     AND measured.period_end = share.period_end
    WHERE share.source_group = 'all' AND share.geo = 'all'
      AND (share.published OR share.skill_scheme = 'skillweights')
    UNION ALL BY NAME
    SELECT
        occupation_id, skill_id, occupation, skill, 'posting_share' AS metric, source_group, geo,
        period_start, period_end, occupation_label, 'share' AS unit, 'families of adverts for ' AS words,
        $ci_level AS ci_level, status, reason, reason_detail, published,
        posting_share AS value, n_numerator, n_denominator, n_employers, n_effective, ci_low, ci_high, source_ids
    FROM share
)
SELECT
    occupation_id,
    skill_id,
    occupation,
    skill,
    metric,
    source_group,
    geo,
    period_start,
    period_end,
    CASE WHEN published THEN round(CAST(value AS DOUBLE), 6) END AS value,
    CAST(NULL AS DOUBLE) AS value_shrunken,
    false AS observational,
    CAST(NULL AS VARCHAR) AS label,
    unit,
    CAST(NULL AS VARCHAR) AS currency,
    concat(words, occupation_label, '; source group ', source_group, '; geography ', geo,
        '; first seen ', period_start, ' to ', period_end) AS denominator,
    CASE WHEN published THEN n_numerator END AS n,
    CASE WHEN published THEN n_numerator END AS n_numerator,
    CASE WHEN published THEN n_denominator END AS n_denominator,
    CASE WHEN published THEN round(n_effective, 6) END AS n_effective,
    'families' AS n_unit,
    CASE WHEN published THEN n_employers END AS n_employers,
    CASE WHEN published THEN ci_low END AS ci_low,
    CASE WHEN published THEN ci_high END AS ci_high,
    CASE WHEN published THEN CAST(ci_level AS DOUBLE) END AS ci_level,
    status,
    reason,
    reason_detail,
    'computed' AS basis,
    $method_version AS method_version,
    source_ids,
    CAST($as_of AS DATE) AS as_of
FROM judged
UNION ALL BY NAME
SELECT * FROM weight_metric
UNION ALL BY NAME
SELECT
    core_occupation.occupation_id,
    survey.skill_id,
    survey.occupation,
    core_skill.skill,
    'survey_importance' AS metric,
    'all' AS source_group,
    'all' AS geo,
    survey.period_start,
    survey.period_end,
    survey.survey_importance AS value,
    false AS observational,
    'index' AS unit,
    survey.survey_scope AS denominator,
    survey.n_raters AS n,
    'raters' AS n_unit,
    survey.rating_ci_low AS ci_low,
    survey.rating_ci_high AS ci_high,
    CASE WHEN survey.rating_ci_low IS NOT NULL THEN 0.95 :: DOUBLE END AS ci_level,
    survey.status,
    survey.reason,
    survey.reason_detail,
    'quoted_primary' AS basis,
    $method_version AS method_version,
    survey.source_ids,
    CAST($as_of AS DATE) AS as_of
FROM weight_survey_importance AS survey
JOIN core_occupation USING (occupation)
JOIN core_skill USING (skill_id)
UNION ALL BY NAME
SELECT
    core_occupation.occupation_id,
    weight_label.skill_id,
    weight_label.occupation,
    core_skill.skill,
    weight_label.label_kind AS metric,
    'all' AS source_group,
    'all' AS geo,
    weight_label.period_start,
    weight_label.period_end,
    weight_label.label_kind = 'salary_band' AS observational,
    weight_label.label,
    weight_label.label_rule,
    'category' AS unit,
    CASE weight_label.label_kind WHEN 'rarity' THEN 'official_list' ELSE 'computed' END AS basis,
    weight_label.status,
    weight_label.reason,
    weight_label.reason_detail,
    $method_version AS method_version,
    weight_label.source_ids,
    CAST($as_of AS DATE) AS as_of
FROM weight_label
JOIN core_occupation USING (occupation)
JOIN core_skill USING (skill_id)
