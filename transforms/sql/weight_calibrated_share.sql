-- One row per shown share, where calibration is on: the share under the weights, or why it has none.
WITH shown AS (
    SELECT
        weight_mask.occupation, weight_mask.period_start, weight_mask.period_end, weight_mask.skill_id,
        weight_posting_share.n_numerator
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all'
      AND weight_mask.status IN ('ok', 'low_reliability')
),
family AS (
    SELECT
        weight_calibration.*, weight_posting.employer_key,
        CAST(calibrated_weight AS DECIMAL(18, 6)) AS weight
    FROM weight_calibration
    JOIN weight_posting USING (occupation, period_start, period_end, family_id)
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
),
base AS (
    SELECT
        occupation, period_start, period_end,
        count(*) AS n, sum(weight) AS total, sum(weight * weight) AS squares,
        count(DISTINCT calibration_class) AS n_classes, min(calibration_reason) AS calibration_reason
    FROM family
    GROUP BY ALL
),
class_base AS (
    SELECT occupation, period_start, period_end, calibration_class, count(*) AS n
    FROM family
    GROUP BY ALL
),
asking AS (
    SELECT family.*, core_family_skill.skill_id
    FROM family
    JOIN core_family_skill USING (family_id)
    SEMI JOIN shown USING (occupation, period_start, period_end, skill_id)
),
asked AS (
    SELECT occupation, period_start, period_end, skill_id, sum(weight) AS total
    FROM asking
    GROUP BY ALL
),
class_employer AS (
    SELECT
        shown.occupation, shown.period_start, shown.period_end, shown.skill_id, family.calibration_class,
        family.employer_key,
        count(*) AS n, count(asking.family_id) AS n_asking
    FROM shown
    JOIN family USING (occupation, period_start, period_end)
    LEFT JOIN asking USING (occupation, period_start, period_end, skill_id, family_id)
    -- A share of 0 is 0 in every class, and nobody's.
    WHERE shown.n_numerator > 0
    GROUP BY ALL
),
-- Raw and calibrated share are two sums of the same parts, the shares within the classes: a reader who knows the
-- weights could solve for them. So each part must keep the privacy rule by itself (contract section 5).
class_part AS (
    SELECT
        occupation, period_start, period_end, skill_id, calibration_class,
        sum(n_asking) >= $k_enter AND count(*) FILTER (n_asking > 0) >= $employer_min
            AND max(n_asking) <= $dominance_max * sum(n_asking)
            AND sum(n) - sum(n_asking) >= $k_enter AND count(*) FILTER (n > n_asking) >= $employer_min AS is_large
    FROM class_employer
    GROUP BY ALL
),
part AS (
    SELECT occupation, period_start, period_end, skill_id, bool_and(is_large) AS all_large
    FROM class_part
    GROUP BY ALL
),
judged AS (
    SELECT
        shown.*, coalesce(asked.total, 0) / nullif(base.total, 0) AS share,
        base.total * base.total / nullif(base.squares, 0) AS n_effective,
        base.n * base.squares / nullif(base.total * base.total, 0) AS design_effect,
        CASE
            WHEN base.calibration_reason IS NOT NULL THEN base.calibration_reason
            WHEN base.total = 0 THEN 'insufficient_sample'
            -- All weights are alike: employment by occupation says nothing of what is inside one occupation.
            WHEN base.n_classes = 1 THEN 'not_identifiable'
            WHEN NOT part.all_large THEN 'small_cell'
            WHEN base.total * base.total / nullif(base.squares, 0) < $n_min THEN 'wide_interval'
        END AS reason
    FROM shown
    JOIN base USING (occupation, period_start, period_end)
    LEFT JOIN asked USING (occupation, period_start, period_end, skill_id)
    LEFT JOIN part USING (occupation, period_start, period_end, skill_id)
)
SELECT
    occupation,
    period_start,
    period_end,
    skill_id,
    CASE WHEN reason IS NULL THEN round(CAST(share AS DOUBLE), 6) END AS calibrated_share,
    CASE WHEN reason IS NULL THEN round(CAST(n_effective AS DOUBLE), 6) END AS calibrated_n_effective,
    CASE WHEN reason IS NULL THEN round(CAST(design_effect AS DOUBLE), 6) END AS design_effect_of_weights,
    CASE WHEN reason IS NULL THEN 'ok' WHEN reason IN ('small_cell', 'wide_interval') THEN 'suppressed' ELSE 'missing' END
        AS calibrated_status,
    reason AS calibrated_reason
FROM judged
