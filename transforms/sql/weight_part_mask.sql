-- One row per metric (and level) made of a published headline share, and whether it may be shown: what a share splits
-- into, its change, its concentration. Privacy rule: contract section 5; every split is published with a rest that is
-- itself large, so that no sum gives a withheld part away.
WITH previous AS (
    SELECT
        core_published_cell.metric, core_published_cell.level, core_published_cell.occupation, core_skill.skill_id,
        core_published_cell.period_start, core_published_cell.period_end
    FROM core_published_cell
    JOIN core_skill USING (skill)
    WHERE core_published_cell.partner_skill = '' AND core_published_cell.source_group = 'all'
      AND core_published_cell.geo = 'all'
),
share AS (
    SELECT
        weight_posting_share.occupation, weight_posting_share.period_start, weight_posting_share.period_end,
        weight_posting_share.skill_id, weight_posting_share.n_numerator AS n_any,
        CASE weight_mask.status WHEN 'ok' THEN 'ok' ELSE 'few_effective_employers' END AS share_verdict
    FROM weight_posting_share
    JOIN core_occupation USING (occupation)
    JOIN weight_mask USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE weight_mask.partner_skill_id = '' AND weight_mask.status IN ('ok', 'low_reliability')
      AND weight_posting_share.source_group = 'all' AND weight_posting_share.geo = 'all'
      AND core_occupation.occupation_kind = 'role'
),
part AS (
    SELECT
        weight_share_part.*, share.n_any, share.share_verdict,
        CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END AS k,
        weight_share_part.n_numerator >= CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END
            AND weight_share_part.n_employers >= $employer_min
            AND weight_share_part.top_employer_families <= $dominance_max * weight_share_part.n_numerator AS is_large,
        coalesce(weight_share_interval.is_precise, false) AS is_precise
    FROM weight_share_part
    JOIN share USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = weight_share_part.share_metric
     AND weight_share_interval.level = weight_share_part.level
     AND weight_share_interval.occupation = weight_share_part.occupation
     AND weight_share_interval.skill_id = weight_share_part.skill_id
     AND weight_share_interval.period_start = weight_share_part.period_start
     AND weight_share_interval.period_end = weight_share_part.period_end
    LEFT JOIN previous
      ON previous.metric = weight_share_part.share_metric
     AND previous.level = weight_share_part.level
     AND previous.occupation = weight_share_part.occupation
     AND previous.skill_id = weight_share_part.skill_id
     AND previous.period_start = weight_share_part.period_start
     AND previous.period_end = weight_share_part.period_end
),
-- Of a period inside another: how many ask in each way in what the longer has beyond the shorter. Where the number who
-- require it, or of all others, is small but not none, both ways of asking are withheld in the one that gives way.
way_rest AS (
    SELECT
        whole.occupation, whole.skill_id, weight_nested_period.period_start, weight_nested_period.period_end,
        within_start, within_end,
        CAST(sum(whole.n_numerator - within.n_numerator) AS BIGINT) AS n_any,
        max(whole.n_numerator - within.n_numerator) FILTER (whole.share_metric = 'required_share') AS n_required,
        max(whole.n_numerator - within.n_numerator) FILTER (whole.share_metric = 'preferred_share') AS n_preferred
    FROM weight_nested_period
    JOIN weight_share_part AS whole ON whole.period_start = whole_start AND whole.period_end = whole_end
    JOIN weight_share_part AS within
      ON within.period_start = within_start AND within.period_end = within_end
     AND within.occupation = whole.occupation
     AND within.skill_id = whole.skill_id
     AND within.share_metric = whole.share_metric
    WHERE whole.share_metric <> 'ladder'
    GROUP BY ALL
),
way_told AS (
    SELECT
        occupation, skill_id, period_start, period_end,
        bool_or(n_required BETWEEN 1 AND $k_enter - 1 OR n_any - n_required BETWEEN 1 AND $k_enter - 1)
            AS required_told,
        bool_or(n_preferred BETWEEN 1 AND $k_enter - 1
            OR n_any - n_required - n_preferred BETWEEN 1 AND $k_enter - 1) AS preferred_told
    FROM way_rest
    GROUP BY ALL
),
-- Required first: it and all that ask in another way are two parts of the share, each none or large.
required AS (
    SELECT
        occupation, period_start, period_end, skill_id, n_any - n_numerator AS n_left,
        CASE
            WHEN way_told.required_told THEN 'few_in_this_way'
            WHEN n_numerator > 0 AND NOT is_large THEN 'few_in_this_way'
            WHEN n_any > n_numerator AND (n_any - n_numerator < k OR n_other_employers < $employer_min)
                THEN 'few_in_this_way'
            -- Where all require it, none prefers it: both are shown, or neither. Its interval ends at this bound.
            WHEN n_any = n_numerator AND 1 - pow((1 - $ci_level) / 2, 1 / effective_employers) > $width_free
                THEN 'few_in_this_way'
            WHEN is_precise THEN share_verdict
            -- `wide` tells that both parts are large: only where they may still differ by five.
            WHEN n_numerator > 0 AND n_any >= 2 * $k_enter + $count_width_min THEN 'wide'
            ELSE 'few_in_this_way'
        END AS verdict
    FROM part
    LEFT JOIN way_told USING (occupation, period_start, period_end, skill_id)
    WHERE share_metric = 'required_share'
),
-- Then preferred and merely mentioned split what is left; both are none or large, or neither is shown.
preferred AS (
    SELECT
        part.occupation, part.period_start, part.period_end, part.skill_id,
        CASE
            WHEN required.verdict NOT IN ('ok', 'few_effective_employers') THEN 'few_in_this_way'
            WHEN way_told.preferred_told THEN 'few_in_this_way'
            WHEN part.n_numerator > 0 AND NOT part.is_large THEN 'few_in_this_way'
            WHEN mentioned.n_numerator > 0 AND (mentioned.n_numerator < part.k OR mentioned.n_employers < $employer_min)
                THEN 'few_in_this_way'
            WHEN part.is_precise THEN part.share_verdict
            WHEN part.n_numerator > 0 AND required.n_left >= 2 * $k_enter + $count_width_min THEN 'wide'
            ELSE 'few_in_this_way'
        END AS verdict
    FROM part
    JOIN required USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN way_told USING (occupation, period_start, period_end, skill_id)
    JOIN weight_share_part AS mentioned
      ON mentioned.share_metric = 'mentioned_share'
     AND mentioned.occupation = part.occupation
     AND mentioned.skill_id = part.skill_id
     AND mentioned.period_start = part.period_start
     AND mentioned.period_end = part.period_end
    WHERE part.share_metric = 'preferred_share'
),
-- Both years, with and without the skill, and what stands in one year's unmatched sources: none or large.
trend AS (
    SELECT
        weight_trend.occupation, weight_trend.period_start, weight_trend.period_end, weight_trend.skill_id,
        CASE
            WHEN least(n_denominator, n_denominator_before) < $n_min
                OR least(n_base_employers, n_base_employers_before) < $employer_min THEN 'small_base'
            WHEN least(n_numerator, n_denominator - n_numerator,
                n_numerator_before, n_denominator_before - n_numerator_before) < threshold.k THEN 'few_in_a_year'
            WHEN least(n_employers, n_complement_employers, n_employers_before, n_complement_employers_before)
                < $employer_min THEN 'few_in_a_year'
            WHEN top_employer_families > $dominance_max * n_numerator
                OR top_employer_families_before > $dominance_max * n_numerator_before THEN 'few_in_a_year'
            WHEN n_unmatched_asking BETWEEN 1 AND $k_enter - 1
                OR n_unmatched - n_unmatched_asking BETWEEN 1 AND $k_enter - 1
                OR n_unmatched_asking_before BETWEEN 1 AND $k_enter - 1
                OR n_unmatched_before - n_unmatched_asking_before BETWEEN 1 AND $k_enter - 1 THEN 'few_in_a_year'
            -- The change gives the share of the year before; where that is a period of its own, it must be out.
            WHEN earlier.period_start IS NOT NULL AND earlier_mask.skill_id IS NULL THEN 'few_in_a_year'
            WHEN change_ci_high - change_ci_low >= $width_max THEN 'wide'
            WHEN change_df < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM weight_trend
    JOIN weight_trend_interval USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN core_period AS earlier
      ON earlier.period_start = CAST(weight_trend.period_start - INTERVAL 1 YEAR AS DATE)
     AND earlier.period_end = CAST(weight_trend.period_end - INTERVAL 1 YEAR AS DATE)
    LEFT JOIN weight_mask AS earlier_mask
      ON earlier_mask.occupation = weight_trend.occupation
     AND earlier_mask.skill_id = weight_trend.skill_id
     AND earlier_mask.period_start = earlier.period_start
     AND earlier_mask.period_end = earlier.period_end
     AND earlier_mask.source_group = 'all'
     AND earlier_mask.geo = 'all'
     AND earlier_mask.partner_skill_id = ''
     AND earlier_mask.status IN ('ok', 'low_reliability')
    LEFT JOIN previous
      ON previous.metric = 'demand_trend'
     AND previous.occupation = weight_trend.occupation
     AND previous.skill_id = weight_trend.skill_id
     AND previous.period_start = weight_trend.period_start
     AND previous.period_end = weight_trend.period_end
    CROSS JOIN LATERAL (
        SELECT CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END AS k
    ) AS threshold
),
-- Whether the pooled sources span the labour market: major groups of roles whose base can be published.
span AS (
    SELECT
        weight_occupation.period_start, weight_occupation.period_end,
        count(DISTINCT substr(core_occupation_mapping.code, 1, 2)) AS n_major_groups
    FROM weight_occupation
    JOIN core_occupation USING (occupation)
    JOIN core_occupation_mapping USING (occupation_id)
    WHERE core_occupation_mapping.scheme = 'onet-soc'
      AND weight_occupation.source_group = 'all' AND weight_occupation.geo = 'all'
      AND weight_occupation.n_families >= $n_min AND weight_occupation.n_employers >= $employer_min
    GROUP BY ALL
),
shown_in_pool AS (
    SELECT skill_id, period_start, period_end
    FROM weight_mask
    WHERE occupation = 'all' AND partner_skill_id = '' AND status IN ('ok', 'low_reliability')
),
concentrated AS (
    SELECT
        share.occupation, share.period_start, share.period_end, share.skill_id,
        CASE
            WHEN coalesce(span.n_major_groups, 0) < $major_groups_min THEN 'narrow_corpus'
            WHEN shown_in_pool.skill_id IS NULL
                OR weight_concentration.n_denominator - weight_concentration.n_numerator < $k_enter
                OR weight_concentration.n_complement_employers < $employer_min
                OR weight_concentration.top_employer_families
                    > $dominance_max * weight_concentration.n_numerator THEN 'part_of_total'
            WHEN greatest(1, weight_concentration.effective_employers - 1) < $df_min THEN 'few_effective_employers'
            ELSE share.share_verdict
        END AS verdict,
        coalesce(weight_share_interval.is_precise, false) AS is_precise
    FROM share
    LEFT JOIN span USING (period_start, period_end)
    LEFT JOIN shown_in_pool USING (skill_id, period_start, period_end)
    LEFT JOIN weight_concentration USING (occupation, skill_id, period_start, period_end)
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = 'concentration'
     AND weight_share_interval.occupation = share.occupation
     AND weight_share_interval.skill_id = share.skill_id
     AND weight_share_interval.period_start = share.period_start
     AND weight_share_interval.period_end = share.period_end
    WHERE share.n_any > 0
),
everything AS (
    SELECT 'required_share' AS metric, '' AS level, occupation, period_start, period_end, skill_id, verdict
    FROM required
    UNION ALL
    SELECT 'preferred_share', '', occupation, period_start, period_end, skill_id, verdict FROM preferred
    UNION ALL
    -- A share of zero splits into zeros.
    SELECT part.metric, '', share.occupation, share.period_start, share.period_end, share.skill_id, share.share_verdict
    FROM share
    CROSS JOIN (VALUES ('required_share'), ('preferred_share')) AS part (metric)
    WHERE share.n_any = 0
    UNION ALL
    SELECT 'ladder', level, occupation, period_start, period_end, skill_id, verdict FROM weight_ladder_verdict
    UNION ALL
    SELECT
        'demand_trend', '', share.occupation, share.period_start, share.period_end, share.skill_id,
        CASE
            WHEN share.period_end >= share.period_start + INTERVAL 1 YEAR THEN 'longer_than_a_year'
            WHEN share.n_any = 0 THEN 'none_asks'
            ELSE coalesce(trend.verdict, 'year_missing')
        END
    FROM share
    LEFT JOIN trend USING (occupation, period_start, period_end, skill_id)
    UNION ALL
    SELECT
        'concentration', '', occupation, period_start, period_end, skill_id,
        CASE
            WHEN verdict IN ('narrow_corpus', 'part_of_total') THEN verdict
            WHEN is_precise THEN verdict
            ELSE 'wide'
        END
    FROM concentrated
    UNION ALL
    SELECT 'specificity', '', occupation, period_start, period_end, skill_id, verdict FROM concentrated
    UNION ALL
    SELECT part.metric, '', share.occupation, share.period_start, share.period_end, share.skill_id, 'none_asks'
    FROM share
    CROSS JOIN (VALUES ('concentration'), ('specificity'), ('ladder')) AS part (metric)
    WHERE share.n_any = 0
)
SELECT
    metric,
    level,
    occupation,
    period_start,
    period_end,
    skill_id,
    CASE
        WHEN verdict = 'ok' THEN 'ok'
        WHEN verdict = 'few_effective_employers' THEN 'low_reliability'
        WHEN verdict = 'longer_than_a_year' THEN 'not_applicable'
        WHEN verdict IN ('narrow_corpus', 'year_missing', 'none_asks') THEN 'missing'
        ELSE 'suppressed'
    END AS status,
    CASE
        WHEN verdict = 'ok' THEN NULL
        WHEN verdict = 'longer_than_a_year' THEN 'concept_undefined'
        WHEN verdict = 'narrow_corpus' THEN 'not_identifiable'
        WHEN verdict IN ('few_effective_employers', 'year_missing', 'none_asks', 'small_base') THEN 'insufficient_sample'
        WHEN verdict = 'wide' THEN 'wide_interval'
        ELSE 'small_cell'
    END AS reason,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'few_effective_employers' THEN
            'a few large employers dominate the cell: fewer than 8 degrees of freedom'
        WHEN 'longer_than_a_year' THEN 'a change on the year before is told for periods of a year at most'
        WHEN 'narrow_corpus' THEN 'the sources do not span the labour market: too few major occupation groups'
        WHEN 'year_missing' THEN 'no matched source has adverts of the occupation in both years'
        WHEN 'none_asks' THEN 'no advert of the occupation asks for the skill'
        WHEN 'small_base' THEN 'too few families or employers in one of the years'
        WHEN 'wide' THEN 'the interval is too wide for the publication standard'
        WHEN 'part_of_total' THEN 'it would let a reader subtract a withheld part from its total'
        WHEN 'few_in_a_year' THEN 'too few families or employers with the skill, or without it, in one of the years'
        WHEN 'few_at_levels' THEN 'too few families or employers at the levels, or in what they leave, or a wide interval'
        WHEN 'level_told' THEN 'with what is shown beside it, it would let a reader work out a withheld level'
        ELSE 'too few families or employers ask for it in this way or in the others, or a wide interval'
    END AS reason_detail
FROM everything
