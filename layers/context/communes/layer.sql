SELECT c.code AS id, c.geom, c.full_name AS name, c.kind, c.area_km2 AS area, c.old_district, c.old_province,
       c.formed_from, false AS approximate,
       'published' AS quality, s.title AS source, s.key AS source_key, CAST(NULL AS date) AS observed_on
FROM communes AS c
JOIN sources AS s ON s.id = c.source_id
