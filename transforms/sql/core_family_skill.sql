-- One row per family, or role's part of one, and skill it asks for, as strongly as any advert does.
WITH mentioned AS (
    SELECT
        core_posting.posting_id,
        core_family.family_id,
        core_mention.skill_id,
        core_mention.role_part,
        CASE core_mention.requirement WHEN 'required' THEN 1 WHEN 'preferred' THEN 2 ELSE 3 END AS rank
    FROM core_posting
    JOIN core_family USING (posting_id)
    JOIN core_mention
      ON core_mention.posting_version = core_posting.posting_version
     AND core_mention.reader_version = $reader_version
     AND core_mention.accepted
),
asked AS (
    SELECT family_id, skill_id, rank FROM mentioned
    UNION ALL
    -- A role's part: where its adverts separate roles, the role's own text and what is common to all.
    SELECT core_posting_role.family_part_id, mentioned.skill_id, mentioned.rank
    FROM mentioned
    JOIN core_posting_role USING (posting_id)
    WHERE core_posting_role.headline
      AND core_posting_role.family_part_id <> core_posting_role.family_id
      AND (NOT core_posting_role.separated OR mentioned.role_part IN ('', core_posting_role.occupation))
)
SELECT
    family_id,
    skill_id,
    CASE min(rank) WHEN 1 THEN 'required' WHEN 2 THEN 'preferred' ELSE 'mentioned' END AS requirement
FROM asked
GROUP BY family_id, skill_id
