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
    core_reading.role_slugs
FROM newest
JOIN seen USING (source_id, source_posting_key)
JOIN basis USING (source_id, source_posting_key)
JOIN core_reading
  ON core_reading.posting_version = newest.posting_version
 AND core_reading.reader_version = $reader_version
