SELECT t.park_slug || '/' || t.code AS id, t.park_slug, t.geom_3857, t.approximate, t.code, t.use_code AS use, t.area_ha AS area,
       t.quality, t.valid
FROM plots_over(:known_at) AS t
WHERE CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id
