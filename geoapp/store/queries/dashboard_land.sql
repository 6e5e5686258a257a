-- Land with signs of slow use on a day, as far as who asks may see it: units, hectares, and how sure; proposals, no conclusions.
SELECT count(*)::integer AS clocks, count(*) FILTER (WHERE c.state IN ('EXT_EXPIRED', 'LATE_24M', 'UNUSED_12M'))::integer AS units,
       coalesce(sum(c.area_in_violation_ha) FILTER (WHERE c.state IN ('EXT_EXPIRED', 'LATE_24M', 'UNUSED_12M')), 0) AS area_ha,
       (SELECT bool_or(quality = 'demo') FROM land_events WHERE recorded @> CAST(:known_at AS timestamptz)) AS has_demo
FROM clock_at(:as_of, :known_at) AS c
WHERE sees_all_parks() OR c.park_id = ANY (acting_parks())
