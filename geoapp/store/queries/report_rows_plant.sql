-- Wastewater plants as they were on a day, by their numbers.
SELECT w.plant_id::text AS id, w.name_vi AS title_vi, w.name_en AS title_en, p.name_vi AS place_vi, p.name_en AS place_en,
       w.capacity_m3_day AS value, 'm3_day' AS unit, 'standard_met' AS codes, w.standard_met AS state,
       w.valid_from AS valid_on, w.quality, w.source_title AS source, NULL::timestamptz AS known_from,
       NULL::timestamptz AS known_until, NULL AS follower, '/parks/' || w.park_slug AS path
FROM wastewater_plants_at(:as_of, :known_at) AS w
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = w.park_id
WHERE w.plant_id = ANY (CAST(:ids AS integer[])) OR w.park_slug || '/' || w.code = ANY (CAST(:ids AS text[]))
ORDER BY natural_key(coalesce(p.name_vi, '')) COLLATE "C", w.plant_id
