-- One row per posting and role it names; only a headline row is ever counted in a share.
WITH named AS (
    SELECT
        posting_id,
        posting_version,
        unnest(role_slugs) AS occupation,
        len(role_slugs) AS n_roles,
        language,
        n_characters,
        first_seen_on
    FROM core_posting
),
judged AS (
    SELECT
        named.posting_id,
        named.occupation,
        core_reading_role.occupation IS NOT NULL AS separated,
        CASE
            WHEN named.n_characters = 0 THEN 'no_text'
            WHEN named.language <> 'en' THEN 'language'
            WHEN named.first_seen_on IS NULL THEN 'undated'
            WHEN named.n_roles > 1 AND core_reading_role.occupation IS NULL THEN 'several_roles'
            ELSE ''
        END AS headline_reason
    FROM named
    LEFT JOIN core_reading_role
      ON core_reading_role.posting_version = named.posting_version
     AND core_reading_role.occupation = named.occupation
     AND core_reading_role.reader_version = $reader_version
)
SELECT
    judged.posting_id,
    core_family.family_id,
    judged.occupation,
    -- One of its adverts separated is enough: the part is then what all of them say about the role.
    CASE
        WHEN bool_or(judged.separated AND judged.headline_reason = '')
            OVER (PARTITION BY core_family.family_id, judged.occupation)
            THEN core_family.family_id || ':' || judged.occupation
        ELSE core_family.family_id
    END AS family_part_id,
    judged.separated,
    judged.headline_reason = '' AS headline,
    judged.headline_reason
FROM judged
JOIN core_family USING (posting_id)
