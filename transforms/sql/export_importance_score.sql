-- One row per shown share above zero, where the score is on: parts weighed together, with a sensitivity band.
SELECT
    core_occupation.occupation_id,
    weight_importance_score.*,
    core_skill.skill,
    $method_version AS method_version,
    CAST($as_of AS DATE) AS as_of
FROM weight_importance_score
JOIN core_occupation USING (occupation)
JOIN core_skill USING (skill_id)
