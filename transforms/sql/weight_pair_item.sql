-- One row per occupation, period and skill that enough families ask for to be paired; numbered.
-- A pair can be published only if both shares pass the count rule, so no other is worth counting.
SELECT
    -- A skill in a cell is one number: whoever counts pairs compares millions of these, and names cost ten times as much.
    row_number() OVER (ORDER BY occupation, period_start, period_end, skill_id) AS item,
    dense_rank() OVER (ORDER BY occupation, period_start, period_end) AS cell,
    occupation,
    period_start,
    period_end,
    skill_id,
    n_numerator,
    n_denominator,
    n_employers,
    top_employer_families,
    source_ids
FROM weight_posting_share
WHERE source_group = 'all' AND geo = 'all' AND n_numerator >= $k_leave
