SELECT t.park_slug || '/' || t.code AS id, t.park_slug, t.geom, t.geom_3857, t.approximate, t.code, t.block, t.use_code AS use,
       t.state, t.verdict, t.plant, t.roads, t.power, t.area_ha AS area, t.discharge_m3_day AS discharge,
       t.norm_m3_ha_day AS norm, t.norm_basis, t.norm_assumed, t.free_m3, t.quality, t.source_title AS source, t.source_key,
       CAST(:as_of AS date) AS observed_on
FROM plot_leasable_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS t
WHERE (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
