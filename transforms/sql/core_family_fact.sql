-- One row per family, or role's part of one, that counts: level, pay and place of its first advert.
WITH unit AS (
    SELECT DISTINCT family_id, posting_id, '' AS occupation FROM core_posting_role WHERE headline
    UNION ALL
    SELECT family_part_id, posting_id, CASE WHEN separated THEN occupation ELSE '' END
    FROM core_posting_role
    WHERE headline AND family_part_id <> family_id
),
first_advert AS (
    SELECT unit.family_id, unit.occupation, core_posting.*
    FROM unit
    JOIN core_posting USING (posting_id)
    QUALIFY row_number() OVER (
        PARTITION BY unit.family_id
        ORDER BY core_posting.first_seen_on NULLS LAST, core_posting.posting_id
    ) = 1
),
-- Of a part, what its own text says; structured pay of the source is the whole advert's and beats it.
fact AS (
    SELECT
        first_advert.* EXCLUDE (seniority, seniority_basis, years_min, pay_min, pay_max, pay_currency, pay_period,
            pay_kind),
        coalesce(part.seniority, first_advert.seniority) AS seniority,
        coalesce(part.seniority_basis, first_advert.seniority_basis) AS seniority_basis,
        CASE WHEN part.occupation IS NULL THEN first_advert.years_min ELSE part.years_min END AS years_min,
        coalesce(part.occupation IS NOT NULL AND first_advert.pay_kind IS DISTINCT FROM 'structured', FALSE)
            AS own_pay,
        CASE WHEN own_pay THEN part.pay_min ELSE first_advert.pay_min END AS pay_min,
        CASE WHEN own_pay THEN part.pay_max ELSE first_advert.pay_max END AS pay_max,
        CASE WHEN own_pay THEN part.pay_currency ELSE first_advert.pay_currency END AS pay_currency,
        CASE WHEN own_pay THEN part.pay_period ELSE first_advert.pay_period END AS pay_period,
        CASE WHEN own_pay THEN part.pay_kind ELSE first_advert.pay_kind END AS pay_kind
    FROM first_advert
    LEFT JOIN core_reading_role AS part
      ON part.posting_version = first_advert.posting_version
     AND part.occupation = first_advert.occupation
     AND part.reader_version = $reader_version
),
-- A year of full-time work, in minor units of the currency (ISO 4217: none in yen or won, three in dinars).
annual AS (
    SELECT
        *,
        CASE pay_period
            WHEN 'year' THEN 1
            WHEN 'month' THEN CAST($months_per_year AS INTEGER)
            WHEN 'week' THEN CAST($weeks_per_year AS INTEGER)
            WHEN 'day' THEN CAST($days_per_year AS INTEGER)
            WHEN 'hour' THEN CAST($hours_per_year AS INTEGER)
        END
        * CASE
            WHEN pay_currency IN ('CLP', 'ISK', 'JPY', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'XAF', 'XOF') THEN 1
            WHEN pay_currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 1000
            WHEN pay_currency IS NOT NULL THEN 100
        END AS minor_units_per_year,
        -- Beyond 2^53 - 1 minor units a year, what JSON holds exactly, a number read from a text is no pay.
        coalesce(greatest(pay_min, pay_max) * minor_units_per_year <= 9007199254740991, false) AS is_pay
    FROM fact
)
SELECT
    family_id,
    posting_id,
    source_id,
    employer_key,
    country,
    first_seen_on,
    seniority,
    seniority_basis,
    years_min,
    pay_min,
    pay_max,
    pay_currency,
    pay_period,
    pay_kind,
    CASE WHEN is_pay THEN CAST(round(pay_min * minor_units_per_year) AS BIGINT) END AS pay_year_low,
    CASE WHEN is_pay THEN CAST(round(pay_max * minor_units_per_year) AS BIGINT) END AS pay_year_high,
    CASE WHEN is_pay THEN CAST(round((pay_min + pay_max) / 2 * minor_units_per_year) AS BIGINT) END AS pay_mid_year,
    workplace,
    employment_type
FROM annual
