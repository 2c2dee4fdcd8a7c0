-- One row per role, skill and period with a rating to quote, or a row of its share without: importance by O*NET's survey.
WITH linked AS (
    SELECT core_skill.skill_id, core_onet_element.element_name, core_onet_element.element_id
    FROM core_onet_element
    JOIN core_skill USING (skill)
),
-- Of two codes one may be unrated: the other's rating is still not that of the role.
mapped AS (
    SELECT core_occupation.occupation, count(*) AS n_codes
    FROM core_occupation
    JOIN core_occupation_mapping USING (occupation_id)
    WHERE core_occupation_mapping.scheme = 'onet-soc'
    GROUP BY core_occupation.occupation
),
rated AS (
    SELECT occupation, element_id, count(*) AS n_rated, any_value(rating ORDER BY onet_soc_code) AS rating,
        any_value(n_raters ORDER BY onet_soc_code) AS n_raters,
        any_value(rating_ci_low ORDER BY onet_soc_code) AS rating_ci_low,
        any_value(rating_ci_high ORDER BY onet_soc_code) AS rating_ci_high,
        bool_or(recommend_suppress) AS recommend_suppress,
        any_value(onet_soc_code ORDER BY onet_soc_code) AS onet_soc_code,
        any_value(release ORDER BY onet_soc_code) AS release,
        any_value(source_ids ORDER BY onet_soc_code) AS source_ids
    FROM export_survey_rating
    WHERE scale_id = 'IM'
    GROUP BY occupation, element_id
),
shown AS (
    SELECT occupation, period_start, period_end, skill_id
    FROM weight_mask
    JOIN weight_posting_share USING (occupation, skill_id, source_group, geo, period_start, period_end)
    JOIN core_skill USING (skill_id)
    WHERE partner_skill_id = '' AND source_group = 'all' AND geo = 'all'
      AND (skill_scheme = 'skillweights' OR (status IN ('ok', 'low_reliability') AND n_numerator > 0))
),
-- Every linked skill in every role, and what pages list or give reasons for: a rating hangs on no advert.
cell AS (
    SELECT core_occupation.occupation, core_period.period_start, core_period.period_end, linked.skill_id
    FROM core_occupation, core_period, linked
    WHERE core_occupation.occupation_kind = 'role'
    UNION
    SELECT shown.*
    FROM shown
    JOIN core_occupation USING (occupation)
    WHERE core_occupation.occupation_kind = 'role'
),
judged AS (
    SELECT
        cell.*, linked.element_id, linked.element_name,
        rated.* EXCLUDE (occupation, element_id), mapped.n_codes,
        CASE
            WHEN linked.element_id IS NULL THEN 'unmapped'
            WHEN rated.n_rated IS NULL THEN 'unrated'
            WHEN mapped.n_codes > 1 THEN 'several_codes'
            WHEN rated.recommend_suppress THEN 'imprecise'
            ELSE 'ok'
        END AS verdict
    FROM cell
    LEFT JOIN linked USING (skill_id)
    LEFT JOIN mapped USING (occupation)
    LEFT JOIN rated ON rated.occupation = cell.occupation AND rated.element_id = linked.element_id
)
SELECT
    occupation,
    skill_id,
    period_start,
    period_end,
    CASE WHEN verdict IN ('ok', 'imprecise')
        THEN concat('importance of ', element_name, ' (', element_id, ') in ', onet_soc_code,
            ', scale IM from 1 to 5, O*NET ', release)
        ELSE 'importance in O*NET, scale IM from 1 to 5'
    END AS survey_scope,
    CASE WHEN verdict IN ('ok', 'imprecise') THEN rating END AS survey_importance,
    CASE WHEN verdict IN ('ok', 'imprecise') THEN n_raters END AS n_raters,
    CASE WHEN verdict IN ('ok', 'imprecise') THEN rating_ci_low END AS rating_ci_low,
    CASE WHEN verdict IN ('ok', 'imprecise') THEN rating_ci_high END AS rating_ci_high,
    CASE verdict WHEN 'ok' THEN 'ok' WHEN 'imprecise' THEN 'low_reliability' ELSE 'missing' END AS status,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'imprecise' THEN 'insufficient_sample'
        WHEN 'several_codes' THEN 'not_identifiable'
        WHEN 'unrated' THEN 'no_source'
        ELSE 'taxonomy_unmapped'
    END AS reason,
    CASE verdict
        WHEN 'ok' THEN NULL
        WHEN 'imprecise' THEN 'O*NET advises not to show the rating for its low precision'
        WHEN 'several_codes' THEN 'the role maps to several O*NET codes: table survey_rating has the rating of each'
        WHEN 'unrated' THEN 'no loaded O*NET release rates the element for a code of the role'
        ELSE 'the skill stands for no skill or knowledge element of O*NET'
    END AS reason_detail,
    CASE WHEN verdict IN ('ok', 'imprecise') THEN source_ids ELSE [] END AS source_ids
FROM judged
