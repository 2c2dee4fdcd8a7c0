-- One row per occupation, period and ordered pair of skills that the mask lets out; conditional on the first skill.
WITH published AS (
    SELECT
        weight_skill_pair.*,
        weight_pair_test.log_lift_se,
        weight_pair_test.given_ci_low,
        weight_pair_test.given_ci_high,
        weight_pair_test.t_quantile,
        weight_pair_test.p_value,
        weight_pair_test.q_value,
        weight_pair_test.lift_eb05,
        core_occupation.occupation_id,
        core_skill.skill,
        partner.skill AS paired_skill,
        n_skill * n_paired / n_families AS n_expected
    FROM weight_skill_pair
    JOIN weight_mask
      ON weight_mask.occupation = weight_skill_pair.occupation
     AND weight_mask.skill_id = weight_skill_pair.skill_id
     AND weight_mask.partner_skill_id = weight_skill_pair.paired_skill_id
     AND weight_mask.period_start = weight_skill_pair.period_start
     AND weight_mask.period_end = weight_skill_pair.period_end
     AND weight_mask.source_group = 'all'
     AND weight_mask.geo = 'all'
     AND weight_mask.status IN ('ok', 'low_reliability')
    JOIN weight_pair_test
      ON weight_pair_test.occupation = weight_skill_pair.occupation
     AND weight_pair_test.skill_id = weight_skill_pair.skill_id
     AND weight_pair_test.paired_skill_id = weight_skill_pair.paired_skill_id
     AND weight_pair_test.period_start = weight_skill_pair.period_start
     AND weight_pair_test.period_end = weight_skill_pair.period_end
     AND weight_pair_test.is_precise
    JOIN core_occupation ON core_occupation.occupation = weight_skill_pair.occupation
    JOIN core_skill ON core_skill.skill_id = weight_skill_pair.skill_id
    JOIN core_skill AS partner ON partner.skill_id = weight_skill_pair.paired_skill_id
),
measured AS (
    SELECT *, n_both / n_expected AS lift, round(n_both / n_skill, 6) AS share_given_skill
    FROM published
)
SELECT
    occupation_id,
    skill_id,
    paired_skill_id,
    occupation,
    skill,
    paired_skill,
    period_start,
    period_end,
    n_both,
    n_skill,
    n_paired,
    n_families,
    round(n_expected, 6) AS n_expected,
    share_given_skill,
    -- Korn-Graubard ends at the variance between employers; rounding must not push the share out of them.
    least(round(given_ci_low, 6), share_given_skill) AS share_given_skill_ci_low,
    greatest(round(given_ci_high, 6), share_given_skill) AS share_given_skill_ci_high,
    round(lift, 6) AS lift,
    -- log lift = log n_both + log n - log n_skill - log n_paired, its error leaving out one employer at a time.
    round(lift * exp(-t_quantile * log_lift_se), 6) AS lift_ci_low,
    round(lift * exp(t_quantile * log_lift_se), 6) AS lift_ci_high,
    -- Bouma 2009: pointwise mutual information over -log of the joint share; the mask keeps n_both below n.
    round(ln(lift) / -ln(n_both / n_families), 6) AS npmi,
    round(lift_eb05, 6) AS lift_eb05,
    -- No test says 0: below six decimals stands the least of them.
    CASE WHEN p_value IS NOT NULL THEN greatest(round(p_value, 6), 0.000001) END AS p_value,
    CASE WHEN q_value IS NOT NULL THEN greatest(round(q_value, 6), 0.000001) END AS q_value,
    CAST($ci_level AS DOUBLE) AS ci_level,
    true AS conditional_on_skill,
    $method_version AS method_version,
    source_ids,
    CAST($as_of AS DATE) AS as_of
FROM measured
