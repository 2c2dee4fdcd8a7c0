-- One row per occupation, period and ordered pair of skills: counts before any mask (headline cells only).
-- A pair can be published only if both shares pass the count rule, so no other is worth counting. Cells, families and
-- skills are whole numbers up to the last step: comparing their names costs ten times as much.
WITH frequent AS MATERIALIZED (
    SELECT
        occupation, period_start, period_end, skill_id, n_numerator, n_denominator, n_employers,
        top_employer_families, source_ids,
        CAST(dense_rank() OVER (ORDER BY occupation, period_start, period_end) AS INTEGER) AS cell,
        CAST(dense_rank() OVER (ORDER BY skill_id) AS INTEGER) AS skill,
        -- A skill in a cell is one number, lest the planner joins all skills of a cell with each other.
        CAST(row_number() OVER (ORDER BY occupation, period_start, period_end, skill_id) AS INTEGER) AS item
    FROM weight_posting_share
    WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
),
-- Cell and skill as one number, for the same reason.
place AS (
    SELECT cell * 1048576 :: BIGINT + skill AS place, item FROM frequent
),
base AS MATERIALIZED (
    SELECT
        weight_posting.family_id, weight_posting.employer_key, cell.cell,
        CAST(row_number() OVER () AS INTEGER) AS family
    FROM weight_posting
    JOIN (SELECT DISTINCT cell, occupation, period_start, period_end FROM frequent) AS cell
        USING (occupation, period_start, period_end)
    WHERE weight_posting.source_group = 'all' AND weight_posting.geo = 'all'
),
asked AS MATERIALIZED (
    SELECT base.family, place.item
    FROM base
    JOIN core_family_skill USING (family_id)
    JOIN (SELECT DISTINCT skill, skill_id FROM frequent) AS skill USING (skill_id)
    JOIN place ON place.place = base.cell * 1048576 :: BIGINT + skill.skill
),
pair AS MATERIALIZED (
    SELECT asked.item, paired.item AS paired_item, count(*) AS n_both
    FROM asked
    JOIN asked AS paired ON paired.family = asked.family AND paired.item > asked.item
    GROUP BY ALL
    HAVING count(*) >= $k_leave
),
-- Each employer holds at most as many families with both as the one that holds most with either. Where that alone
-- shows that no employer rule of the mask can fail, or the count rule fails anyway, nobody needs the employers of the
-- pair: they are counted for the few others, and null here.
judged AS MATERIALIZED (
    SELECT
        pair.*,
        least(n_both, one.n_numerator - n_both, other.n_numerator - n_both,
            one.n_denominator - one.n_numerator - other.n_numerator + n_both) >= $k_leave
        AND (
            n_both <= ($employer_min - 1) * least(one.top_employer_families, other.top_employer_families)
            OR least(one.top_employer_families, other.top_employer_families) > $dominance_max * n_both
            OR one.n_numerator - n_both <= ($employer_min - 1) * one.top_employer_families
            OR other.n_numerator - n_both <= ($employer_min - 1) * other.top_employer_families
        ) AS close
    FROM pair
    JOIN frequent AS one ON one.item = pair.item
    JOIN frequent AS other ON other.item = pair.paired_item
),
close_asked AS MATERIALIZED (
    SELECT
        asked.family, asked.item, base.employer_key,
        count(*) OVER (PARTITION BY asked.item, base.employer_key) AS n_of_employer
    FROM asked
    JOIN base USING (family)
    SEMI JOIN (
        SELECT item FROM judged WHERE close UNION SELECT paired_item FROM judged WHERE close
    ) AS wanted USING (item)
),
employer_pair AS (
    SELECT
        one.item, other.item AS paired_item, one.employer_key,
        count(*) AS n_families,
        min(one.n_of_employer) AS n_of_one,
        min(other.n_of_employer) AS n_of_other
    FROM close_asked AS one
    JOIN close_asked AS other ON other.family = one.family AND other.item > one.item
    SEMI JOIN (SELECT item, paired_item FROM judged WHERE close) AS wanted
      ON wanted.item = one.item AND wanted.paired_item = other.item
    GROUP BY ALL
),
counted AS (
    SELECT
        item, paired_item,
        count(*) AS n_employers_both,
        max(n_families) AS top_employer_families_both,
        count(*) FILTER (n_families = n_of_one) AS n_always,
        count(*) FILTER (n_families = n_of_other) AS n_paired_always
    FROM employer_pair
    GROUP BY ALL
),
unordered AS MATERIALIZED (
    SELECT judged.item, judged.paired_item, n_both, n_employers_both, top_employer_families_both, n_always, n_paired_always
    FROM judged
    LEFT JOIN counted USING (item, paired_item)
),
ordered AS (
    SELECT * FROM unordered
    UNION ALL BY NAME
    SELECT
        * REPLACE (
            paired_item AS item, item AS paired_item, n_paired_always AS n_always, n_always AS n_paired_always
        )
    FROM unordered
)
SELECT
    one.occupation,
    one.skill_id,
    other.skill_id AS paired_skill_id,
    one.period_start,
    one.period_end,
    ordered.n_both,
    one.n_numerator AS n_skill,
    other.n_numerator AS n_paired,
    one.n_denominator AS n_families,
    ordered.n_employers_both,
    ordered.top_employer_families_both,
    one.n_employers - ordered.n_always AS n_employers_skill_only,
    other.n_employers - ordered.n_paired_always AS n_employers_paired_only,
    one.source_ids
FROM ordered
JOIN frequent AS one ON one.item = ordered.item
JOIN frequent AS other ON other.item = ordered.paired_item
