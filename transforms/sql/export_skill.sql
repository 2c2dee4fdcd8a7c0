-- One row per skill that stands in any exported table.
WITH used AS (
    SELECT skill_id FROM export_metric_value
    UNION
    SELECT skill_id FROM export_skill_pair
)
SELECT
    core_skill.skill_id,
    core_skill.skill,
    core_skill.skill_label,
    core_skill.skill_scheme,
    core_skill.skill_type,
    core_skill.reuse_level,
    'active' AS concept_status,
    CAST([] AS VARCHAR[]) AS replaced_by
FROM core_skill
JOIN used USING (skill_id)
