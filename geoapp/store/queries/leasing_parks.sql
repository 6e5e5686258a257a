-- Parks with what their plants let be leased, and their land by verdict. The verdicts divide the land that can be let without
-- rest; a plot that several things block stands in blocked_several, and in each of the "of_..." figures. together_ha: plots
-- are judged one by one, all of them together cannot be more than the room of the plants. Only plots on offer are looked at;
-- they are judged as plot_leasable_at judges them.
WITH limits AS MATERIALIZED (
    SELECT * FROM leasing_limits_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END)
), service AS MATERIALIZED (
    SELECT * FROM services_at(:as_of, :known_at)
), offered AS (
    SELECT o.park_id, o.area_ha,
           CASE WHEN l.capacity_m3 = 0 THEN 'none' WHEN o.discharge_m3_day IS NULL OR l.free_m3 IS NULL THEN 'no_data'
                WHEN o.discharge_m3_day > l.free_m3 THEN 'full' ELSE 'room' END AS plant,
           CASE WHEN road.park_id IS NULL THEN 'no_data' WHEN road.all_ready THEN 'ready' WHEN NOT road.any_ready THEN 'missing'
                ELSE (SELECT nearest_service_at(:as_of, :known_at, o.park_id, 'roads', v.geom_3857)
                      FROM plot_versions AS v WHERE v.id = o.version_id) END AS roads,
           CASE WHEN wire.park_id IS NULL THEN 'no_data' WHEN wire.all_ready THEN 'ready' WHEN NOT wire.any_ready THEN 'missing'
                ELSE (SELECT nearest_service_at(:as_of, :known_at, o.park_id, 'power', v.geom_3857)
                      FROM plot_versions AS v WHERE v.id = o.version_id) END AS power
    FROM offered_plots_at(:as_of, :known_at, CASE WHEN CAST(:park_id AS integer) IS NOT NULL THEN ARRAY[CAST(:park_id AS integer)] END) AS o
    JOIN limits AS l ON l.park_id = o.park_id
    LEFT JOIN service AS road ON road.park_id = o.park_id AND road.kind = 'roads'
    LEFT JOIN service AS wire ON wire.park_id = o.park_id AND wire.kind = 'power'
    OFFSET 0
), judged AS (
    SELECT o.*, blocks.number AS blocks, blocks.number = 0 AND 'no_data' IN (o.plant, o.roads, o.power) AS is_unknown
    FROM offered AS o
    CROSS JOIN LATERAL (SELECT (o.plant IN ('none', 'full'))::integer + (o.roads = 'missing')::integer
                               + (o.power = 'missing')::integer AS number) AS blocks
), sums AS (
    SELECT j.park_id, count(*) AS available_plots,
           count(*) FILTER (WHERE j.blocks = 0 AND NOT j.is_unknown) AS leasable_plots,
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
       CASE WHEN l.park_id IS NOT NULL THEN coalesce(sums.leasable_plots, 0) END AS leasable_plots,
       CASE WHEN l.park_id IS NOT NULL THEN coalesce(sums.available_plots, 0) END AS available_plots,
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
ORDER BY p.name_vi COLLATE "C", p.slug
