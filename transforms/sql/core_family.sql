-- One row per posting: the family of adverts for the same job it belongs to (method section 2, exact keys only).
WITH described AS (
    SELECT
        core_posting.posting_id,
        core_posting.employer_key,
        core_posting.first_seen_on,
        greatest(core_posting.first_seen_on, core_posting.last_seen_on) AS seen_until,
        lower(trim(coalesce(core_posting.title, ''))) AS title_key,
        lower(trim(coalesce(core_posting.place, ''))) AS place_key,
        core_posting.n_characters,
        sha256(regexp_replace(lower(coalesce(raw_posting.text, '')), '\s+', ' ', 'g')) AS text_key
    FROM core_posting
    JOIN raw_posting
      ON raw_posting.source_id = core_posting.source_id
     AND raw_posting.release = core_posting.release
     AND raw_posting.file = core_posting.file
     AND raw_posting.row_number = core_posting.row_number
),
-- Same words of the same employer are one job in whatever city; short words need the same title as well.
-- Parts are joined by a separator no title holds: `dev | remote` in `` is not `dev` in `remote`.
keyed AS (
    SELECT
        *,
        CASE
            WHEN n_characters > 0 THEN 'exact_text'
            WHEN employer_key <> '' AND title_key <> '' THEN 'exact_title'
            ELSE 'own'
        END AS family_method,
        CASE
            WHEN n_characters >= $family_text_characters
                THEN concat_ws(chr(31), 'text', employer_key, text_key)
            WHEN n_characters > 0
                THEN concat_ws(chr(31), 'text', employer_key, title_key, text_key)
            WHEN employer_key <> '' AND title_key <> ''
                THEN concat_ws(chr(31), 'title', employer_key, title_key, place_key)
            ELSE concat_ws(chr(31), 'own', posting_id)
        END AS family_key
    FROM described
),
-- The same advert later than the gap after the last one was seen is a new search for staff.
gaps AS (
    SELECT
        *,
        max(seen_until) OVER (
            PARTITION BY family_key
            ORDER BY first_seen_on NULLS LAST, posting_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS seen_before
    FROM keyed
),
spells AS (
    SELECT
        *,
        sum(CASE WHEN first_seen_on > seen_before + CAST($family_gap_days AS INTEGER) THEN 1 ELSE 0 END) OVER (
            PARTITION BY family_key
            ORDER BY first_seen_on NULLS LAST, posting_id
            ROWS UNBOUNDED PRECEDING
        ) AS spell
    FROM gaps
)
SELECT
    posting_id,
    'fam_' || substr(sha256(concat_ws(chr(31), family_key, first_value(posting_id) OVER (
        PARTITION BY family_key, spell
        ORDER BY first_seen_on NULLS LAST, posting_id
    ))), 1, 16) AS family_id,
    family_method,
    $family_version AS family_version
FROM spells
