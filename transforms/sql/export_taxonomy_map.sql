-- One row per occupation or skill and taxonomy code it maps to; a code the loaded release lacks says so.
WITH occupation_map AS (
    SELECT
        'occupation' AS concept_kind,
        core_occupation.occupation AS concept,
        core_occupation.occupation_id AS concept_id,
        core_occupation_mapping.scheme,
        core_occupation_mapping.taxonomy_version,
        core_occupation_mapping.code,
        core_occupation_mapping.code_label,
        core_occupation_mapping.relation,
        CASE WHEN core_occupation_mapping.found THEN 'ok' ELSE 'low_reliability' END AS status,
        CASE WHEN core_occupation_mapping.found THEN NULL ELSE 'taxonomy_unmapped' END AS reason
    FROM core_occupation_mapping
    JOIN core_occupation USING (occupation_id)
),
skill_map AS (
    SELECT
        'skill' AS concept_kind,
        export_skill.skill AS concept,
        export_skill.skill_id AS concept_id,
        core_skill_mapping.scheme,
        core_skill_mapping.taxonomy_version,
        core_skill_mapping.code,
        core_skill_mapping.code_label,
        core_skill_mapping.relation,
        'ok' AS status,
        CAST(NULL AS VARCHAR) AS reason
    FROM core_skill_mapping
    JOIN export_skill USING (skill_id)
)
SELECT * FROM occupation_map
UNION ALL
SELECT * FROM skill_map
