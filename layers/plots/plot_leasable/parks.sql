-- A park by the verdict on most of its plots by area; shared land decides only where there is nothing else.
WITH among AS (
    SELECT p.park_id, p.slug, p.name_vi, p.name_en, p.approximate, p.geom_3857
    FROM parks_at(:as_of, :known_at) AS p LEFT JOIN zones AS z ON z.slug = p.zone_slug
    WHERE p.geom_3857 && :box
      AND (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
      AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
), sum_of_states AS (
    SELECT s.park_id, verdict_of_state(s.use_code, s.state) AS verdict, sum(s.area_ha) AS area_ha, sum(s.plots) AS things,
           max(quality_rank(s.quality)) AS rank
    FROM plot_sums_at(:as_of, :known_at) AS s
    WHERE s.park_id IN (SELECT among.park_id FROM among)
    GROUP BY s.park_id, verdict_of_state(s.use_code, s.state)
), part AS (
    SELECT s.park_id, s.verdict, s.area_ha, s.things FROM sum_of_states AS s WHERE s.verdict IS NOT NULL
    UNION ALL
    SELECT o.park_id, o.verdict, sum(o.area_ha), count(*)
    FROM offered_verdicts_at(:as_of, :known_at, ARRAY(SELECT among.park_id FROM among)) AS o
    GROUP BY o.park_id, o.verdict
), whole AS (
    SELECT part.park_id, (array_agg(part.verdict ORDER BY part.verdict = 'shared', part.area_ha DESC, part.verdict))[1] AS verdict,
           sum(part.area_ha)::double precision AS area_ha, sum(part.things)::integer AS things
    FROM part GROUP BY part.park_id
), worst AS (
    SELECT s.park_id, max(s.rank) AS rank FROM sum_of_states AS s GROUP BY s.park_id
)
SELECT p.slug AS id, p.slug AS park_slug, p.geom_3857, p.approximate, p.name_vi, p.name_en, w.verdict, w.things, w.area_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(worst.rank, around.rank)] AS quality
FROM whole AS w
JOIN among AS p ON p.park_id = w.park_id
JOIN worst ON worst.park_id = w.park_id
JOIN park_services_at(:as_of, :known_at, ARRAY(SELECT among.park_id FROM among)) AS around
  ON around.park_id = w.park_id
