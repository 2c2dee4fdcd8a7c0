-- One row per role, mapped code and published skill: the share among the code's families, the role's, the difference.
-- Cells, employers and skills are whole numbers where they are counted: names cost several times as much.
WITH cell AS MATERIALIZED (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end,
        CAST(row_number() OVER () AS INTEGER) AS cell,
        CAST(dense_rank() OVER (ORDER BY occupation, period_start, period_end) AS INTEGER) AS role_cell
    FROM (
        SELECT DISTINCT occupation, scheme, code, min_confidence, period_start, period_end
        FROM weight_taxonomy_member
    )
),
employer AS (
    SELECT employer_key, CAST(row_number() OVER () AS INTEGER) AS employer
    FROM (SELECT DISTINCT employer_key FROM weight_taxonomy_member)
),
member AS MATERIALIZED (
    SELECT weight_taxonomy_member.family_id, cell.cell, cell.role_cell, part, employer.employer
    FROM weight_taxonomy_member
    JOIN cell USING (occupation, scheme, code, min_confidence, period_start, period_end)
    JOIN employer USING (employer_key)
),
base_employer AS MATERIALIZED (
    SELECT
        cell, employer,
        count(*) FILTER (part <> 'role_only') AS m,
        count(*) FILTER (part <> 'code_only') AS r
    FROM member
    GROUP BY ALL
),
base AS (
    SELECT
        cell,
        count(*) AS n_employers,
        sum(m) AS sm, sum(r) AS sr, sum(m * m) AS smm, sum(r * r) AS srr, sum(m * r) AS smr
    FROM base_employer
    GROUP BY ALL
),
counted_skill AS MATERIALIZED (
    SELECT
        role_cell.role_cell, found.skill_id,
        CAST(dense_rank() OVER (ORDER BY found.skill_id) AS INTEGER) AS skill
    FROM (SELECT DISTINCT occupation, period_start, period_end, skill_id FROM weight_taxonomy_part) AS found
    JOIN (SELECT DISTINCT role_cell, occupation, period_start, period_end FROM cell) AS role_cell
        USING (occupation, period_start, period_end)
),
place AS (
    SELECT role_cell * 1048576 :: BIGINT + skill AS place FROM counted_skill
),
skill_employer AS (
    SELECT
        member.cell, member.employer, skill.skill,
        count(*) FILTER (part <> 'role_only') AS a,
        count(*) FILTER (part <> 'code_only') AS b
    FROM member
    JOIN core_family_skill USING (family_id)
    JOIN (SELECT DISTINCT skill, skill_id FROM counted_skill) AS skill USING (skill_id)
    SEMI JOIN place ON place.place = member.role_cell * 1048576 :: BIGINT + skill.skill
    GROUP BY ALL
),
-- Employers that never ask for the skill add nothing to these sums; all of them are whole numbers.
skill_sum AS (
    SELECT
        cell, skill,
        sum(a * a) AS saa, sum(a * m) AS sam, sum(a * r) AS sar,
        sum(b * b) AS sbb, sum(b * r) AS sbr, sum(b * m) AS smb, sum(a * b) AS sab
    FROM skill_employer
    JOIN base_employer USING (cell, employer)
    GROUP BY ALL
),
skill AS (
    SELECT skill_sum.* EXCLUDE (skill), named.skill_id
    FROM skill_sum
    JOIN (SELECT DISTINCT skill, skill_id FROM counted_skill) AS named USING (skill)
),
-- The privacy rule of contract section 5 on each part: a reader may know role and code and subtract.
part AS (
    SELECT
        *,
        (n_families = 0 AND part = 'code_only')
        OR (
            least(n_with, n_families - n_with) >= $k_enter
            AND least(n_employers_with, n_employers_without) >= $employer_min
            AND top_employer_families <= $dominance_max * n_with
        ) AS passes
    FROM weight_taxonomy_part
),
counted AS (
    SELECT
        occupation, scheme, code, min_confidence, period_start, period_end, skill_id,
        CAST(sum(n_with) FILTER (part <> 'role_only') AS BIGINT) AS code_numerator,
        CAST(sum(n_families) FILTER (part <> 'role_only') AS BIGINT) AS code_denominator,
        CAST(sum(n_with) FILTER (part <> 'code_only') AS BIGINT) AS role_numerator,
        CAST(sum(n_families) FILTER (part <> 'code_only') AS BIGINT) AS role_denominator,
        bool_and(passes) AS parts_pass
    FROM part
    GROUP BY ALL
),
-- Codes whatever role asks about them. Sure codes lie within less sure ones: what is left of the larger by taking the
-- smaller away must be empty or large.
code_cell AS (
    SELECT DISTINCT
        scheme, code, min_confidence, period_start, period_end, skill_id,
        code_numerator AS x, code_denominator AS n
    FROM counted
),
banded AS (
    SELECT scheme, code, min_confidence, min_confidence AS band, period_start, period_end, skill_id, x, n
    FROM code_cell
    UNION ALL
    SELECT
        high.scheme, high.code, high.min_confidence, -1.0 AS band, high.period_start, high.period_end, high.skill_id,
        low.x - high.x AS x, low.n - high.n AS n
    FROM code_cell AS high
    JOIN code_cell AS low USING (scheme, code, period_start, period_end, skill_id)
    WHERE high.min_confidence = $confidence_high AND low.min_confidence = $confidence_low
),
-- Codes of one taxonomy that lie within a code of another, by their families: ESCO's within their ISCO group, O*NET's
-- within the ESCO occupation that a crosswalk draws from them. Too few families astray to hide a count don't matter.
code_family AS MATERIALIZED (
    SELECT DISTINCT
        scheme, code, min_confidence, period_start, period_end, split_part(family_id, ':', 1) AS family_id
    FROM weight_taxonomy_member
    WHERE part <> 'role_only'
),
code_size AS (
    SELECT scheme, code, min_confidence, period_start, period_end, count(*) AS n_families
    FROM code_family
    GROUP BY ALL
),
inside AS MATERIALIZED (
    SELECT
        whole.scheme, whole.code, whole.min_confidence, whole.period_start, whole.period_end,
        within.scheme AS within_scheme, within.code AS within_code, within.min_confidence AS within_confidence,
        any_value(code_size.n_families) - count(*) AS n_astray
    FROM code_family AS whole
    JOIN code_family AS within USING (period_start, period_end, family_id)
    JOIN code_size
      ON code_size.scheme = within.scheme
     AND code_size.code = within.code
     AND code_size.min_confidence = within.min_confidence
     AND code_size.period_start = within.period_start
     AND code_size.period_end = within.period_end
    WHERE whole.scheme <> within.scheme AND within.min_confidence >= whole.min_confidence
    GROUP BY ALL
    HAVING n_astray < $count_width_min AND 2 * n_astray < any_value(code_size.n_families)
),
within_code AS (
    SELECT
        inside.scheme, inside.code, inside.min_confidence, band, period_start, period_end, skill_id,
        inside.within_scheme, sum(x) AS x, sum(n) AS n, sum(n_astray) AS n_astray
    FROM inside
    JOIN banded USING (period_start, period_end)
    WHERE banded.scheme = inside.within_scheme AND banded.code = inside.within_code
      AND banded.min_confidence = inside.within_confidence AND inside.min_confidence = inside.within_confidence
    GROUP BY ALL
),
-- All a reader can count: codes, less sure ones without the sure, and codes without those within them.
countable AS (
    SELECT *, '' AS within_scheme, 0 AS n_astray FROM banded
    UNION ALL
    SELECT
        scheme, code, min_confidence, band, period_start, period_end, skill_id,
        banded.x - within_code.x AS x, banded.n - within_code.n AS n,
        within_scheme, n_astray
    FROM banded
    JOIN within_code USING (scheme, code, min_confidence, band, period_start, period_end, skill_id)
),
left_over AS (
    SELECT scheme, code, min_confidence, period_start, period_end, skill_id, x, n, n_astray
    FROM countable
    WHERE band = -1.0 OR within_scheme <> ''
    UNION ALL
    -- What the longer of two periods has beyond the shorter; the one that gives way is withheld.
    SELECT
        whole.scheme, whole.code, whole.min_confidence, weight_nested_period.period_start,
        weight_nested_period.period_end, whole.skill_id, whole.x - within.x AS x, whole.n - within.n AS n,
        whole.n_astray + within.n_astray AS n_astray
    FROM weight_nested_period
    JOIN countable AS whole ON whole.period_start = whole_start AND whole.period_end = whole_end
    JOIN countable AS within
      ON within.period_start = within_start AND within.period_end = within_end
     AND within.scheme = whole.scheme
     AND within.code = whole.code
     AND within.min_confidence = whole.min_confidence
     AND within.band = whole.band
     AND within.within_scheme = whole.within_scheme
     AND within.skill_id = whole.skill_id
    WHERE within.n > 0
),
exposed AS (
    SELECT DISTINCT scheme, code, min_confidence, period_start, period_end, skill_id
    FROM left_over
    WHERE (n <> 0 OR n_astray > 0) AND least(x, n - x) < $k_enter + n_astray
),
-- A code is shown beside all roles it is mapped to or beside none: it is one count.
alone AS (
    SELECT
        counted.*,
        bool_and(counted.parts_pass) OVER (
            PARTITION BY counted.scheme, counted.code, counted.min_confidence, counted.period_start,
                counted.period_end, counted.skill_id
        ) AND exposed.scheme IS NULL AND code_denominator >= $n_min AS is_large
    FROM counted
    LEFT JOIN exposed USING (scheme, code, min_confidence, period_start, period_end, skill_id)
),
-- And beside all codes within it or beside none: a reader subtracts those shown, and one withheld may be left.
mixed AS (
    SELECT
        inside.scheme, inside.code, inside.min_confidence, inside.period_start, inside.period_end, skill_id
    FROM inside
    JOIN alone
      ON alone.scheme = inside.within_scheme
     AND alone.code = inside.within_code
     AND alone.min_confidence = inside.within_confidence
     AND alone.period_start = inside.period_start
     AND alone.period_end = inside.period_end
    WHERE alone.code_denominator > 0
    GROUP BY ALL
    HAVING bool_or(alone.is_large) AND NOT bool_and(alone.is_large)
),
shown AS (
    SELECT alone.*, is_large AND mixed.scheme IS NULL AS private
    FROM alone
    LEFT JOIN mixed USING (scheme, code, min_confidence, period_start, period_end, skill_id)
),
-- Delete-one-employer variance of the difference, linearised (method section 4): with p = x / n on either side and
-- z = (a - p m) / n of the code less (b - q r) / n of the role, K / (K - 1) times the sum of z^2 over K employers.
estimated AS (
    SELECT
        shown.*,
        base.n_employers,
        code_numerator / nullif(code_denominator, 0) AS p,
        role_numerator / nullif(role_denominator, 0) AS q,
        least(sm * sm / nullif(smm, 0), sr * sr / nullif(srr, 0)) AS effective,
        (coalesce(saa, 0) - 2 * p * coalesce(sam, 0) + p * p * smm) / nullif(code_denominator * code_denominator, 0)
        + (coalesce(sbb, 0) - 2 * q * coalesce(sbr, 0) + q * q * srr) / nullif(role_denominator * role_denominator, 0)
        - 2 * (coalesce(sab, 0) - q * coalesce(sar, 0) - p * coalesce(smb, 0) + p * q * smr)
            / nullif(code_denominator * role_denominator, 0) AS squares
    FROM shown
    JOIN cell USING (occupation, scheme, code, min_confidence, period_start, period_end)
    JOIN base USING (cell)
    LEFT JOIN skill USING (cell, skill_id)
),
-- Student's t at the degrees of freedom, from the normal point z (Abramowitz and Stegun 26.7.5): of ten employers the
-- normal one covers 91 %.
quantile AS (
    SELECT
        *,
        greatest(1, effective - 1) AS df,
        $z + ($z ^ 3 + $z) / (4 * df)
        + (5 * $z ^ 5 + 16 * $z ^ 3 + 3 * $z) / (96 * df ^ 2)
        + (3 * $z ^ 7 + 19 * $z ^ 5 + 17 * $z ^ 3 - 15 * $z) / (384 * df ^ 3)
        + (79 * $z ^ 9 + 776 * $z ^ 7 + 1482 * $z ^ 5 - 1920 * $z ^ 3 - 945 * $z) / (92160 * df ^ 4) AS t
    FROM estimated
),
interval_of AS (
    SELECT *, t * sqrt(greatest(squares, 0) * n_employers / nullif(n_employers - 1, 0)) AS half_width
    FROM quantile
),
judged AS (
    SELECT
        *,
        CASE
            WHEN code_denominator = 0 THEN 'no_base'
            WHEN code_denominator < $n_min THEN 'small_base'
            WHEN NOT private THEN 'part_of_total'
            WHEN half_width IS NULL OR 2 * half_width >= $width_max THEN 'wide'
            WHEN df < $df_min THEN 'few_effective_employers'
            ELSE 'ok'
        END AS verdict
    FROM interval_of
)
SELECT
    occupation,
    scheme,
    code,
    min_confidence,
    period_start,
    period_end,
    skill_id,
    code_numerator,
    code_denominator,
    role_numerator,
    role_denominator,
    round(p, 6) AS code_share,
    round(q, 6) AS role_share,
    round(p - q, 6) AS share_difference,
    greatest(round(p - q - half_width, 6), -1.0) AS share_difference_ci_low,
    least(round(p - q + half_width, 6), 1.0) AS share_difference_ci_high,
    coalesce(round(effective, 6), 0) AS effective_employers,
    CASE verdict
        WHEN 'ok' THEN 'ok'
        WHEN 'few_effective_employers' THEN 'low_reliability'
        WHEN 'no_base' THEN 'missing'
        ELSE 'suppressed'
    END AS status,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'part_of_total' THEN 'small_cell'
        WHEN 'wide' THEN 'wide_interval'
        ELSE 'insufficient_sample'
    END AS reason,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'no_base' THEN 'no advert has this code at this confidence'
        WHEN 'small_base' THEN 'too few families have this code at this confidence'
        WHEN 'part_of_total' THEN 'it would let a reader subtract a withheld part from its total'
        WHEN 'wide' THEN 'the interval is too wide for the publication standard'
        ELSE 'a few large employers dominate the cell: fewer than 8 degrees of freedom'
    END AS reason_detail
FROM judged
