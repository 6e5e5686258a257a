-- Parks with what their plants let be leased, and their land by verdict. The verdicts divide the land that can be let without
-- rest; a plot that several things block stands in blocked_several, and in each of the "of_..." figures. together_ha: plots
-- are judged one by one, all of them together cannot be more than the room of the plants. Plots are judged as plot_leasable_at
-- judges them, but where all on offer in a park fare alike, none is looked at.
WITH limits AS MATERIALIZED (
    SELECT * FROM leasing_limits_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END)
), service AS MATERIALIZED (
    SELECT s.park_id, s.kind, s.quality, CASE WHEN s.all_ready THEN 'ready' WHEN NOT s.any_ready THEN 'missing' END AS reached
    FROM services_at(:as_of, :known_at) AS s
), park AS MATERIALIZED (
    -- What is true of every plot on offer in a park; null where it must be asked plot by plot.
    SELECT l.park_id, l.free_m3, offer.plots, offer.area_ha,
           CASE WHEN l.capacity_m3 = 0 THEN 'none' WHEN l.free_m3 IS NULL THEN 'no_data' WHEN l.free_m3 <= 0 THEN 'full'
                WHEN l.remaining_m3 <= l.free_m3 THEN 'room' END AS plant,
           CASE WHEN road.park_id IS NULL THEN 'no_data' ELSE road.reached END AS roads,
           CASE WHEN wire.park_id IS NULL THEN 'no_data' ELSE wire.reached END AS power
    FROM limits AS l
    JOIN (SELECT s.park_id, sum(s.plots) AS plots, sum(s.area_ha) AS area_ha FROM plot_sums_at(:as_of, :known_at) AS s
          WHERE s.state = 'available' AND s.use_code IN ('SKK', 'TMD') GROUP BY s.park_id) AS offer ON offer.park_id = l.park_id
    LEFT JOIN service AS road ON road.park_id = l.park_id AND road.kind = 'roads'
    LEFT JOIN service AS wire ON wire.park_id = l.park_id AND wire.kind = 'power'
), offered AS (
    SELECT p.park_id, p.plots, p.area_ha, p.plant, p.roads, p.power
    FROM park AS p WHERE p.plant IS NOT NULL AND p.roads IS NOT NULL AND p.power IS NOT NULL
    UNION ALL
    SELECT p.park_id, 1, o.area_ha, coalesce(p.plant, CASE WHEN o.discharge_m3_day > p.free_m3 THEN 'full' ELSE 'room' END),
           coalesce(p.roads, nearest_service_at(:as_of, :known_at, p.park_id, 'roads', v.geom_3857)),
           coalesce(p.power, nearest_service_at(:as_of, :known_at, p.park_id, 'power', v.geom_3857))
    FROM park AS p
    JOIN offered_plots_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS o
      ON o.park_id = p.park_id
    LEFT JOIN plot_versions AS v ON v.id = o.version_id AND (p.roads IS NULL OR p.power IS NULL)
    WHERE (p.plant IS NULL OR p.roads IS NULL OR p.power IS NULL)
      AND EXISTS (SELECT FROM park WHERE plant IS NULL OR roads IS NULL OR power IS NULL)
), judged AS (
    SELECT o.*, blocks.number AS blocks, blocks.number = 0 AND 'no_data' IN (o.plant, o.roads, o.power) AS is_unknown
    FROM offered AS o
    CROSS JOIN LATERAL (SELECT (o.plant IN ('none', 'full'))::integer + (o.roads = 'missing')::integer
                               + (o.power = 'missing')::integer AS number) AS blocks
), sums AS (
    SELECT j.park_id, sum(j.plots) FILTER (WHERE j.blocks = 0 AND NOT j.is_unknown) AS leasable_plots,
           sum(j.area_ha) FILTER (WHERE j.blocks = 0 AND NOT j.is_unknown) AS leasable_ha,
           sum(j.area_ha) FILTER (WHERE j.blocks = 1 AND j.plant IN ('none', 'full')) AS blocked_plant_ha,
           sum(j.area_ha) FILTER (WHERE j.blocks = 1 AND j.roads = 'missing') AS blocked_roads_ha,
           sum(j.area_ha) FILTER (WHERE j.blocks = 1 AND j.power = 'missing') AS blocked_power_ha,
           sum(j.area_ha) FILTER (WHERE j.blocks > 1) AS blocked_several_ha,
           sum(j.area_ha) FILTER (WHERE j.is_unknown) AS unjudged_ha,
           sum(j.area_ha) FILTER (WHERE j.plant IN ('none', 'full')) AS of_plant_ha,
           sum(j.area_ha) FILTER (WHERE j.roads = 'missing') AS of_roads_ha,
           sum(j.area_ha) FILTER (WHERE j.power = 'missing') AS of_power_ha
    FROM judged AS j
    GROUP BY j.park_id
), reached AS (
    SELECT s.park_id, max(quality_rank(s.quality)) AS rank FROM service AS s GROUP BY s.park_id
)
SELECT p.slug, p.name_vi, p.name_en, p.status, l.*,
       coalesce(sums.leasable_plots, 0)::integer AS leasable_plots,
       known.*, least(known.leasable_ha, l.room_ha) AS together_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[
           greatest(quality_rank(l.quality), CASE WHEN known.not_free_ha + known.not_ready_ha + l.available_ha > 0 THEN reached.rank END)]
           AS worst_quality
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN limits AS l ON l.park_id = p.park_id
LEFT JOIN sums ON sums.park_id = p.park_id
LEFT JOIN reached ON reached.park_id = p.park_id
CROSS JOIN LATERAL (
    SELECT coalesce(sums.leasable_ha, 0)::double precision AS leasable_ha,
           coalesce(sums.blocked_plant_ha, 0)::double precision AS blocked_plant_ha,
           coalesce(sums.blocked_roads_ha, 0)::double precision AS blocked_roads_ha,
           coalesce(sums.blocked_power_ha, 0)::double precision AS blocked_power_ha,
           coalesce(sums.blocked_several_ha, 0)::double precision AS blocked_several_ha,
           coalesce(sums.unjudged_ha, 0)::double precision AS unjudged_ha,
           coalesce(l.unready_ha, 0) AS not_ready_ha,
           coalesce(l.operating_ha + l.building_ha + l.leased_ha + l.reserved_ha, 0) AS not_free_ha,
           coalesce(sums.of_plant_ha, 0)::double precision AS of_plant_ha,
           coalesce(sums.of_roads_ha, 0)::double precision AS of_roads_ha,
           coalesce(sums.of_power_ha, 0)::double precision AS of_power_ha
) AS known
WHERE CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
