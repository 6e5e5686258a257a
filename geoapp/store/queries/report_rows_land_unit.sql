-- Units of land with what the legal clock showed on a day, as project/unit; for those who read cases.
SELECT j.code || '/' || c.unit AS id,
       j.name || CASE WHEN c.unit = 'project' THEN '' ELSE ' – ' || c.unit END AS title_vi,
       j.name || CASE WHEN c.unit = 'project' THEN '' ELSE ' – ' || c.unit END AS title_en,
       p.name_vi AS place_vi, p.name_en AS place_en, coalesce(c.area_in_violation_ha, c.area_ha) AS value, 'ha' AS unit,
       'clock_state' AS codes, c.state, CAST(:as_of AS date) AS valid_on, j.quality, j.source_title AS source,
       NULL::timestamptz AS known_from, NULL::timestamptz AS known_until, NULL AS follower, '/projects/' || j.code AS path
FROM clock_at(:as_of, :known_at) AS c
JOIN projects_at(:as_of, :known_at) AS j ON j.project_id = c.project_id
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = c.park_id
WHERE j.code || '/' || c.unit = ANY (CAST(:ids AS text[]))
  AND (acting_person() IS NULL
       OR acting_may('case_read') AND (sees_all_parks() OR c.park_id = ANY (acting_parks())))
ORDER BY coalesce(c.area_in_violation_ha, 0) DESC, j.code, c.unit
