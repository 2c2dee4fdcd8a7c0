-- One row per occupation, source group, geography and period: the bases of all shares.
WITH employer AS (
    SELECT
        occupation, source_group, geo, period_start, period_end, employer_key,
        count(*) AS n_families,
        list_distinct(flatten(list(source_ids))) AS source_ids
    FROM weight_posting
    GROUP BY ALL
)
SELECT
    occupation,
    source_group,
    geo,
    period_start,
    period_end,
    CAST(sum(n_families) AS BIGINT) AS n_families,
    count(*) AS n_employers,
    -- Effective number of employers, (sum m)^2 / sum m^2 (method section 4); both sums are integers.
    round(sum(n_families) * sum(n_families) / sum(n_families * n_families), 6) AS effective_employers,
    list_sort(list_distinct(flatten(list(source_ids)))) AS source_ids
FROM employer
GROUP BY occupation, source_group, geo, period_start, period_end
