SELECT a.zone_slug || '/' || a.code AS id, a.geom, a.approximate, a.name_vi, a.name_en, a.function, a.area_ha AS area,
       a.note, a.quality, a.source_title AS source, a.source_key, a.valid_from AS observed_on
FROM zone_areas_at(:as_of, :known_at) AS a
WHERE CAST(:zone_id AS integer) IS NULL OR a.zone_id = :zone_id
