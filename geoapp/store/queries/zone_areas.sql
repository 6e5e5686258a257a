-- Functional areas of one zone, largest first.
SELECT a.code, a.name_vi, a.name_en, a.function, a.area_ha, a.quality, a.approximate
FROM zone_areas_at(:as_of, :known_at) AS a WHERE a.zone_slug = :zone ORDER BY a.area_ha DESC
