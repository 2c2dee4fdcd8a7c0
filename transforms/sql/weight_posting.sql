-- One row per family, role and cell it counts in: weight 1 each (method section 3).
WITH counted AS (
    SELECT
        core_posting_role.family_id,
        core_posting_role.family_part_id,
        core_posting_role.occupation,
        core_posting.first_seen_on,
        core_posting.employer_key,
        core_posting.source_id,
        core_source_group.source_group,
        core_source_group.comparable,
        core_occupation.occupation_kind = 'role' AS is_role,
        coalesce(core_posting.country, 'unknown') AS geo
    FROM core_posting_role
    JOIN core_posting USING (posting_id)
    JOIN core_source_group USING (source_id)
    JOIN core_occupation USING (occupation)
    WHERE core_posting_role.headline
),
-- Three margins of a role: everything comparable; each group; each country of what is comparable.
-- A role counts its own part of an advert that separates several roles; the pool counts that advert once.
-- The pool of all adverts is an occupation of its own, in the headline cell only; what no role names counts there.
margins AS (
    SELECT * REPLACE ('all' AS occupation, 'all' AS source_group, 'all' AS geo) FROM counted WHERE comparable
    UNION ALL
    SELECT * REPLACE (family_part_id AS family_id, 'all' AS source_group, 'all' AS geo) FROM counted WHERE comparable AND is_role
    UNION ALL
    SELECT * REPLACE (family_part_id AS family_id, 'all' AS geo) FROM counted WHERE is_role
    UNION ALL
    SELECT * REPLACE (family_part_id AS family_id, 'all' AS source_group) FROM counted WHERE comparable AND is_role
)
SELECT
    margins.family_id,
    margins.occupation,
    margins.source_group,
    margins.geo,
    core_period.period_start,
    core_period.period_end,
    min(margins.employer_key) AS employer_key,
    list_sort(list_distinct(list(margins.source_id))) AS source_ids
FROM margins
JOIN core_period ON margins.first_seen_on BETWEEN core_period.period_start AND core_period.period_end
GROUP BY ALL
