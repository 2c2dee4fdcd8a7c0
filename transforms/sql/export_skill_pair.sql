-- One row per occupation, period and ordered pair of skills that the mask lets out; conditional on the first skill.
WITH published AS (
    SELECT
        weight_skill_pair.*,
        core_occupation.occupation_id,
        core_skill.skill,
        partner.skill AS paired_skill,
        n_skill * n_paired / n_families AS n_expected,
        n_both / n_skill AS share_given_skill,
        $z * $z / n_skill AS z2_over_n
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
    JOIN core_occupation ON core_occupation.occupation = weight_skill_pair.occupation
    JOIN core_skill ON core_skill.skill_id = weight_skill_pair.skill_id
    JOIN core_skill AS partner ON partner.skill_id = weight_skill_pair.paired_skill_id
),
-- log lift = log n_both + log n - log n_skill - log n_paired; variance by the delta method for a multinomial
-- (Agresti, Categorical Data Analysis, 3rd ed., section 16.1): 1/n_both - 1/n_skill - 1/n_paired + (2 lift - 1)/n.
measured AS (
    SELECT
        *,
        n_both / n_expected AS lift,
        sqrt(1 / n_both - 1 / n_skill - 1 / n_paired + (2 * n_both / n_expected - 1) / n_families) AS log_lift_se,
        (share_given_skill + z2_over_n / 2) / (1 + z2_over_n) AS centre,
        sqrt(share_given_skill * (1 - share_given_skill) * z2_over_n + z2_over_n * z2_over_n / 4)
            / (1 + z2_over_n) AS half_width
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
    round(share_given_skill, 6) AS share_given_skill,
    round(greatest(centre - half_width, 0), 6) AS share_given_skill_ci_low,
    round(least(centre + half_width, 1), 6) AS share_given_skill_ci_high,
    round(lift, 6) AS lift,
    round(lift * exp(-$z * log_lift_se), 6) AS lift_ci_low,
    round(lift * exp($z * log_lift_se), 6) AS lift_ci_high,
    -- Bouma 2009: pointwise mutual information over -log of the joint share; the mask keeps n_both below n.
    round(ln(lift) / -ln(n_both / n_families), 6) AS npmi,
    CAST($ci_level AS DOUBLE) AS ci_level,
    true AS conditional_on_skill,
    $method_version AS method_version,
    source_ids,
    CAST($as_of AS DATE) AS as_of
FROM measured
