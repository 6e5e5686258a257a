-- A block of plots as the hull around them, by the verdict on most of its area. A block that the tile touches is taken whole,
-- so that it is the same in every tile. A plot that belongs to no block stands for itself.
WITH touched AS (
    SELECT DISTINCT t.park_id, coalesce(t.block, t.code) AS block
    FROM plots_at(:as_of, :known_at) AS t
    WHERE t.geom_3857 && :box
      AND (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
      AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
               SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
               WHERE z.id = :zone_id))
), part AS (
    SELECT t.park_id, t.park_slug, touched.block, t.verdict, sum(t.area_ha) AS area_ha, count(*) AS things,
           bool_and(t.verdict = 'shared') AS is_shared, max(quality_rank(t.quality)) AS quality,
           bool_or(t.approximate) AS approximate, ST_Collect(t.geom_3857 ORDER BY t.plot_id) AS geom_3857
    FROM plot_leasable_at(:as_of, :known_at, ARRAY(SELECT DISTINCT touched.park_id FROM touched)) AS t
    JOIN touched ON touched.park_id = t.park_id AND touched.block = coalesce(t.block, t.code)
    GROUP BY t.park_id, t.park_slug, touched.block, t.verdict
)
SELECT park_slug || '/' || block AS id, park_slug, ST_ConvexHull(ST_Collect(geom_3857 ORDER BY verdict)) AS geom_3857,
       bool_or(approximate) AS approximate, block AS name_vi, block AS name_en,
       (array_agg(verdict ORDER BY is_shared, area_ha DESC, verdict))[1] AS verdict, sum(things)::integer AS things,
       sum(area_ha) AS area_ha, (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality)] AS quality
FROM part GROUP BY park_slug, block
