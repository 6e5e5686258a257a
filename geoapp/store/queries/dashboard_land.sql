-- Land with signs of slow use at the ends of some months: units, hectares, and how sure; proposals, no conclusions. Days before
-- the first land file have no row.
SELECT d.day, count(c.*) FILTER (WHERE c.state IN ('EXT_EXPIRED', 'LATE_24M', 'UNUSED_12M'))::integer AS units,
       coalesce(sum(c.area_in_violation_ha) FILTER (WHERE c.state IN ('EXT_EXPIRED', 'LATE_24M', 'UNUSED_12M')), 0) AS area_ha,
       count(c.*) FILTER (WHERE c.state = 'DATA_GAP')::integer AS gaps,
       (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(j.quality))] AS quality
FROM unnest(CAST(:days AS date[])) AS d (day)
CROSS JOIN LATERAL clock_at(d.day, :known_at) AS c
JOIN project_versions AS j ON j.project_id = c.project_id AND j.valid @> d.day AND j.recorded @> CAST(:known_at AS timestamptz)
WHERE acting_may('case_read') AND (sees_all_parks() OR c.park_id = ANY (acting_parks()))
GROUP BY d.day ORDER BY d.day
