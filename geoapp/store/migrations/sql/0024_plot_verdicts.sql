-- The verdict on plots on offer without all that plot_leasable_at tells of a plot: for groups of plots on the map, which took
-- seconds. Land that is not on offer has its verdict by its state, so sums of states will do.

-- What is true of a park as a whole. roads and power are null where the item nearest to a plot decides; rank is the quality of
-- the worst of all this. Args: among - parks whose plants are reckoned, null for all.
CREATE FUNCTION park_services_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (park_id integer, capacity_m3 double precision, free_m3 double precision, roads text, power text, rank integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH service AS MATERIALIZED (
        SELECT s.park_id, s.kind, CASE WHEN s.all_ready THEN 'ready' WHEN NOT s.any_ready THEN 'missing' END AS reached,
               quality_rank(s.quality) AS rank
        FROM services_at(park_services_at.as_of, park_services_at.known_at) AS s
    )
    SELECT p.id, lim.capacity_m3, lim.free_m3, CASE WHEN road.park_id IS NULL THEN 'no_data' ELSE road.reached END,
           CASE WHEN wire.park_id IS NULL THEN 'no_data' ELSE wire.reached END,
           greatest(quality_rank(lim.quality), road.rank, wire.rank)
    FROM parks AS p
    LEFT JOIN leasing_limits_at(park_services_at.as_of, park_services_at.known_at, park_services_at.among) AS lim
      ON lim.park_id = p.id
    LEFT JOIN service AS road ON road.park_id = p.id AND road.kind = 'roads'
    LEFT JOIN service AS wire ON wire.park_id = p.id AND wire.kind = 'power'
    WHERE park_services_at.among IS NULL OR p.id = ANY (park_services_at.among);
END;

-- The verdict on land by its state alone; null where it is on offer, and must be judged.
CREATE FUNCTION verdict_of_state(use_code text, state text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN use_code NOT IN ('SKK', 'TMD') OR state = 'shared' THEN 'shared'
            WHEN state IN ('reserved', 'leased', 'building', 'operating') THEN 'not_free'
            WHEN state IN ('cleared', 'not_cleared') THEN 'not_ready' END;

-- Plots on offer, judged as plot_leasable_at judges them. Args: among - parks, null for all.
CREATE FUNCTION offered_verdicts_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (plot_id integer, park_id integer, area_ha numeric, verdict text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH park AS MATERIALIZED (
        SELECT * FROM park_services_at(offered_verdicts_at.as_of, offered_verdicts_at.known_at, offered_verdicts_at.among)
    ), offered AS (
        -- The place of a plot is looked up only where it decides.
        SELECT o.plot_id, o.park_id, o.area_ha,
               CASE WHEN park.capacity_m3 = 0 THEN 'none'
                    WHEN o.discharge_m3_day IS NULL OR park.free_m3 IS NULL THEN 'no_data'
                    WHEN o.discharge_m3_day > park.free_m3 THEN 'full' ELSE 'room' END AS plant,
               coalesce(park.roads, nearest_service_at(
                   offered_verdicts_at.as_of, offered_verdicts_at.known_at, o.park_id, 'roads',
                   (SELECT v.geom_3857::geometry FROM plot_versions AS v WHERE v.id = o.version_id))) AS roads,
               coalesce(park.power, nearest_service_at(
                   offered_verdicts_at.as_of, offered_verdicts_at.known_at, o.park_id, 'power',
                   (SELECT v.geom_3857::geometry FROM plot_versions AS v WHERE v.id = o.version_id))) AS power
        FROM offered_plots_at(offered_verdicts_at.as_of, offered_verdicts_at.known_at, offered_verdicts_at.among) AS o
        JOIN park ON park.park_id = o.park_id
        OFFSET 0
    )
    SELECT o.plot_id, o.park_id, o.area_ha,
           CASE WHEN blocks.number > 1 THEN 'blocked_several'
                WHEN o.plant IN ('none', 'full') THEN 'blocked_plant'
                WHEN o.roads = 'missing' THEN 'blocked_roads'
                WHEN o.power = 'missing' THEN 'blocked_power'
                WHEN 'no_data' IN (o.plant, o.roads, o.power) THEN 'no_data'
                ELSE 'leasable' END
    FROM offered AS o
    CROSS JOIN LATERAL (
        SELECT (o.plant IN ('none', 'full'))::integer + (o.roads = 'missing')::integer + (o.power = 'missing')::integer
                   AS number
    ) AS blocks;
END;
