-- Cases by their numbers, as far as who asks may see them.
SELECT c.id::text AS id, coalesce(c.project_name, c.park_vi, '') AS title_vi, coalesce(c.project_name, c.park_en, '') AS title_en,
       c.park_vi AS place_vi, c.park_en AS place_en, c.area_ha AS value, 'ha' AS unit, 'case_state' AS codes, c.state,
       c.as_of AS valid_on, c.quality, NULL AS source, c.opened_at AS known_from, NULL::timestamptz AS known_until,
       NULL AS follower, '/cases/' || c.id AS path
FROM case_rows AS c
WHERE c.id = ANY (CAST(:ids AS integer[]))
  AND CAST(:as_of AS date) IS NOT NULL AND CAST(:known_at AS timestamptz) IS NOT NULL
ORDER BY c.id
