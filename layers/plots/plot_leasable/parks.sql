-- A park by the verdict on most of its plots by area; shared land decides only where there is nothing else.
WITH part AS (
    SELECT t.park_id, t.verdict, sum(t.area_ha) AS area_ha, count(*) AS things, bool_and(t.verdict = 'shared') AS is_shared,
           max(quality_rank(t.quality)) AS quality
    FROM plot_leasable_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS t
    WHERE (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
      AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
               SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
               WHERE z.id = :zone_id))
    GROUP BY t.park_id, t.verdict
), whole AS (
    SELECT park_id, (array_agg(verdict ORDER BY is_shared, area_ha DESC, verdict))[1] AS verdict, sum(area_ha) AS area_ha,
           sum(things)::integer AS things, max(quality) AS quality
    FROM part GROUP BY park_id
)
SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, p.name_vi, p.name_en, w.verdict, w.things, w.area_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[w.quality] AS quality
FROM whole AS w JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = w.park_id
