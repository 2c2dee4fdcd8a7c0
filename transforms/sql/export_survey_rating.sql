-- One row per role, O*NET code it maps to, element and scale: the rating as O*NET published it.
WITH newest AS (
    -- Not every copy of a release has its ratings: the newest that has some.
    SELECT meta_input.snapshot_sha256, meta_input.source_id
    FROM meta_input
    SEMI JOIN raw_onet_rating USING (snapshot_sha256)
    WHERE meta_input.source_kind = 'onet' AND meta_input.load_state = 'loaded'
    ORDER BY release_rank DESC, source_id, file
    LIMIT 1
)
SELECT
    core_occupation.occupation_id,
    core_occupation.occupation,
    core_occupation_mapping.code AS onet_soc_code,
    core_occupation_mapping.code_label,
    core_occupation_mapping.relation,
    raw_onet_rating.element_id,
    raw_onet_rating.element_name,
    core_skill.skill AS element_skill,
    raw_onet_rating.scale_id,
    raw_onet_rating.rating,
    raw_onet_rating.n_raters,
    raw_onet_rating.rating_standard_error,
    raw_onet_rating.rating_ci_low,
    raw_onet_rating.rating_ci_high,
    raw_onet_rating.recommend_suppress,
    raw_onet_rating.not_relevant,
    raw_onet_rating.rated_in,
    raw_onet_rating.rated_by,
    raw_onet_rating.release,
    [newest.source_id] AS source_ids
FROM core_occupation
JOIN core_occupation_mapping USING (occupation_id)
JOIN raw_onet_rating ON raw_onet_rating.onet_soc_code = core_occupation_mapping.code
JOIN newest USING (snapshot_sha256)
LEFT JOIN core_onet_element ON core_onet_element.element_id = raw_onet_rating.element_id
LEFT JOIN core_skill ON core_skill.skill = core_onet_element.skill
WHERE core_occupation.occupation_kind = 'role' AND core_occupation_mapping.scheme = 'onet-soc'
