-- The plots around one plot, nearest first: within so many metres, across a street too. Mercator lengths are as long as the
-- metres on the ground times the scale of that latitude, so the distance is asked for at that scale.
WITH here AS (
    SELECT t.plot_id, t.geom_3857, 1 / cos(radians(ST_YMin(t.geom))) AS scale
    FROM plots_at(:as_of, :known_at) AS t WHERE t.plot_id = :plot_id
)
SELECT t.park_slug, t.code, t.use_code, t.state, t.area_ha, t.quality, t.source_key, t.source_title,
       ST_Distance(t.geom_3857, here.geom_3857) / here.scale AS distance_m
FROM here
JOIN plots_at(:as_of, :known_at) AS t
  ON t.geom_3857 && ST_Expand(here.geom_3857, :within_m * here.scale) AND t.plot_id <> here.plot_id
 AND ST_DWithin(t.geom_3857, here.geom_3857, :within_m * here.scale)
ORDER BY distance_m, t.code, t.plot_id
LIMIT :most
