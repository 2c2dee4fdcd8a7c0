-- One row per occupation, period and ordered pair of skills: counts before any mask (headline cells only).
WITH ordered AS (
    SELECT
        item, paired_item, n_both, n_employers_both, top_employer_families_both,
        n_employers_always AS n_always, n_employers_paired_always AS n_paired_always
    FROM weight_pair_count
    UNION ALL BY NAME
    SELECT
        paired_item AS item, item AS paired_item, n_both, n_employers_both, top_employer_families_both,
        n_employers_paired_always AS n_always, n_employers_always AS n_paired_always
    FROM weight_pair_count
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
JOIN weight_pair_item AS one ON one.item = ordered.item
JOIN weight_pair_item AS other ON other.item = ordered.paired_item
