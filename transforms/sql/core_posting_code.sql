-- One row per posting and taxonomy in which its title has a code: the best candidate, however unsure.
WITH titled AS (
    -- Of an advert that names several titles no single code would be true.
    SELECT core_posting.posting_id, core_posting_title.title_text
    FROM core_posting
    JOIN core_posting_title USING (posting_version)
    WHERE core_posting_title.n_titles = 1
),
coded AS (
    SELECT
        titled.posting_id,
        core_title_code.scheme,
        core_title_code.occupation_code,
        core_title_code.code_confidence,
        core_title_code.code_rule
    FROM titled
    JOIN core_title_code USING (title_text)
    WHERE core_title_code.code_rank = 1 AND core_title_code.occupation_code IS NOT NULL
),
-- Where a taxonomy is not there tonight, its code follows from another's if a crosswalk has exactly one equal to it.
listed AS (
    SELECT DISTINCT raw_crosswalk.*
    FROM raw_crosswalk
    JOIN meta_input
      ON meta_input.snapshot_sha256 = raw_crosswalk.snapshot_sha256
     AND meta_input.source_kind = 'crosswalk'
     AND meta_input.load_state = 'loaded'
    WHERE raw_crosswalk.pair_relation = 'exact'
),
equal_code AS (
    SELECT from_scheme AS scheme, from_code AS occupation_code, to_scheme AS other_scheme, to_code AS other_code
    FROM listed
    UNION
    SELECT to_scheme, to_code, from_scheme, from_code FROM listed
),
only_code AS (
    SELECT scheme, occupation_code, other_scheme, min(other_code) AS other_code
    FROM equal_code
    WHERE other_scheme IN ('onet-soc', 'esco', 'isco')
      AND other_scheme NOT IN (SELECT scheme FROM coded)
    GROUP BY scheme, occupation_code, other_scheme
    HAVING count(*) = 1
)
SELECT * FROM coded
UNION ALL
SELECT
    coded.posting_id,
    only_code.other_scheme AS scheme,
    only_code.other_code AS occupation_code,
    coded.code_confidence,
    'crosswalk' AS code_rule
FROM coded
JOIN only_code USING (scheme, occupation_code)
QUALIFY row_number() OVER (
    PARTITION BY coded.posting_id, only_code.other_scheme
    ORDER BY coded.code_confidence DESC, coded.scheme, only_code.other_code
) = 1
