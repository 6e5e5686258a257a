-- How many hectares had a sign on some days, by the spans that the clock of the last day reckons for each unit.
SELECT d.day, coalesce(sum(c.area_in_violation_ha) FILTER (WHERE c.since <= d.day), 0) AS area_ha
FROM unnest(CAST(:days AS date[])) AS d (day)
CROSS JOIN (
    SELECT one.area_in_violation_ha, min((v ->> 'from')::date) AS since
    FROM clock_at(:as_of, :known_at) AS one
    CROSS JOIN LATERAL jsonb_array_elements(coalesce(one.violations, '[]')) AS v
    WHERE one.state IN ('EXT_EXPIRED', 'LATE_24M', 'UNUSED_12M') AND v ->> 'state' = one.state
      AND (sees_all_parks() OR one.park_id = ANY (acting_parks()))
    GROUP BY one.project_id, one.unit, one.area_in_violation_ha
) AS c
GROUP BY d.day ORDER BY d.day
