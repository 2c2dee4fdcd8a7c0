-- One row per posting: the family of adverts for the same job it belongs to, and what put it there.
WITH first_posting AS (
    SELECT spell_id, posting_id
    FROM core_spell
    WHERE merged_with IS NULL
)
SELECT
    core_spell.posting_id,
    coalesce(core_family_merge.family_id, core_spell.spell_id) AS family_id,
    CASE
        WHEN core_spell.merged_with IS NULL THEN coalesce(core_family_merge.family_method, 'own')
        ELSE core_spell.spell_method
    END AS family_method,
    CASE
        WHEN core_spell.merged_with IS NOT NULL THEN 1.0::DOUBLE
        ELSE core_family_merge.family_score
    END AS family_score,
    coalesce(core_spell.merged_with, first_posting.posting_id) AS merged_with,
    $family_version AS family_version
FROM core_spell
LEFT JOIN core_family_merge USING (spell_id)
LEFT JOIN first_posting ON first_posting.spell_id = core_family_merge.joined_spell_id
