-- Plot by plot: may it be leased today, and if not, what stands in the way.

-- Whether a service (roads, power) reaches a plot. Where all items of a kind in a park are complete or in use, it does; where
-- none is, it does not; where they differ, the item nearest to the plot decides. Null: no item is on record.
CREATE FUNCTION services_at(as_of date, known_at timestamptz)
RETURNS TABLE (park_id integer, kind text, all_ready boolean, any_ready boolean, quality text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT i.park_id, i.kind, bool_and(i.state IN ('complete', 'in_use')), bool_or(i.state IN ('complete', 'in_use')),
           (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(i.quality))]
    FROM infrastructure_items_at(services_at.as_of, services_at.known_at) AS i
    WHERE i.kind IN ('roads', 'power')
    GROUP BY i.park_id, i.kind;
END;

CREATE FUNCTION nearest_service_at(as_of date, known_at timestamptz, park integer, kind text, place geometry)
RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN i.state IN ('complete', 'in_use') THEN 'ready' ELSE 'missing' END
    FROM infrastructure_items_at(nearest_service_at.as_of, nearest_service_at.known_at) AS i
    WHERE i.park_id = nearest_service_at.park AND i.kind = nearest_service_at.kind
    ORDER BY ST_Distance(i.geom_3857, nearest_service_at.place), i.code LIMIT 1;
END;

-- All plots with their verdict. A plot that is available may be leased when roads and power are ready and the plants of the
-- park have room for what it gives by its norm; each plot is looked at by itself. What is known to stand in the way counts
-- before what is not known. Args: among - parks whose plants are reckoned, null for all.
CREATE FUNCTION plot_leasable_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (plot_id integer, park_id integer, park_slug text, code text, block text, use_code text, state text,
               area_ha double precision, sector text, norm_basis text, norm_m3_ha_day double precision,
               norm_assumed boolean, discharge_m3_day double precision, free_m3 double precision, plant text, roads text,
               power text, verdict text, geom geometry, geom_3857 geometry, approximate boolean, quality text,
               source_key text, source_title text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH service AS MATERIALIZED (
        SELECT * FROM services_at(plot_leasable_at.as_of, plot_leasable_at.known_at)
    )
    SELECT t.plot_id, t.park_id, t.park_slug, t.code, t.block, t.use_code, t.state, t.area_ha, d.sector, d.norm_basis,
           d.norm_m3_ha_day, d.norm_assumed, d.discharge_m3_day, lim.free_m3, found.plant, found.roads, found.power,
           CASE WHEN d.plot_id IS NULL OR t.state = 'shared' THEN 'shared'
                WHEN t.state IN ('reserved', 'leased', 'building', 'operating') THEN 'not_free'
                WHEN t.state IN ('cleared', 'not_cleared') THEN 'not_ready'
                WHEN blocks.number > 1 THEN 'blocked_several'
                WHEN found.plant IN ('none', 'full') THEN 'blocked_plant'
                WHEN found.roads = 'missing' THEN 'blocked_roads'
                WHEN found.power = 'missing' THEN 'blocked_power'
                WHEN 'no_data' IN (found.plant, found.roads, found.power) THEN 'no_data'
                ELSE 'leasable' END,
           t.geom, t.geom_3857, t.approximate,
           (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(quality_rank(t.quality), quality_rank(lim.quality),
               quality_rank(road.quality), quality_rank(wire.quality))],
           t.source_key, t.source_title, t.valid_from
    FROM plots_at(plot_leasable_at.as_of, plot_leasable_at.known_at) AS t
    LEFT JOIN plot_discharge_at(plot_leasable_at.as_of, plot_leasable_at.known_at, plot_leasable_at.among) AS d
      ON d.plot_id = t.plot_id
    LEFT JOIN leasing_limits_at(plot_leasable_at.as_of, plot_leasable_at.known_at, plot_leasable_at.among) AS lim
      ON lim.park_id = t.park_id
    LEFT JOIN service AS road
      ON road.park_id = t.park_id AND road.kind = 'roads'
    LEFT JOIN service AS wire
      ON wire.park_id = t.park_id AND wire.kind = 'power'
    CROSS JOIN LATERAL (
        SELECT CASE WHEN d.plot_id IS NULL THEN NULL WHEN lim.capacity_m3 = 0 THEN 'none'
                    WHEN d.discharge_m3_day IS NULL OR lim.free_m3 IS NULL THEN 'no_data'
                    WHEN d.discharge_m3_day > lim.free_m3 THEN 'full' ELSE 'room' END AS plant,
               CASE WHEN d.plot_id IS NULL THEN NULL WHEN road.park_id IS NULL THEN 'no_data'
                    WHEN road.all_ready THEN 'ready' WHEN NOT road.any_ready THEN 'missing'
                    ELSE nearest_service_at(plot_leasable_at.as_of, plot_leasable_at.known_at, t.park_id, 'roads', t.geom_3857)
                    END AS roads,
               CASE WHEN d.plot_id IS NULL THEN NULL WHEN wire.park_id IS NULL THEN 'no_data'
                    WHEN wire.all_ready THEN 'ready' WHEN NOT wire.any_ready THEN 'missing'
                    ELSE nearest_service_at(plot_leasable_at.as_of, plot_leasable_at.known_at, t.park_id, 'power', t.geom_3857)
                    END AS power
        OFFSET 0
    ) AS found
    CROSS JOIN LATERAL (
        SELECT (found.plant IN ('none', 'full'))::integer + (found.roads = 'missing')::integer
               + (found.power = 'missing')::integer AS number
    ) AS blocks;
END;

GRANT SELECT ON ALL TABLES IN SCHEMA geoapp TO geoapp_map;
