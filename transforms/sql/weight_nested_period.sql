-- One row per period that lies inside another, and which of the two gives way where their difference would tell too much.
SELECT
    whole.period_start AS whole_start,
    whole.period_end AS whole_end,
    within.period_start AS within_start,
    within.period_end AS within_end,
    -- The longer one, and never the default: that is the page everybody reads.
    CASE WHEN whole.is_default THEN within.period_start ELSE whole.period_start END AS period_start,
    CASE WHEN whole.is_default THEN within.period_end ELSE whole.period_end END AS period_end
FROM core_period AS whole
JOIN core_period AS within
  ON within.period_start >= whole.period_start AND within.period_end <= whole.period_end
 AND (within.period_start > whole.period_start OR within.period_end < whole.period_end)
