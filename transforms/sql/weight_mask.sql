-- One row per share or pair that could be published, and whether it may: the mask of all renderings.
-- Privacy rule: contract section 5. Publication standard: method section 4 (NCHS, Vital Health Stat 2:175, 2017).
WITH previous AS (
    SELECT
        core_published_cell.occupation, core_skill.skill_id, coalesce(partner.skill_id, '') AS partner_skill_id,
        core_published_cell.source_group, core_published_cell.geo,
        core_published_cell.period_start, core_published_cell.period_end
    FROM core_published_cell
    JOIN core_skill USING (skill)
    LEFT JOIN core_skill AS partner ON partner.skill = core_published_cell.partner_skill
    -- A partner that is no skill any more must not pass for "no partner", which is a share.
    WHERE core_published_cell.partner_skill = '' OR partner.skill_id IS NOT NULL
),
-- A cell enters at one count and leaves at a lower one, so that it does not flicker and reveal its past.
share AS (
    SELECT
        weight_posting_share.*,
        n_denominator - n_numerator AS n_complement,
        posting_share_ci_high - posting_share_ci_low AS width,
        CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END AS k,
        CASE
            WHEN source_group = 'all' AND geo = 'all' THEN 'headline'
            WHEN geo = 'all' THEN 'group'
            ELSE 'geo'
        END AS margin,
        n_denominator >= $n_min AND n_complement_employers + n_employers >= $employer_min AS base_passes
    FROM weight_posting_share
    LEFT JOIN (SELECT * FROM previous WHERE partner_skill_id = '') AS previous
        USING (occupation, skill_id, source_group, geo, period_start, period_end)
),
share_alone AS (
    SELECT
        *,
        CASE
            WHEN n_denominator = 0 THEN 'no_base'
            WHEN n_numerator = 0 AND NOT base_passes THEN 'small_base'
            WHEN n_numerator > 0 AND (n_numerator < k OR n_complement < k) THEN 'few_families'
            WHEN n_numerator > 0 AND (n_employers < $employer_min OR n_complement_employers < $employer_min)
                THEN 'few_employers'
            WHEN n_numerator > 0 AND top_employer_families > $dominance_max * n_numerator THEN 'one_employer'
            WHEN n_denominator < $n_min THEN 'small_base'
            WHEN width >= $width_max OR (width > $width_free AND width > $relative_width_max * posting_share)
                THEN 'wide'
            WHEN greatest(1, effective_employers - 1) < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM share
),
-- Parts of one total are published all or none, and only beside their total: nothing is left to subtract.
sibling AS (
    SELECT DISTINCT
        weight_occupation.occupation, weight_occupation.period_start, weight_occupation.period_end,
        weight_occupation.source_group, weight_occupation.geo,
        CASE WHEN weight_occupation.geo = 'all' THEN 'group' ELSE 'geo' END AS margin,
        weight_occupation.n_families >= $n_min AND weight_occupation.n_employers >= $employer_min AS base_passes
    FROM weight_occupation
    LEFT JOIN core_source_group USING (source_group)
    WHERE (weight_occupation.source_group <> 'all' OR weight_occupation.geo <> 'all')
      AND coalesce(core_source_group.comparable, true)
),
margin_base AS (
    SELECT
        occupation, period_start, period_end, margin,
        count(*) FILTER (NOT base_passes) AS n_bases_failing
    FROM sibling
    GROUP BY ALL
),
margin_skill AS (
    SELECT
        share_alone.occupation, share_alone.period_start, share_alone.period_end, share_alone.margin,
        share_alone.skill_id,
        bool_and(share_alone.verdict IN ('ok', 'few_effective_employers')) AS rows_publishable
    FROM share_alone
    JOIN sibling USING (occupation, period_start, period_end, source_group, geo)
    GROUP BY ALL
),
headline AS (
    SELECT
        occupation, period_start, period_end, skill_id,
        verdict IN ('ok', 'few_effective_employers') AS publishable
    FROM share_alone
    WHERE margin = 'headline'
),
share_in_total AS (
    SELECT
        share_alone.* EXCLUDE (verdict),
        CASE
            WHEN share_alone.verdict NOT IN ('ok', 'few_effective_employers') THEN share_alone.verdict
            WHEN margin_skill.skill_id IS NULL THEN share_alone.verdict
            WHEN margin_skill.rows_publishable AND margin_base.n_bases_failing = 0
                AND coalesce(headline.publishable, false) THEN share_alone.verdict
            ELSE 'part_of_total'
        END AS verdict
    FROM share_alone
    LEFT JOIN sibling USING (occupation, period_start, period_end, source_group, geo)
    LEFT JOIN margin_skill
      ON sibling.occupation IS NOT NULL
     AND margin_skill.occupation = share_alone.occupation
     AND margin_skill.period_start = share_alone.period_start
     AND margin_skill.period_end = share_alone.period_end
     AND margin_skill.margin = share_alone.margin
     AND margin_skill.skill_id = share_alone.skill_id
    LEFT JOIN margin_base
      ON margin_base.occupation = share_alone.occupation
     AND margin_base.period_start = share_alone.period_start
     AND margin_base.period_end = share_alone.period_end
     AND margin_base.margin = share_alone.margin
    LEFT JOIN headline
      ON headline.occupation = share_alone.occupation
     AND headline.period_start = share_alone.period_start
     AND headline.period_end = share_alone.period_end
     AND headline.skill_id = share_alone.skill_id
),
-- The pool of all roles is published only where what the published roles leave of it is itself large.
share_of_roles AS (
    SELECT period_start, period_end, skill_id, CAST(sum(n_numerator) AS BIGINT) AS n_published
    FROM share_in_total
    WHERE margin = 'headline' AND occupation <> 'all' AND verdict IN ('ok', 'few_effective_employers')
    GROUP BY ALL
),
share_verdict AS (
    SELECT
        share_in_total.occupation, share_in_total.skill_id, share_in_total.source_group, share_in_total.geo,
        share_in_total.period_start, share_in_total.period_end,
        CASE
            WHEN share_in_total.occupation = 'all'
                AND share_in_total.verdict IN ('ok', 'few_effective_employers')
                AND share_in_total.n_numerator - coalesce(share_of_roles.n_published, 0) < $k_enter
                THEN 'part_of_total'
            ELSE share_in_total.verdict
        END AS verdict
    FROM share_in_total
    LEFT JOIN share_of_roles USING (period_start, period_end, skill_id)
),
published_headline AS (
    SELECT occupation, period_start, period_end, skill_id, verdict
    FROM share_verdict
    WHERE source_group = 'all' AND geo = 'all' AND verdict IN ('ok', 'few_effective_employers')
),
-- A pair splits its base in four; a reader can subtract, so each of the four must be large enough.
pair_alone AS (
    SELECT
        weight_skill_pair.*,
        CASE
            WHEN weight_skill_pair.n_both < threshold.k
                OR weight_skill_pair.n_skill - weight_skill_pair.n_both < threshold.k
                OR weight_skill_pair.n_paired - weight_skill_pair.n_both < threshold.k
                OR weight_skill_pair.n_families - weight_skill_pair.n_skill - weight_skill_pair.n_paired
                    + weight_skill_pair.n_both < threshold.k
                THEN 'few_families'
            WHEN least(weight_skill_pair.n_employers_both, weight_skill_pair.n_employers_skill_only,
                weight_skill_pair.n_employers_paired_only) < $employer_min THEN 'few_employers'
            WHEN weight_skill_pair.top_employer_families > $dominance_max * weight_skill_pair.n_both
                THEN 'one_employer'
            ELSE published_headline.verdict
        END AS verdict
    FROM weight_skill_pair
    JOIN published_headline USING (occupation, period_start, period_end, skill_id)
    JOIN published_headline AS partner
      ON partner.occupation = weight_skill_pair.occupation
     AND partner.period_start = weight_skill_pair.period_start
     AND partner.period_end = weight_skill_pair.period_end
     AND partner.skill_id = weight_skill_pair.paired_skill_id
    LEFT JOIN previous
      ON previous.occupation = weight_skill_pair.occupation
     AND previous.skill_id = weight_skill_pair.skill_id
     AND previous.partner_skill_id = weight_skill_pair.paired_skill_id
     AND previous.period_start = weight_skill_pair.period_start
     AND previous.period_end = weight_skill_pair.period_end
    CROSS JOIN LATERAL (
        SELECT CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END AS k
    ) AS threshold
),
pair_of_roles AS (
    SELECT
        period_start, period_end, skill_id, paired_skill_id, CAST(sum(n_both) AS BIGINT) AS n_published
    FROM pair_alone
    WHERE occupation <> 'all' AND verdict IN ('ok', 'few_effective_employers')
    GROUP BY ALL
),
pair_verdict AS (
    SELECT
        pair_alone.occupation, pair_alone.skill_id, pair_alone.paired_skill_id,
        pair_alone.period_start, pair_alone.period_end,
        CASE
            WHEN pair_alone.occupation = 'all'
                AND pair_alone.verdict IN ('ok', 'few_effective_employers')
                AND pair_alone.n_both - coalesce(pair_of_roles.n_published, 0) < $k_enter
                THEN 'part_of_total'
            ELSE pair_alone.verdict
        END AS verdict
    FROM pair_alone
    LEFT JOIN pair_of_roles USING (period_start, period_end, skill_id, paired_skill_id)
),
everything AS (
    SELECT occupation, skill_id, '' AS partner_skill_id, source_group, geo, period_start, period_end, verdict
    FROM share_verdict
    UNION ALL
    SELECT occupation, skill_id, paired_skill_id, 'all', 'all', period_start, period_end, verdict
    FROM pair_verdict
)
SELECT
    occupation,
    skill_id,
    partner_skill_id,
    source_group,
    geo,
    period_start,
    period_end,
    CASE verdict
        WHEN 'ok' THEN 'ok'
        WHEN 'few_effective_employers' THEN 'low_reliability'
        WHEN 'no_base' THEN 'missing'
        ELSE 'suppressed'
    END AS status,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'few_families' THEN 'small_cell'
        WHEN 'part_of_total' THEN 'small_cell'
        WHEN 'few_employers' THEN 'single_employer'
        WHEN 'one_employer' THEN 'single_employer'
        WHEN 'wide' THEN 'wide_interval'
        ELSE 'insufficient_sample'
    END AS reason,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'no_base' THEN 'no advert of the occupation counts in this cell'
        WHEN 'small_base' THEN 'too few families or employers in the cell'
        WHEN 'few_families' THEN 'too few families with the skill, or without it'
        WHEN 'part_of_total' THEN 'it would let a reader subtract a withheld part from its total'
        WHEN 'few_employers' THEN 'too few employers ask for the skill, or do without it'
        WHEN 'one_employer' THEN 'one employer holds more than half of the families with the skill'
        WHEN 'wide' THEN 'the interval is too wide for the publication standard'
        ELSE 'a few large employers dominate the cell: fewer than 8 degrees of freedom'
    END AS reason_detail
FROM everything
