-- One row per share or pair that could be published, and whether it may: the mask of all renderings.
-- Privacy rule: contract section 5. The publication standard is `is_precise` of weight_share_interval.
WITH previous AS (
    SELECT
        core_published_cell.occupation, core_skill.skill_id, coalesce(partner.skill_id, '') AS partner_skill_id,
        core_published_cell.source_group, core_published_cell.geo,
        core_published_cell.period_start, core_published_cell.period_end
    FROM core_published_cell
    JOIN core_skill USING (skill)
    LEFT JOIN core_skill AS partner ON partner.skill = core_published_cell.partner_skill
    -- A partner that is no skill any more must not pass for "no partner", which is a share.
    WHERE (core_published_cell.metric = 'posting_share' AND core_published_cell.partner_skill = '')
       OR (core_published_cell.metric = 'skill_pair' AND partner.skill_id IS NOT NULL)
),
-- A cell enters at one count and leaves at a lower one, so that it does not flicker and reveal its past.
share AS (
    SELECT
        weight_posting_share.*,
        weight_posting_share.n_denominator - weight_posting_share.n_numerator AS n_complement,
        CASE WHEN previous.skill_id IS NULL THEN $k_enter ELSE $k_leave END AS k,
        weight_posting_share.source_group = 'all' AND weight_posting_share.geo = 'all' AS headline,
        weight_posting_share.n_denominator >= $n_min
            AND coalesce(weight_occupation.n_employers, 0) >= $employer_min AS base_passes,
        -- The score interval at one half if every family were an employer of its own: no interval of the base at
        -- one half is narrower, and the base alone decides.
        $z / sqrt(weight_posting_share.n_denominator + $z * $z) AS widest,
        coalesce(weight_share_interval.is_precise, false) AS is_precise
    FROM weight_posting_share
    LEFT JOIN weight_occupation USING (occupation, source_group, geo, period_start, period_end)
    LEFT JOIN weight_share_interval
      ON weight_share_interval.share_metric = 'posting_share'
     AND weight_share_interval.occupation = weight_posting_share.occupation
     AND weight_share_interval.skill_id = weight_posting_share.skill_id
     AND weight_share_interval.source_group = weight_posting_share.source_group
     AND weight_share_interval.geo = weight_posting_share.geo
     AND weight_share_interval.period_start = weight_posting_share.period_start
     AND weight_share_interval.period_end = weight_posting_share.period_end
    LEFT JOIN previous
      ON previous.partner_skill_id = ''
     AND previous.occupation = weight_posting_share.occupation
     AND previous.skill_id = weight_posting_share.skill_id
     AND previous.source_group = weight_posting_share.source_group
     AND previous.geo = weight_posting_share.geo
     AND previous.period_start = weight_posting_share.period_start
     AND previous.period_end = weight_posting_share.period_end
),
-- The reason is published beside the base. What the base alone decides comes first: on a base of 32, `single_employer`
-- would say that 15 to 17 families ask for the skill. For the same end no zero is ever withheld as `wide`.
share_of_period AS MATERIALIZED (
    SELECT
        *,
        CASE
            WHEN n_denominator = 0 THEN 'no_base'
            WHEN NOT base_passes THEN 'small_base'
            WHEN widest >= $width_max THEN 'wide'
            WHEN n_numerator = 0 AND NOT is_precise THEN 'few_families'
            WHEN n_numerator > 0 AND (n_numerator < k OR n_complement < k) THEN 'few_families'
            WHEN n_numerator > 0 AND (n_employers < $employer_min OR n_complement_employers < $employer_min)
                THEN 'few_employers'
            WHEN n_numerator > 0 AND top_employer_families > $dominance_max * n_numerator THEN 'one_employer'
            WHEN NOT is_precise THEN 'wide'
            WHEN greatest(1, effective_employers - 1) < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM share
),
-- Of a period inside another a reader subtracts: what the longer has beyond the shorter must be none or large. Three
-- employers are sure where it is more than the largest of the longer has twice.
longer AS MATERIALIZED (
    SELECT
        share_of_period.occupation, share_of_period.skill_id, share_of_period.source_group, share_of_period.geo,
        share_of_period.n_numerator, share_of_period.n_complement, share_of_period.top_employer_families,
        weight_nested_period.* EXCLUDE (whole_start, whole_end)
    FROM share_of_period
    JOIN weight_nested_period
      ON share_of_period.period_start = whole_start AND share_of_period.period_end = whole_end
    WHERE verdict IN ('ok', 'few_effective_employers')
),
told_by_period AS MATERIALIZED (
    SELECT DISTINCT
        longer.occupation, longer.skill_id, longer.source_group, longer.geo, longer.period_start, longer.period_end
    FROM longer
    JOIN share_of_period AS within
      ON within.occupation = longer.occupation
     AND within.skill_id = longer.skill_id
     AND within.source_group = longer.source_group
     AND within.geo = longer.geo
     AND within.period_start = within_start
     AND within.period_end = within_end
    WHERE within.verdict IN ('ok', 'few_effective_employers')
      AND (longer.n_numerator - within.n_numerator BETWEEN 1 AND $k_enter - 1
        OR longer.n_complement - within.n_complement BETWEEN 1 AND $k_enter - 1
        OR longer.n_numerator - within.n_numerator
            BETWEEN 1 AND ($employer_min - 1) * longer.top_employer_families)
),
share_alone AS (
    SELECT
        share_of_period.* EXCLUDE (verdict),
        CASE WHEN told_by_period.skill_id IS NULL THEN verdict ELSE 'part_of_total' END AS verdict
    FROM share_of_period
    LEFT JOIN told_by_period USING (occupation, skill_id, source_group, geo, period_start, period_end)
),
-- Groups that `all` pools, and countries, are parts of one total.
part AS (
    SELECT DISTINCT
        weight_occupation.occupation, weight_occupation.period_start, weight_occupation.period_end,
        weight_occupation.source_group, weight_occupation.geo,
        CASE WHEN weight_occupation.geo = 'all' THEN 'group' ELSE 'geo' END AS margin
    FROM weight_occupation
    LEFT JOIN core_source_group USING (source_group)
    WHERE (weight_occupation.source_group <> 'all' OR weight_occupation.geo <> 'all')
      AND coalesce(core_source_group.comparable, true)
),
-- They are published all or none and only beside their total; withheld ones all give one reason, and those without
-- the skill have a row like the others: neither a reason nor a missing row tells one part from another.
share_of_part AS (
    SELECT
        share_alone.* EXCLUDE (verdict),
        CASE
            WHEN count(*) OVER parts = 1 THEN total.verdict
            WHEN bool_and(share_alone.verdict IN ('ok', 'few_effective_employers')) OVER parts
                THEN share_alone.verdict
            ELSE 'part_of_total'
        END AS verdict
    FROM share_alone
    JOIN part USING (occupation, period_start, period_end, source_group, geo)
    JOIN share_alone AS total
      ON total.headline
     AND total.occupation = share_alone.occupation
     AND total.period_start = share_alone.period_start
     AND total.period_end = share_alone.period_end
     AND total.skill_id = share_alone.skill_id
     AND total.n_numerator > 0
     AND total.verdict IN ('ok', 'few_effective_employers')
    WINDOW parts AS (
        PARTITION BY share_alone.occupation, share_alone.period_start, share_alone.period_end,
            share_alone.skill_id, part.margin
    )
),
-- What no role names is never listed. The pool tells it beside the roles, so it must be large by itself; then it
-- also hides what single roles withhold, whatever else a reader knows.
-- One advert split into roles stands in several of them and once in the pool, so families are counted, not subtracted.
unnamed AS (
    SELECT pool.family_id, pool.period_start, pool.period_end
    FROM weight_posting AS pool
    ANTI JOIN (
        SELECT split_part(family_id, ':', 1) AS family_id, period_start, period_end
        FROM weight_posting
        WHERE occupation <> 'all' AND source_group = 'all' AND geo = 'all'
    ) AS named USING (family_id, period_start, period_end)
    WHERE pool.occupation = 'all'
),
unnamed_skill AS (
    SELECT family_id, period_start, period_end, skill_id
    FROM unnamed
    JOIN core_family_skill USING (family_id)
),
residual_base AS (
    SELECT period_start, period_end, count(*) AS n_families FROM unnamed GROUP BY ALL
),
residual AS (
    SELECT period_start, period_end, skill_id, count(*) AS n_numerator FROM unnamed_skill GROUP BY ALL
),
share_of_pool AS (
    SELECT
        share_alone.* EXCLUDE (verdict),
        CASE
            WHEN share_alone.verdict IN ('ok', 'few_effective_employers')
                AND coalesce(least(residual.n_numerator, residual_base.n_families - residual.n_numerator), 0) < $k_enter
                THEN 'part_of_total'
            ELSE share_alone.verdict
        END AS verdict
    FROM share_alone
    LEFT JOIN residual USING (period_start, period_end, skill_id)
    LEFT JOIN residual_base USING (period_start, period_end)
    WHERE share_alone.occupation = 'all'
),
share_verdict AS (
    SELECT * FROM share_of_part
    UNION ALL BY NAME
    SELECT * FROM share_of_pool
    UNION ALL BY NAME
    SELECT share_alone.*
    FROM share_alone
    ANTI JOIN part USING (occupation, period_start, period_end, source_group, geo)
    WHERE share_alone.occupation <> 'all'
),
published_headline AS (
    SELECT occupation, period_start, period_end, skill_id, verdict
    FROM share_verdict
    WHERE source_group = 'all' AND geo = 'all' AND verdict IN ('ok', 'few_effective_employers')
),
-- A pair splits its base in four; a reader can subtract, so each of the four must be large enough.
pair_of_period AS MATERIALIZED (
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
            WHEN weight_skill_pair.top_employer_families_both > $dominance_max * weight_skill_pair.n_both
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
longer_pair AS MATERIALIZED (
    SELECT
        pair_of_period.occupation, pair_of_period.skill_id, pair_of_period.paired_skill_id,
        pair_of_period.n_both, pair_of_period.n_skill, pair_of_period.n_paired, pair_of_period.n_families,
        weight_nested_period.* EXCLUDE (whole_start, whole_end)
    FROM pair_of_period
    JOIN weight_nested_period
      ON pair_of_period.period_start = whole_start AND pair_of_period.period_end = whole_end
    WHERE verdict IN ('ok', 'few_effective_employers')
),
pair_told_by_period AS MATERIALIZED (
    SELECT DISTINCT
        longer_pair.occupation, longer_pair.skill_id, longer_pair.paired_skill_id,
        longer_pair.period_start, longer_pair.period_end
    FROM longer_pair
    JOIN pair_of_period AS within
      ON within.occupation = longer_pair.occupation
     AND within.skill_id = longer_pair.skill_id
     AND within.paired_skill_id = longer_pair.paired_skill_id
     AND within.period_start = within_start
     AND within.period_end = within_end
    CROSS JOIN LATERAL (
        SELECT longer_pair.n_both - within.n_both AS n_both, longer_pair.n_skill - within.n_skill AS n_skill,
            longer_pair.n_paired - within.n_paired AS n_paired, longer_pair.n_families - within.n_families AS n_families
    ) AS rest
    WHERE within.verdict IN ('ok', 'few_effective_employers')
      AND (rest.n_both BETWEEN 1 AND $k_enter - 1
        OR rest.n_skill - rest.n_both BETWEEN 1 AND $k_enter - 1
        OR rest.n_paired - rest.n_both BETWEEN 1 AND $k_enter - 1
        OR rest.n_families - rest.n_skill - rest.n_paired + rest.n_both BETWEEN 1 AND $k_enter - 1)
),
pair_alone AS (
    SELECT
        pair_of_period.* EXCLUDE (verdict),
        CASE WHEN pair_told_by_period.skill_id IS NULL THEN verdict ELSE 'part_of_total' END AS verdict
    FROM pair_of_period
    LEFT JOIN pair_told_by_period USING (occupation, skill_id, paired_skill_id, period_start, period_end)
),
-- The same for pairs: what the pool tells beside the published roles is large in each of the four.
pair_of_roles AS (
    SELECT
        period_start, period_end, skill_id, paired_skill_id,
        CAST(sum(n_both) AS BIGINT) AS n_both,
        CAST(sum(n_skill) AS BIGINT) AS n_skill,
        CAST(sum(n_paired) AS BIGINT) AS n_paired,
        CAST(sum(n_families) AS BIGINT) AS n_families
    FROM pair_alone
    WHERE occupation <> 'all' AND verdict IN ('ok', 'few_effective_employers')
    GROUP BY ALL
),
pair_rest AS (
    SELECT
        pair_alone.occupation, pair_alone.skill_id, pair_alone.paired_skill_id,
        pair_alone.period_start, pair_alone.period_end, pair_alone.verdict,
        pair_alone.n_both - coalesce(pair_of_roles.n_both, 0) AS n_both,
        pair_alone.n_skill - coalesce(pair_of_roles.n_skill, 0) AS n_skill,
        pair_alone.n_paired - coalesce(pair_of_roles.n_paired, 0) AS n_paired,
        pair_alone.n_families - coalesce(pair_of_roles.n_families, 0) AS n_families
    FROM pair_alone
    LEFT JOIN pair_of_roles USING (period_start, period_end, skill_id, paired_skill_id)
),
-- Subtracting takes split adverts away once a role: where too little is left, those that no role names are counted.
doubtful AS (
    SELECT skill_id, paired_skill_id, period_start, period_end
    FROM pair_rest
    WHERE occupation = 'all' AND verdict IN ('ok', 'few_effective_employers')
      AND least(n_both, n_skill - n_both, n_paired - n_both, n_families - n_skill - n_paired + n_both) < $k_enter
),
unnamed_both AS (
    SELECT
        doubtful.skill_id, doubtful.paired_skill_id, doubtful.period_start, doubtful.period_end,
        count(*) AS n_both
    FROM doubtful
    JOIN unnamed_skill USING (skill_id, period_start, period_end)
    JOIN unnamed_skill AS partner
      ON partner.family_id = unnamed_skill.family_id
     AND partner.period_start = unnamed_skill.period_start
     AND partner.period_end = unnamed_skill.period_end
     AND partner.skill_id = doubtful.paired_skill_id
    GROUP BY ALL
),
unnamed_pair AS (
    SELECT
        'all' AS occupation, unnamed_both.skill_id, unnamed_both.paired_skill_id,
        unnamed_both.period_start, unnamed_both.period_end,
        least(
            unnamed_both.n_both, residual.n_numerator - unnamed_both.n_both,
            partner.n_numerator - unnamed_both.n_both,
            residual_base.n_families - residual.n_numerator - partner.n_numerator + unnamed_both.n_both
        ) AS n_least
    FROM unnamed_both
    JOIN residual USING (skill_id, period_start, period_end)
    JOIN residual_base USING (period_start, period_end)
    JOIN residual AS partner
      ON partner.skill_id = unnamed_both.paired_skill_id
     AND partner.period_start = unnamed_both.period_start
     AND partner.period_end = unnamed_both.period_end
),
pair_verdict AS (
    SELECT
        occupation, skill_id, paired_skill_id, period_start, period_end,
        CASE
            WHEN occupation = 'all'
                AND verdict IN ('ok', 'few_effective_employers')
                AND least(n_both, n_skill - n_both, n_paired - n_both,
                    n_families - n_skill - n_paired + n_both) < $k_enter
                AND coalesce(unnamed_pair.n_least, 0) < $k_enter
                THEN 'part_of_total'
            ELSE verdict
        END AS verdict
    FROM pair_rest
    LEFT JOIN unnamed_pair USING (occupation, skill_id, paired_skill_id, period_start, period_end)
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
