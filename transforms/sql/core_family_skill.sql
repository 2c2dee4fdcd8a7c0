-- One row per family and skill it asks for: counting is per family, never per mention.
SELECT DISTINCT core_family.family_id, core_mention.skill_id
FROM core_posting
JOIN core_family USING (posting_id)
JOIN core_mention
  ON core_mention.posting_version = core_posting.posting_version
 AND core_mention.reader_version = $reader_version
 AND core_mention.accepted
