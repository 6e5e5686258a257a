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
), judged AS (
    SELECT t.park_id, t.park_slug, touched.block, t.area_ha, t.quality, t.approximate, t.plot_id, t.geom_3857,
           coalesce(verdict_of_state(t.use_code, t.state), o.verdict) AS verdict
    FROM plots_at(:as_of, :known_at) AS t
    JOIN touched ON touched.park_id = t.park_id AND touched.block = coalesce(t.block, t.code)
    LEFT JOIN offered_verdicts_at(:as_of, :known_at, ARRAY(SELECT DISTINCT touched.park_id FROM touched)) AS o
      ON o.plot_id = t.plot_id
), part AS (
    SELECT t.park_id, t.park_slug, t.block, t.verdict, sum(t.area_ha) AS area_ha, count(*) AS things,
           max(quality_rank(t.quality)) AS quality, bool_or(t.approximate) AS approximate,
           ST_Collect(t.geom_3857 ORDER BY t.plot_id) AS geom_3857
    FROM judged AS t
    GROUP BY t.park_id, t.park_slug, t.block, t.verdict
), whole AS (
    SELECT part.park_id, part.park_slug, part.block,
           ST_ConvexHull(ST_Collect(part.geom_3857 ORDER BY part.verdict)) AS geom_3857,
           bool_or(part.approximate) AS approximate,
           (array_agg(part.verdict ORDER BY part.verdict = 'shared', part.area_ha DESC, part.verdict))[1] AS verdict,
           sum(part.things)::integer AS things, sum(part.area_ha) AS area_ha, max(part.quality) AS rank
    FROM part GROUP BY part.park_id, part.park_slug, part.block
)
SELECT w.park_slug || '/' || w.block AS id, w.park_slug, w.geom_3857, w.approximate, w.block AS name_vi, w.block AS name_en,
       w.verdict, w.things, w.area_ha, (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(w.rank, around.rank)] AS quality
FROM whole AS w
JOIN park_services_at(:as_of, :known_at, ARRAY(SELECT DISTINCT touched.park_id FROM touched)) AS around
  ON around.park_id = w.park_id
