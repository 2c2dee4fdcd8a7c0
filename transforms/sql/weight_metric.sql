-- One row per metric that is no share of families: ranks, premiums, pay, survey ratings, mask applied.
WITH headline AS (
    -- A role without adverts has its rows, too: each says why there is no number.
    SELECT
        core_occupation.occupation, core_period.period_start, core_period.period_end,
        coalesce(weight_occupation.source_ids, []) AS source_ids,
        core_occupation.occupation_id, core_occupation.occupation_label,
        concat('source group all; geography all; first seen ', core_period.period_start, ' to ',
            core_period.period_end) AS scope
    FROM core_occupation
    CROSS JOIN core_period
    LEFT JOIN weight_occupation
      ON weight_occupation.occupation = core_occupation.occupation
     AND weight_occupation.period_start = core_period.period_start
     AND weight_occupation.period_end = core_period.period_end
     AND weight_occupation.source_group = 'all'
     AND weight_occupation.geo = 'all'
    WHERE core_occupation.occupation_kind = 'role'
),
-- Skills of our own list get a row even where their share is withheld; its reason is then that of all they have.
skill_cell AS (
    SELECT
        weight_mask.occupation, weight_mask.skill_id, weight_mask.period_start, weight_mask.period_end,
        weight_posting_share.n_numerator,
        weight_mask.status AS share_status,
        weight_mask.reason AS share_reason,
        weight_mask.reason_detail AS share_reason_detail,
        weight_mask.status IN ('ok', 'low_reliability') AS published
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    JOIN core_skill USING (skill_id)
    WHERE weight_mask.partner_skill_id = ''
      AND weight_mask.source_group = 'all'
      AND weight_mask.geo = 'all'
      AND (weight_mask.status IN ('ok', 'low_reliability') OR core_skill.skill_scheme = 'skillweights')
),
-- Only published shares above zero are ranked, so a withheld one shows in no rank and no interval.
rank_row AS (
    SELECT
        skill_cell.* EXCLUDE (n_numerator),
        'rank' AS metric,
        'rank' AS unit,
        CAST(share_rank AS DOUBLE) AS value,
        CAST(rank_low AS DOUBLE) AS ci_low,
        CAST(rank_high AS DOUBLE) AS ci_high,
        'published shares of skills that adverts for' AS of_what,
        n_ranked AS n,
        'skills' AS n_unit,
        CASE
            WHEN share_rank IS NULL THEN 'not_ranked'
            WHEN rank_df < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM skill_cell
    LEFT JOIN weight_rank USING (occupation, skill_id, period_start, period_end)
),
premium_row AS (
    SELECT
        skill_cell.* EXCLUDE (n_numerator),
        'pay_premium' AS metric,
        'log_points' AS unit,
        premium AS value,
        premium_shrunken AS value_shrunken,
        premium_ci_low AS ci_low,
        premium_ci_high AS ci_high,
        'families that disclose base pay, of adverts for' AS of_what,
        n_with_pay AS n,
        n_without_pay AS n_unpaid,
        n_employers_with_pay AS n_employers,
        'families' AS n_unit,
        CASE
            WHEN premium_reason IS NOT NULL THEN premium_reason
            WHEN premium IS NULL THEN 'insufficient_sample'
            -- The number of adverts with pay, beside that of all, tells how many disclose none.
            WHEN n_without_pay > 0 AND (n_without_pay < $k_enter OR n_employers_without_pay < $employer_min)
                THEN 'small_cell'
            ELSE 'ok'
        END AS verdict
    FROM skill_cell
    LEFT JOIN weight_pay_premium USING (occupation, skill_id, period_start, period_end)
),
-- Adverts with and without pay are a share like others: both must be large enough to be told (contract section 5).
salary_row AS (
    SELECT
        headline.occupation, headline.period_start, headline.period_end,
        true AS published,
        concat('salary_p', wanted.percent) AS metric,
        'currency_per_year' AS unit,
        pay_currency AS currency,
        CAST(pay_quantile AS DOUBLE) AS value,
        CAST(pay_ci_low AS DOUBLE) AS ci_low,
        CAST(pay_ci_high AS DOUBLE) AS ci_high,
        'families that disclose base pay, in its commonest currency, of adverts for' AS of_what,
        n_paid AS n,
        n_paid AS n_numerator,
        weight_salary.n_families AS n_denominator,
        pay_n_effective AS n_effective,
        n_employers_paid AS n_employers,
        'families' AS n_unit,
        CASE
            WHEN n_paid IS NULL OR n_paid < $n_min OR n_employers_paid < $employer_min THEN 'insufficient_sample'
            WHEN weight_salary.n_families > n_paid
                AND (weight_salary.n_families - n_paid < $k_enter OR n_employers_unpaid < $employer_min)
                THEN 'small_cell'
            WHEN top_employer_paid > $dominance_max * n_paid THEN 'single_employer'
            WHEN pay_n_effective < $n_min THEN 'few_in_effect'
            WHEN greatest(1, pay_effective_employers - 1) < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM headline
    CROSS JOIN (VALUES (25), (50), (75)) AS wanted (percent)
    LEFT JOIN weight_salary
      ON weight_salary.occupation = headline.occupation
     AND weight_salary.period_start = headline.period_start
     AND weight_salary.period_end = headline.period_end
     AND CAST(round(100 * weight_salary.quantile) AS INTEGER) = wanted.percent
),
measured AS (
    SELECT * FROM rank_row
    UNION ALL BY NAME
    SELECT * FROM premium_row
    UNION ALL BY NAME
    SELECT * FROM salary_row
),
paid AS (
    SELECT
        metric, occupation, skill_id, period_start, period_end, currency, n,
        coalesce(n_unpaid, n_denominator - n) AS n_unpaid
    FROM measured
    WHERE metric <> 'rank' AND published AND verdict IN ('ok', 'few_effective_employers')
),
-- Premiums and quartiles tell the same numbers, of adverts with pay and without: each is compared with each.
paid_count AS (
    SELECT DISTINCT occupation, period_start, period_end, currency, n, n_unpaid FROM paid
),
-- Of a period inside another what the longer has beyond the shorter must be none or large; else it is withheld in the
-- one that gives way.
told_count AS (
    SELECT
        CASE WHEN weight_nested_period.period_start = whole_start AND weight_nested_period.period_end = whole_end
            THEN whole ELSE within END AS given
    FROM weight_nested_period
    JOIN paid_count AS whole ON whole.period_start = whole_start AND whole.period_end = whole_end
    JOIN paid_count AS within
      ON within.period_start = within_start AND within.period_end = within_end
     AND within.occupation = whole.occupation
     AND coalesce(within.currency, whole.currency, '') = coalesce(whole.currency, within.currency, '')
    WHERE whole.n - within.n BETWEEN 1 AND $k_enter - 1
       OR whole.n_unpaid - within.n_unpaid BETWEEN 1 AND $k_enter - 1
),
told AS (
    SELECT DISTINCT
        paid.metric, paid.occupation, paid.skill_id, paid.period_start, paid.period_end
    FROM told_count
    JOIN paid
      ON paid.occupation = given.occupation
     AND paid.period_start = given.period_start
     AND paid.period_end = given.period_end
     AND paid.currency IS NOT DISTINCT FROM given.currency
     AND paid.n = given.n
     AND paid.n_unpaid IS NOT DISTINCT FROM given.n_unpaid
),
everything AS (
    SELECT measured.* REPLACE (CASE WHEN told.metric IS NULL THEN verdict ELSE 'told_by_period' END AS verdict)
    FROM measured
    LEFT JOIN told
      ON told.metric = measured.metric
     AND told.occupation = measured.occupation
     AND told.skill_id IS NOT DISTINCT FROM measured.skill_id
     AND told.period_start = measured.period_start
     AND told.period_end = measured.period_end
),
judged AS (
    SELECT
        everything.* EXCLUDE (value, value_shrunken),
        headline.occupation_id,
        headline.source_ids,
        concat(of_what, ' ', headline.occupation_label, '; ', headline.scope) AS denominator,
        published AND verdict IN ('ok', 'few_effective_employers') AS shown,
        value,
        value_shrunken,
        CASE
            WHEN NOT published THEN share_status
            WHEN verdict = 'ok' THEN 'ok'
            WHEN verdict = 'few_effective_employers' THEN 'low_reliability'
            WHEN verdict = 'not_ranked' THEN 'not_applicable'
            WHEN verdict IN ('insufficient_sample', 'not_identifiable', 'estimation_failed') THEN 'missing'
            ELSE 'suppressed'
        END AS status,
        CASE
            WHEN NOT published THEN share_reason
            WHEN verdict = 'ok' THEN NULL
            WHEN verdict = 'few_effective_employers' THEN 'insufficient_sample'
            WHEN verdict = 'not_ranked' THEN 'concept_undefined'
            WHEN verdict = 'told_by_period' THEN 'small_cell'
            WHEN verdict = 'few_in_effect' THEN 'insufficient_sample'
            ELSE verdict
        END AS reason,
        CASE
            WHEN NOT published THEN share_reason_detail
            WHEN verdict = 'ok' THEN NULL
            WHEN verdict = 'few_effective_employers'
                THEN 'a few large employers dominate the cell: fewer than 8 degrees of freedom'
            WHEN verdict = 'not_ranked' THEN 'no advert of the occupation asks for the skill, so it has no rank'
            WHEN verdict = 'insufficient_sample' AND metric = 'pay_premium'
                THEN 'too few adverts, or employers, disclose base pay with the skill or without it'
            WHEN verdict = 'insufficient_sample' THEN 'too few adverts, or employers, disclose base pay'
            WHEN verdict = 'not_identifiable'
                THEN 'level, region, month, currency, source and other skills determine the skill'
            WHEN verdict = 'estimation_failed'
                THEN 'pay does not scatter once all that is held fixed is: no error can be told'
            WHEN verdict = 'single_employer' AND metric = 'pay_premium'
                THEN 'one employer holds more than half of the adverts that disclose base pay, with the skill or without it'
            WHEN verdict = 'single_employer'
                THEN 'one employer holds more than half of the adverts that disclose base pay'
            WHEN verdict = 'told_by_period'
                THEN 'beside another period it would tell of a few adverts whether they disclose base pay'
            WHEN verdict = 'small_cell' THEN 'too few adverts, or employers, do not disclose base pay'
            ELSE 'too few adverts with pay in effect: those of one employer tell less than as many of several'
        END AS reason_detail
    FROM everything
    JOIN headline USING (occupation, period_start, period_end)
)
SELECT
    judged.occupation_id,
    judged.skill_id,
    judged.occupation,
    core_skill.skill,
    judged.metric,
    'all' AS source_group,
    'all' AS geo,
    judged.period_start,
    judged.period_end,
    CASE WHEN shown THEN round(value, 6) END AS value,
    CASE WHEN shown THEN round(value_shrunken, 6) END AS value_shrunken,
    judged.metric = 'pay_premium' AS observational,
    CAST(NULL AS VARCHAR) AS label,
    judged.unit,
    CASE WHEN shown THEN judged.currency END AS currency,
    judged.denominator,
    CASE WHEN shown THEN judged.n END AS n,
    CASE WHEN shown THEN judged.n_numerator END AS n_numerator,
    CASE WHEN shown THEN judged.n_denominator END AS n_denominator,
    CASE WHEN shown THEN judged.n_effective END AS n_effective,
    judged.n_unit,
    CASE WHEN shown THEN judged.n_employers END AS n_employers,
    CASE WHEN shown THEN round(ci_low, 6) END AS ci_low,
    CASE WHEN shown THEN round(ci_high, 6) END AS ci_high,
    CASE WHEN shown THEN CAST($ci_level AS DOUBLE) END AS ci_level,
    judged.status,
    judged.reason,
    judged.reason_detail,
    'computed' AS basis,
    $method_version AS method_version,
    judged.source_ids,
    CAST($as_of AS DATE) AS as_of
FROM judged
LEFT JOIN core_skill ON core_skill.skill_id = judged.skill_id
