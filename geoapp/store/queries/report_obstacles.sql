-- Clearance areas that are held up, by the reason.
SELECT c.obstacle, count(*)::integer AS areas, count(DISTINCT c.park_id)::integer AS parks, sum(c.area_ha) AS area_ha,
       array_agg(c.clearance_area_id ORDER BY c.clearance_area_id) AS ids,
       (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(c.quality))] AS quality,
       array_agg(DISTINCT c.source_title) AS sources
FROM clearance_areas_at(:as_of, :known_at) AS c
WHERE c.obstacle IS NOT NULL
GROUP BY c.obstacle
ORDER BY sum(c.area_ha) DESC, c.obstacle
