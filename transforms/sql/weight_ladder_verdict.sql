-- One row per published headline share of a role and seniority level (empty: the slope over all named levels), and what
-- the mask decides. Privacy rule: contract section 5. The slope and its counts are two sums over the named levels;
-- withheld levels are safe only where both sums, and the slope's interval, leave each of them five values.
WITH previous AS (
    SELECT
        core_published_cell.level, core_published_cell.occupation, core_skill.skill_id,
        core_published_cell.period_start, core_published_cell.period_end
    FROM core_published_cell
    JOIN core_skill USING (skill)
    WHERE core_published_cell.metric = 'ladder' AND core_published_cell.partner_skill = ''
      AND core_published_cell.source_group = 'all' AND core_published_cell.geo = 'all'
),
share AS (
    SELECT
        weight_posting_share.occupation, weight_posting_share.period_start, weight_posting_share.period_end,
        weight_posting_share.skill_id, weight_posting_share.n_numerator AS n_any
    FROM weight_posting_share
    JOIN core_occupation USING (occupation)
    JOIN weight_mask USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE weight_mask.partner_skill_id = '' AND weight_mask.status IN ('ok', 'low_reliability')
      AND weight_posting_share.source_group = 'all' AND weight_posting_share.geo = 'all'
      AND weight_posting_share.n_numerator > 0
      AND core_occupation.occupation_kind = 'role'
),
step_of_period AS (
    SELECT
        weight_share_part.* EXCLUDE (share_metric),
        weight_share_part.n_denominator - weight_share_part.n_numerator AS n_complement,
        previous.skill_id IS NOT NULL AS shown_before,
        CASE WHEN shown_before THEN $k_leave ELSE $k_enter END AS k,
        weight_share_part.n_employers >= $employer_min AND weight_share_part.n_complement_employers >= $employer_min
            AND weight_share_part.top_employer_families <= $dominance_max * weight_share_part.n_numerator AS is_shared,
        weight_share_part.level <> 'unknown' AND weight_share_part.n_denominator >= $n_min
            AND weight_share_part.n_numerator >= k AND n_complement >= k AND is_shared
            AND coalesce(weight_share_interval.is_precise, false) AS passes
    FROM weight_share_part
    SEMI JOIN share USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = weight_share_part.share_metric
     AND weight_share_interval.level = weight_share_part.level
     AND weight_share_interval.occupation = weight_share_part.occupation
     AND weight_share_interval.skill_id = weight_share_part.skill_id
     AND weight_share_interval.period_start = weight_share_part.period_start
     AND weight_share_interval.period_end = weight_share_part.period_end
    LEFT JOIN previous
      ON previous.level = weight_share_part.level
     AND previous.occupation = weight_share_part.occupation
     AND previous.skill_id = weight_share_part.skill_id
     AND previous.period_start = weight_share_part.period_start
     AND previous.period_end = weight_share_part.period_end
    WHERE weight_share_part.share_metric = 'ladder'
),
-- Of a period inside another what the longer has beyond the shorter must be none or large, at each shown step and all
-- steps together; else it is withheld in the one that gives way.
step_told AS (
    SELECT DISTINCT
        whole.occupation, whole.skill_id, whole.level, weight_nested_period.period_start,
        weight_nested_period.period_end
    FROM weight_nested_period
    JOIN step_of_period AS whole ON whole.period_start = whole_start AND whole.period_end = whole_end
    JOIN step_of_period AS within
      ON within.period_start = within_start AND within.period_end = within_end
     AND within.occupation = whole.occupation
     AND within.skill_id = whole.skill_id
     AND within.level = whole.level
    WHERE whole.passes AND within.passes
      AND (whole.n_numerator - within.n_numerator BETWEEN 1 AND $k_enter - 1
        OR whole.n_complement - within.n_complement BETWEEN 1 AND $k_enter - 1)
),
step AS (
    SELECT step_of_period.* REPLACE (passes AND step_told.level IS NULL AS passes)
    FROM step_of_period
    LEFT JOIN step_told USING (occupation, skill_id, level, period_start, period_end)
),
-- One step may be shown beside a slope: the one shown before, else the one where most families ask.
ordered AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY occupation, period_start, period_end, skill_id
            ORDER BY passes DESC, shown_before DESC, n_numerator DESC, level
        ) AS place
    FROM step
    WHERE level <> 'unknown'
),
showing AS (
    SELECT ordered.*, scenario.name AS scenario,
        CASE scenario.name WHEN 'all' THEN passes WHEN 'one' THEN passes AND place = 1 ELSE false END AS shown
    FROM ordered
    CROSS JOIN (VALUES ('all'), ('one'), ('none')) AS scenario (name)
),
-- Moves of the levels' counts that change neither their sum nor the sum weighted by the steps 0, 1, 2, 3.
move AS (
    SELECT *, count(*) OVER (PARTITION BY move_number) AS n_levels
    FROM (VALUES
        (1, 'entry', 1), (1, 'mid', -2), (1, 'senior', 1),
        (2, 'mid', 1), (2, 'senior', -2), (2, 'lead', 1),
        (3, 'entry', 2), (3, 'mid', -3), (3, 'lead', 1),
        (4, 'entry', 1), (4, 'senior', -3), (4, 'lead', 2),
        (5, 'entry', 1), (5, 'mid', -1), (5, 'senior', -1), (5, 'lead', 1)
    ) AS listed (move_number, level, families)
),
-- Where each employer has one advert its interval is a sum over the levels, too: how far the line moves without one
-- family of a level that asks, and without one that does not (docs/decisions/ladder.md).
line AS (
    SELECT
        occupation, period_start, period_end, skill_id,
        n_denominator AS n, n_numerator AS y, n_steps AS s, n_steps_asking AS sy, n_squared_steps AS ss,
        (n * sy - s * y) / (n * ss - s * s) AS exact_slope,
        -- Adverts an employer has, by adverts, beyond one: which of them ask together nobody is told, and it makes the
        -- variance as much larger or smaller. Half of that is counted on.
        1 + greatest(0, n / (slope_df + 1) - 1) / 2 AS of_employers,
        -- Variances that may stand behind the same printed interval, over the one measured.
        CASE WHEN slope_variance > 0 THEN
            pow(10, 2 * ceil(10 * log10(slope_half_width)) / 10) / pow(slope_half_width, 2) END AS printed,
        printed * of_employers AS same_up_to,
        printed / pow(10, 0.2) / of_employers AS same_down_to
    FROM weight_ladder
),
leverage AS (
    SELECT
        line.occupation, line.period_start, line.period_end, line.skill_id, step.level,
        CASE step.level WHEN 'entry' THEN 0 WHEN 'mid' THEN 1 WHEN 'senior' THEN 2 WHEN 'lead' THEN 3 END AS place,
        nullif((n - 1) * (ss - place * place) - (s - place) * (s - place), 0) AS determinant,
        pow(((n - 1) * (sy - place) - (s - place) * (y - 1)) / determinant - exact_slope, 2) AS asking,
        pow(((n - 1) * sy - (s - place) * y) / determinant - exact_slope, 2) AS other,
        sum(step.n_numerator * asking + step.n_complement * other)
            OVER (PARTITION BY line.occupation, line.period_start, line.period_end, line.skill_id) AS variance,
        (asking - other) / nullif(variance, 0) AS variance_share
    FROM line
    JOIN step USING (occupation, period_start, period_end, skill_id)
    WHERE step.level <> 'unknown' AND step.n_denominator > 0
),
-- How often each move can be made, forth and back, before a count, or its complement, would fall below zero.
room_of_counts AS (
    SELECT
        showing.occupation, showing.period_start, showing.period_end, showing.skill_id, scenario, move_number,
        min(CASE WHEN shown THEN 0 WHEN families > 0 THEN n_complement // families
            ELSE n_numerator // -families END) AS forth,
        min(CASE WHEN shown THEN 0 WHEN families > 0 THEN n_numerator // families
            ELSE n_complement // -families END) AS back,
        coalesce(sum(families * variance_share), 0) AS variance_step
    FROM showing
    JOIN move USING (level)
    LEFT JOIN leverage USING (occupation, period_start, period_end, skill_id, level)
    GROUP BY ALL
    -- A level without adverts cannot move.
    HAVING count(*) = any_value(n_levels)
),
-- And before the interval would be printed otherwise.
times AS (
    SELECT
        occupation, period_start, period_end, skill_id, scenario, move_number,
        least(forth, CASE WHEN variance_step > 0 THEN floor((same_up_to - 1) / variance_step)
            WHEN variance_step < 0 THEN floor((1 - same_down_to) / -variance_step) END)
            + least(back, CASE WHEN variance_step > 0 THEN floor((1 - same_down_to) / variance_step)
                WHEN variance_step < 0 THEN floor((same_up_to - 1) / -variance_step) END) AS times
    FROM room_of_counts
    JOIN line USING (occupation, period_start, period_end, skill_id)
),
room AS (
    SELECT
        occupation, period_start, period_end, skill_id, scenario, level, any_value(shown) AS shown,
        coalesce(max(abs(families) * times), 0) AS width
    FROM showing
    JOIN move USING (level)
    LEFT JOIN times USING (occupation, period_start, period_end, skill_id, scenario, move_number)
    GROUP BY ALL
),
safe AS (
    SELECT
        occupation, period_start, period_end, skill_id,
        bool_and(shown OR width >= $count_width_min) FILTER (scenario = 'all') AS all_safe,
        bool_and(shown OR width >= $count_width_min) FILTER (scenario = 'one') AS one_safe,
        bool_and(width >= $count_width_min) FILTER (scenario = 'none') AS none_safe
    FROM room
    GROUP BY ALL
),
-- Two slopes of nested periods tell the two sums of what the longer has beyond the shorter: these must be none or large,
-- and leave each level's count in it the same room. Steps both may show are told apart and cannot move.
showable AS (
    SELECT ordered.*, passes AND (all_safe OR (one_safe AND place = 1)) AS may_show
    FROM ordered
    JOIN safe USING (occupation, period_start, period_end, skill_id)
),
rest_step AS (
    SELECT
        whole.occupation, whole.skill_id, whole.level, weight_nested_period.period_start, weight_nested_period.period_end,
        whole.n_numerator - within.n_numerator AS n_numerator,
        whole.n_complement - within.n_complement AS n_complement,
        whole.may_show AND within.may_show AS told
    FROM weight_nested_period
    JOIN showable AS whole ON whole.period_start = whole_start AND whole.period_end = whole_end
    JOIN showable AS within
      ON within.period_start = within_start AND within.period_end = within_end
     AND within.occupation = whole.occupation
     AND within.skill_id = whole.skill_id
     AND within.level = whole.level
),
rest_move AS (
    SELECT
        occupation, skill_id, period_start, period_end, move_number,
        min(CASE WHEN told THEN 0 WHEN families > 0 THEN n_complement // families ELSE n_numerator // -families END)
            + min(CASE WHEN told THEN 0 WHEN families > 0 THEN n_numerator // families
                ELSE n_complement // -families END) AS times
    FROM rest_step
    JOIN move USING (level)
    GROUP BY ALL
    HAVING count(*) = any_value(n_levels)
),
rest_level AS (
    SELECT
        rest_step.occupation, rest_step.skill_id, rest_step.period_start, rest_step.period_end, level,
        any_value(n_numerator) AS n_numerator, any_value(n_complement) AS n_complement, any_value(told) AS told,
        coalesce(max(abs(families) * times), 0) AS width
    FROM rest_step
    JOIN move USING (level)
    LEFT JOIN rest_move USING (occupation, skill_id, period_start, period_end, move_number)
    GROUP BY ALL
),
slope_told AS (
    SELECT occupation, skill_id, period_start, period_end
    FROM rest_level
    GROUP BY ALL
    HAVING sum(n_numerator) + sum(n_complement) > 0
       AND (sum(n_numerator) BETWEEN 1 AND $k_enter - 1
        OR sum(n_complement) BETWEEN 1 AND $k_enter - 1
        OR bool_or(NOT told AND width < $count_width_min))
),
-- Without the slope, steps may be shown where what they leave, unknown level included, is large by itself and no
-- withheld step fills nearly all of it.
rest AS (
    SELECT
        occupation, period_start, period_end, skill_id,
        count(*) FILTER (passes) AS n_passing,
        bool_or(shown_before) AS steps_before,
        coalesce(CAST(sum(n_numerator) FILTER (NOT passes) AS BIGINT), 0) AS n_rest_asking,
        coalesce(CAST(sum(n_denominator) FILTER (NOT passes) AS BIGINT), 0) AS n_rest,
        coalesce(max(n_denominator) FILTER (NOT passes AND level <> 'unknown'), 0) AS n_largest_withheld
    FROM step
    GROUP BY ALL
),
cell AS (
    SELECT
        share.*, safe.* EXCLUDE (occupation, period_start, period_end, skill_id),
        rest.n_passing, rest.steps_before, previous.skill_id IS NOT NULL AS slope_before,
        CASE WHEN slope_before THEN $k_leave ELSE $k_enter END AS k_slope,
        n_rest = 0 OR (n_rest_asking >= $k_enter AND n_rest - n_rest_asking >= $k_enter
            AND (n_largest_withheld = 0 OR n_rest - n_largest_withheld >= $k_enter)) AS rest_is_large,
        slope_told.skill_id IS NULL AND weight_ladder.n_denominator >= $n_min
            AND weight_ladder.n_numerator >= k_slope
            AND weight_ladder.n_denominator - weight_ladder.n_numerator >= k_slope
            AND weight_ladder.n_employers >= $employer_min AND weight_ladder.n_complement_employers >= $employer_min
            AND weight_ladder.top_employer_families <= $dominance_max * weight_ladder.n_numerator AS slope_is_large,
        unknown.skill_id IS NULL
            OR (unknown.n_numerator >= $k_enter AND unknown.n_complement >= $k_enter AND unknown.is_shared)
            AS unknown_is_large,
        weight_ladder.slope_ci_high - weight_ladder.slope_ci_low < $width_max AS slope_is_narrow,
        -- `wide` tells that both parts are large: only where they may still differ by enough.
        share.n_any >= 2 * $k_enter + $count_width_min AS may_be_wide,
        weight_ladder.slope_df
    FROM share
    LEFT JOIN safe USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN rest USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN weight_ladder USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN slope_told USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN step AS unknown
      ON unknown.level = 'unknown'
     AND unknown.occupation = share.occupation
     AND unknown.period_start = share.period_start
     AND unknown.period_end = share.period_end
     AND unknown.skill_id = share.skill_id
    LEFT JOIN previous
      ON previous.level = ''
     AND previous.occupation = share.occupation
     AND previous.period_start = share.period_start
     AND previous.period_end = share.period_end
     AND previous.skill_id = share.skill_id
),
-- What was shown as steps is not summed up in the next release, nor the sum taken apart: two releases are read together.
mode AS (
    SELECT
        *,
        coalesce(slope_is_large AND unknown_is_large, false) AS slope_passes,
        coalesce(rest_is_large, false) AND NOT slope_before AS steps_pass,
        CASE
            WHEN slope_passes AND slope_is_narrow AND all_safe AND n_passing >= 2 THEN 'all'
            WHEN steps_pass AND n_passing >= 3 THEN 'steps'
            WHEN slope_passes AND slope_is_narrow AND one_safe AND (slope_before OR NOT steps_before) THEN 'one'
            WHEN slope_passes AND slope_is_narrow AND none_safe AND (slope_before OR NOT steps_before) THEN 'none'
            WHEN steps_pass AND n_passing >= 2 THEN 'steps'
            WHEN slope_passes AND NOT slope_is_narrow AND may_be_wide THEN 'wide'
            ELSE 'nothing'
        END AS mode
    FROM cell
)
SELECT
    '' AS level, occupation, period_start, period_end, skill_id,
    CASE
        WHEN mode IN ('all', 'one', 'none') AND slope_df < $df_min THEN 'few_effective_employers'
        WHEN mode IN ('all', 'one', 'none') THEN 'ok'
        WHEN mode = 'steps' THEN 'level_told'
        WHEN mode = 'wide' THEN 'wide'
        ELSE 'few_at_levels'
    END AS verdict
FROM mode
UNION ALL
SELECT
    ordered.level, ordered.occupation, ordered.period_start, ordered.period_end, ordered.skill_id,
    CASE
        WHEN NOT ordered.passes THEN 'few_at_levels'
        WHEN NOT (mode.mode IN ('all', 'steps') OR (mode.mode = 'one' AND ordered.place = 1)) THEN 'few_at_levels'
        WHEN greatest(1, ordered.effective_employers - 1) < $df_min THEN 'few_effective_employers'
        ELSE 'ok'
    END AS verdict
FROM ordered
JOIN mode USING (occupation, period_start, period_end, skill_id)
