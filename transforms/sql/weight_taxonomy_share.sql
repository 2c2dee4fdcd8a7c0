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
-- Codes whatever role asks about them. Sure codes lie within less sure ones, ESCO's within those of their ISCO group:
-- what is left of the larger by taking the smaller away must be empty or large.
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
group_of AS (
    SELECT esco_uri, arg_max(isco_code, release_rank) AS isco_code
    FROM raw_esco_occupation
    JOIN meta_input USING (snapshot_sha256)
    GROUP BY esco_uri
),
within_group AS (
    SELECT
        group_of.isco_code AS code, min_confidence, band, period_start, period_end, skill_id,
        sum(x) AS x, sum(n) AS n
    FROM banded
    JOIN group_of ON group_of.esco_uri = banded.code
    WHERE banded.scheme = 'esco'
    GROUP BY ALL
),
left_over AS (
    SELECT scheme, code, min_confidence, period_start, period_end, skill_id, x, n FROM banded WHERE band = -1.0
    UNION ALL
    SELECT
        banded.scheme, banded.code, banded.min_confidence, banded.period_start, banded.period_end, banded.skill_id,
        banded.x - within_group.x AS x, banded.n - within_group.n AS n
    FROM banded
    JOIN within_group USING (code, min_confidence, band, period_start, period_end, skill_id)
    WHERE banded.scheme = 'isco'
),
exposed AS (
    SELECT DISTINCT scheme, code, min_confidence, period_start, period_end, skill_id
    FROM left_over
    WHERE n <> 0 AND least(x, n - x) < $k_enter
),
-- A code is shown beside all roles it is mapped to or beside none: it is one count.
shown AS (
    SELECT
        counted.*,
        bool_and(counted.parts_pass) OVER (
            PARTITION BY counted.scheme, counted.code, counted.min_confidence, counted.period_start,
                counted.period_end, counted.skill_id
        ) AND exposed.scheme IS NULL AS private
    FROM counted
    LEFT JOIN exposed USING (scheme, code, min_confidence, period_start, period_end, skill_id)
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
interval_of AS (
    SELECT
        *,
        $z * sqrt(greatest(squares, 0) * n_employers / nullif(n_employers - 1, 0)) AS half_width
    FROM estimated
),
judged AS (
    SELECT
        *,
        CASE
            WHEN code_denominator = 0 THEN 'no_base'
            WHEN code_denominator < $n_min THEN 'small_base'
            WHEN NOT private THEN 'part_of_total'
            WHEN half_width IS NULL OR 2 * half_width >= $width_max THEN 'wide'
            WHEN greatest(1, effective - 1) < $df_min THEN 'few_effective_employers'
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
