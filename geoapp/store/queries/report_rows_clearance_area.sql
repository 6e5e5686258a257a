-- Clearance areas as they were on a day, by their numbers.
SELECT c.clearance_area_id::text AS id, c.code AS title_vi, c.code AS title_en, p.name_vi AS place_vi, p.name_en AS place_en,
       c.area_ha AS value, 'ha' AS unit, 'obstacle_reason' AS codes, c.obstacle AS state, c.valid_from AS valid_on, c.quality,
       c.source_title AS source, NULL::timestamptz AS known_from, NULL::timestamptz AS known_until, NULL AS follower,
       '/parks/' || p.slug AS path
FROM clearance_areas_at(:as_of, :known_at) AS c
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = c.park_id
WHERE c.clearance_area_id = ANY (CAST(:ids AS integer[]))
ORDER BY natural_key(coalesce(p.name_vi, '')) COLLATE "C", c.code
