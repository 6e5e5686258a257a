-- Parks as they were on a day, by their names in addresses.
SELECT p.slug AS id, p.name_vi AS title_vi, p.name_en AS title_en, z.name_vi AS place_vi, z.name_en AS place_en,
       p.outline_area_ha AS value, 'ha' AS unit, 'park_status' AS codes, p.status AS state, p.valid_from AS valid_on,
       p.quality, p.source_title AS source, NULL::timestamptz AS known_from, NULL::timestamptz AS known_until,
       NULL AS follower, '/parks/' || p.slug AS path
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones_at(:as_of, :known_at) AS z ON z.slug = p.zone_slug
WHERE p.slug = ANY (CAST(:ids AS text[]))
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
