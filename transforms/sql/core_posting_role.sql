-- One row per posting and role it names; only a headline row is ever counted in a share.
WITH named AS (
    SELECT
        posting_id,
        unnest(role_slugs) AS occupation,
        len(role_slugs) AS n_roles,
        language,
        n_characters,
        first_seen_on
    FROM core_posting
),
judged AS (
    SELECT
        posting_id,
        occupation,
        CASE
            WHEN n_characters = 0 THEN 'no_text'
            WHEN language <> 'en' THEN 'language'
            WHEN first_seen_on IS NULL THEN 'undated'
            WHEN n_roles > 1 THEN 'several_roles'
            ELSE ''
        END AS headline_reason
    FROM named
)
SELECT
    judged.posting_id,
    core_family.family_id,
    judged.occupation,
    judged.headline_reason = '' AS headline,
    judged.headline_reason
FROM judged
JOIN core_family USING (posting_id)
