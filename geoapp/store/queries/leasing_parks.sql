-- Parks with what their plants let be leased, and their land by verdict. The verdicts divide the land that can be let without
-- rest; a plot that several things block stands in blocked_several, and in each of the "of_..." figures. together_ha: plots
-- are judged one by one, all of them together cannot be more than the room of the plants.
WITH sums AS (
    SELECT t.park_id,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'leasable') AS leasable_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'blocked_plant') AS blocked_plant_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'blocked_roads') AS blocked_roads_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'blocked_power') AS blocked_power_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'blocked_several') AS blocked_several_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'no_data') AS unjudged_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'not_ready') AS not_ready_ha,
           sum(t.area_ha) FILTER (WHERE t.verdict = 'not_free') AS not_free_ha,
           sum(t.area_ha) FILTER (WHERE t.state = 'available' AND t.plant IN ('none', 'full')) AS of_plant_ha,
           sum(t.area_ha) FILTER (WHERE t.state = 'available' AND t.roads = 'missing') AS of_roads_ha,
           sum(t.area_ha) FILTER (WHERE t.state = 'available' AND t.power = 'missing') AS of_power_ha,
           count(*) FILTER (WHERE t.verdict = 'leasable') AS leasable_plots,
           count(*) FILTER (WHERE t.state = 'available') AS available_plots, max(quality_rank(t.quality)) AS rank
    FROM plot_leasable_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS t
    WHERE t.verdict <> 'shared' AND (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
    GROUP BY t.park_id
)
SELECT p.slug, p.name_vi, p.name_en, p.status, l.*, sums.leasable_plots, sums.available_plots,
       coalesce(sums.leasable_ha, 0) AS leasable_ha, coalesce(sums.blocked_plant_ha, 0) AS blocked_plant_ha,
       coalesce(sums.blocked_roads_ha, 0) AS blocked_roads_ha, coalesce(sums.blocked_power_ha, 0) AS blocked_power_ha,
       coalesce(sums.blocked_several_ha, 0) AS blocked_several_ha, coalesce(sums.unjudged_ha, 0) AS unjudged_ha,
       coalesce(sums.not_ready_ha, 0) AS not_ready_ha, coalesce(sums.not_free_ha, 0) AS not_free_ha,
       coalesce(sums.of_plant_ha, 0) AS of_plant_ha, coalesce(sums.of_roads_ha, 0) AS of_roads_ha,
       coalesce(sums.of_power_ha, 0) AS of_power_ha, least(coalesce(sums.leasable_ha, 0), l.room_ha) AS together_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(sums.rank, quality_rank(l.quality))] AS worst_quality
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN leasing_limits_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS l
  ON l.park_id = p.park_id
LEFT JOIN sums ON sums.park_id = p.park_id
WHERE CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
