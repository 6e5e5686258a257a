SELECT a.park_slug || '/' || a.code AS id, a.park_slug, a.geom, a.approximate, a.code, a.map_state, a.stage, a.obstacle,
       a.obstacle_note, a.area_ha AS area,
       a.quality, a.source_title AS source, a.source_key, a.valid_from AS observed_on
FROM clearance_areas_at(:as_of, :known_at) AS a
WHERE (CAST(:park_id AS integer) IS NULL OR a.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR a.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
