-- One row per posting: the run of word-for-word repeats of one advert it belongs to (method section 2, exact keys).
WITH said AS (
    SELECT
        core_posting.posting_id,
        core_posting.employer_key,
        core_posting.role_slugs,
        core_posting.first_seen_on,
        greatest(core_posting.first_seen_on, core_posting.last_seen_on) AS seen_until,
        core_signature.text_key,
        lower(trim(coalesce(core_posting.title, ''))) AS title_key,
        lower(trim(coalesce(core_posting.place, ''))) AS place_key,
        regexp_extract_all(lower(coalesce(core_posting.title, '')), '[\p{L}\p{N}+#]+') AS said_words,
        regexp_extract_all(lower(coalesce(core_posting.place, '')), '[\p{L}\p{N}+#]+') AS place_words
    FROM core_posting
    JOIN core_signature
      ON core_signature.posting_version = core_posting.posting_version
     AND core_signature.signature_version = $signature_version
),
-- `Senior Engineers (m/f), Berlin #20331` in Berlin says what `Engineer, Sr` does. Without a title its roles stand
-- for it: the header of a forum advert has been read for them.
described AS (
    SELECT
        *,
        CASE
            WHEN title_key = '' THEN list_sort(list_filter(role_slugs, lambda slug: slug <> 'other'))
            ELSE list_sort(list_distinct(list_transform(
                list_filter(
                    said_words,
                    lambda word: NOT list_contains(CAST($family_title_noise AS VARCHAR[]), word)
                        AND NOT list_contains(place_words, word)
                        AND NOT regexp_full_match(word, '#?\d{4,}')
                ),
                lambda word: CASE
                    WHEN word = 'sr' THEN 'senior'
                    WHEN word = 'jr' THEN 'junior'
                    ELSE regexp_replace(word, '([^s]{3})s$', '\1')
                END
            )))
        END AS title_words
    FROM said
),
-- Parts are joined by a separator no title holds: `dev | remote` in `` is not `dev` in `remote`.
keyed AS (
    SELECT
        *,
        CASE
            WHEN text_key <> '' THEN 'exact_text'
            WHEN employer_key <> '' AND title_key <> '' THEN 'exact_title'
            ELSE 'own'
        END AS exact_method,
        CASE
            WHEN text_key <> ''
                THEN concat_ws(chr(31), 'text', employer_key, array_to_string(title_words, ' '), text_key)
            WHEN employer_key <> '' AND title_key <> ''
                THEN concat_ws(chr(31), 'title', employer_key, title_key, place_key)
            ELSE concat_ws(chr(31), 'own', posting_id)
        END AS spell_key
    FROM described
),
-- The same advert later than the gap after the last one was seen is a new search for staff.
gaps AS (
    SELECT
        *,
        max(seen_until) OVER (
            PARTITION BY spell_key
            ORDER BY first_seen_on NULLS LAST, posting_id
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS seen_before
    FROM keyed
),
spells AS (
    SELECT
        *,
        sum(CASE WHEN first_seen_on > seen_before + CAST($family_gap_days AS INTEGER) THEN 1 ELSE 0 END) OVER (
            PARTITION BY spell_key
            ORDER BY first_seen_on NULLS LAST, posting_id
            ROWS UNBOUNDED PRECEDING
        ) AS spell
    FROM gaps
),
joined AS (
    SELECT
        *,
        first_value(posting_id) OVER each_spell AS first_posting_id,
        lag(posting_id) OVER each_spell AS merged_with
    FROM spells
    WINDOW each_spell AS (PARTITION BY spell_key, spell ORDER BY first_seen_on NULLS LAST, posting_id)
)
SELECT
    posting_id,
    'fam_' || substr(sha256(concat_ws(chr(31), spell_key, first_posting_id)), 1, 16) AS spell_id,
    title_words,
    place_key,
    CASE WHEN merged_with IS NULL THEN 'own' ELSE exact_method END AS spell_method,
    merged_with
FROM joined
