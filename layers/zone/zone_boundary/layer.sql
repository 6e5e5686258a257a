SELECT k.slug AS id, k.geom, k.approximate, k.name_vi, k.name_en, k.decision, k.published_area_ha AS published_area,
       k.area_ha AS area, k.note, k.quality, k.source_title AS source, k.source_key, k.valid_from AS observed_on
FROM zones_at(:as_of, :known_at) AS k
WHERE CAST(:zone_id AS integer) IS NULL OR k.zone_id = :zone_id
