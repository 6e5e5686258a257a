-- A park in the colour of most of its plots by area; shared land decides only where there is nothing else.
WITH part AS (
    SELECT t.park_id, t.state AS state, sum(t.area_ha) AS area_ha, count(*) AS things, bool_and(t.state = 'shared') AS is_shared,
           max(quality_rank(t.quality)) AS quality, bool_or(t.approximate) AS approximate
    FROM plots_at(:as_of, :known_at) AS t
    WHERE (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
      AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
               SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
               WHERE z.id = :zone_id))
    GROUP BY t.park_id, t.state
), whole AS (
    SELECT park_id, (array_agg(state ORDER BY is_shared, area_ha DESC, state))[1] AS state, sum(area_ha) AS area_ha,
           sum(things)::integer AS things, max(quality) AS quality
    FROM part GROUP BY park_id
)
SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, p.name_vi, p.name_en, w.state, w.things, w.area_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[w.quality] AS quality
FROM whole AS w JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = w.park_id
