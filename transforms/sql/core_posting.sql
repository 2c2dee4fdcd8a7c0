-- One row per advert of a source, in its newest version among the files of this night.
WITH night_row AS (
    SELECT raw_posting.*, meta_input.release_rank
    FROM raw_posting
    JOIN meta_input
      ON meta_input.source_kind = 'postings'
     AND meta_input.load_state = 'loaded'
     AND meta_input.source_id = raw_posting.source_id
     AND meta_input.release = raw_posting.release
     AND meta_input.file = raw_posting.file
     AND meta_input.snapshot_sha256 = raw_posting.snapshot_sha256
),
newest AS (
    SELECT *
    FROM night_row
    QUALIFY row_number() OVER (
        PARTITION BY source_id, source_posting_key
        ORDER BY release_rank DESC, file DESC, row_number DESC
    ) = 1
),
-- An advert keeps the first day any version of it was seen, and the last.
seen AS (
    SELECT
        source_id,
        source_posting_key,
        min(first_seen_on) AS first_seen_on,
        max(last_seen_on) AS last_seen_on
    FROM night_row
    GROUP BY source_id, source_posting_key
),
basis AS (
    SELECT source_id, source_posting_key, first_seen_basis
    FROM night_row
    QUALIFY row_number() OVER (
        PARTITION BY source_id, source_posting_key
        ORDER BY first_seen_on NULLS LAST, first_seen_basis
    ) = 1
),
-- Structured pay of the source beats pay read from the text; predicted pay is never used.
-- A sign that several currencies share is the currency of the advert's country, or no pay at all.
fact AS (
    SELECT
        newest.source_id,
        newest.source_posting_key,
        newest.pay_kind IN ('structured', 'text') AND coalesce(newest.pay_min, newest.pay_max) IS NOT NULL
            AS of_source,
        coalesce(
            core_reading.pay_currency,
            CASE core_reading.pay_sign || ' ' || newest.country
                WHEN '$ US' THEN 'USD'
                WHEN '$ CA' THEN 'CAD'
                WHEN '$ AU' THEN 'AUD'
                WHEN '$ NZ' THEN 'NZD'
                WHEN '$ SG' THEN 'SGD'
                WHEN '$ HK' THEN 'HKD'
                WHEN 'kr SE' THEN 'SEK'
                WHEN 'kr NO' THEN 'NOK'
                WHEN 'kr DK' THEN 'DKK'
            END
        ) AS text_currency,
        regexp_replace(lower(newest.seniority_text), '[^a-z]+', ' ', 'g') AS level_words,
        regexp_replace(lower(newest.employment_type_text), '[^a-z]+', ' ', 'g') AS employment_words
    FROM newest
    JOIN core_reading
      ON core_reading.posting_version = newest.posting_version
     AND core_reading.reader_version = $reader_version
),
levelled AS (
    SELECT
        *,
        -- Words that span levels ("mid-senior", "experienced", "not applicable") say nothing here.
        CASE
            WHEN trim(level_words) IN ('intern', 'internship', 'trainee', 'student', 'graduate', 'junior', 'entry',
                'entry level') THEN 'entry'
            WHEN trim(level_words) IN ('mid', 'mid level', 'intermediate', 'associate', 'experienced non manager')
                THEN 'mid'
            WHEN trim(level_words) IN ('senior', 'senior level', 'expert') THEN 'senior'
            WHEN trim(level_words) IN ('lead', 'manager', 'director', 'executive', 'head') THEN 'lead'
            ELSE 'unknown'
        END AS source_seniority,
        CASE
            WHEN trim(employment_words) IN ('full time', 'fulltime', 'f', 'permanent') THEN 'full_time'
            WHEN trim(employment_words) IN ('part time', 'parttime', 'p') THEN 'part_time'
            WHEN trim(employment_words) IN ('contract', 'contractor', 'freelance') THEN 'contract'
            WHEN trim(employment_words) IN ('temporary', 'temp', 'fixed term') THEN 'temporary'
            WHEN trim(employment_words) IN ('intern', 'internship') THEN 'internship'
            ELSE 'unknown'
        END AS source_employment
    FROM fact
),
stated AS (
    SELECT
        levelled.source_id,
        levelled.source_posting_key,
        CASE
            WHEN core_reading.seniority_basis IN ('title', 'several') OR source_seniority = 'unknown'
                THEN core_reading.seniority
            ELSE source_seniority
        END AS seniority,
        CASE
            WHEN core_reading.seniority_basis IN ('title', 'several') OR source_seniority = 'unknown'
                THEN core_reading.seniority_basis
            ELSE 'source'
        END AS seniority_basis,
        core_reading.years_min,
        CASE WHEN of_source THEN newest.pay_min WHEN text_currency IS NOT NULL THEN core_reading.pay_min END
            AS pay_min,
        CASE WHEN of_source THEN newest.pay_max WHEN text_currency IS NOT NULL THEN core_reading.pay_max END
            AS pay_max,
        CASE WHEN of_source THEN newest.pay_currency ELSE text_currency END AS pay_currency,
        CASE WHEN of_source THEN newest.pay_period WHEN text_currency IS NOT NULL THEN core_reading.pay_period END
            AS pay_period,
        CASE WHEN of_source THEN newest.pay_kind WHEN text_currency IS NOT NULL THEN core_reading.pay_kind END
            AS pay_kind,
        CASE
            WHEN core_reading.workplace <> 'unknown' THEN core_reading.workplace
            WHEN regexp_matches(newest.place, '(?i)\bhybrid\b') THEN 'hybrid'
            WHEN regexp_matches(newest.place, '(?i)\bremote\b') THEN 'remote'
            ELSE 'unknown'
        END AS workplace,
        CASE WHEN source_employment <> 'unknown' THEN source_employment ELSE core_reading.employment_type END
            AS employment_type
    FROM levelled
    JOIN newest USING (source_id, source_posting_key)
    JOIN core_reading
      ON core_reading.posting_version = newest.posting_version
     AND core_reading.reader_version = $reader_version
)
SELECT
    'pst_' || substr(sha256(concat_ws(chr(31), newest.source_id, newest.source_posting_key)), 1, 16) AS posting_id,
    newest.source_id,
    newest.source_posting_key,
    newest.release,
    newest.file,
    newest.row_number,
    newest.posting_version,
    newest.title,
    newest.place,
    newest.country,
    seen.first_seen_on,
    basis.first_seen_basis,
    seen.last_seen_on,
    newest.closes_on,
    core_reading.language,
    core_reading.n_characters,
    core_reading.employer_key,
    core_reading.role_slugs,
    stated.seniority,
    stated.seniority_basis,
    stated.years_min,
    stated.pay_min,
    stated.pay_max,
    stated.pay_currency,
    stated.pay_period,
    stated.pay_kind,
    stated.workplace,
    stated.employment_type
FROM newest
JOIN seen USING (source_id, source_posting_key)
JOIN basis USING (source_id, source_posting_key)
JOIN stated USING (source_id, source_posting_key)
JOIN core_reading
  ON core_reading.posting_version = newest.posting_version
 AND core_reading.reader_version = $reader_version
