SELECT t.park_slug || '/' || t.code AS id, t.plot_id AS key, t.park_slug, t.geom, t.geom_3857, t.approximate, t.code, t.block, t.use_code AS use, t.state,
       t.area_ha AS area, t.quality, t.source_title AS source, t.source_key, t.valid_from AS observed_on
FROM plots_at(:as_of, :known_at) AS t
WHERE (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
