-- Wastewater that is expected, added up exactly or in one order: the same data give the same figure to the last digit, whatever
-- plan the server takes, and so after a restore as well. Otherwise as in 0017.

CREATE OR REPLACE FUNCTION sector_discharge_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (park_id integer, use_code text, state text, plots bigint, area_ha numeric, discharge_m3_day double precision,
               assumed boolean, norm_rank integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH norm AS MATERIALIZED (
        SELECT * FROM sector_norms_at(sector_discharge_at.as_of, sector_discharge_at.known_at)
    )
    SELECT held.park_id, held.use_code, held.state, count(*), sum(held.area_ha),
           sum(held.area_ha * held.m3_ha_day::numeric)::double precision, bool_or(held.assumed), max(quality_rank(held.quality))
    FROM (
        -- Joined from the left, and filtered outside: how many plots hold a sector with a norm cannot be foreseen, and a
        -- plan for a few would look each of thousands up by itself.
        SELECT p.park_id, v.use_code, v.state, round(v.area_ha::numeric, 4) AS area_ha, norm.m3_ha_day, norm.assumed,
               norm.quality
        FROM plot_sectors_at(sector_discharge_at.as_of, sector_discharge_at.known_at, sector_discharge_at.among) AS holder
        JOIN plot_versions AS v ON v.plot_id = holder.plot_id
        JOIN plots AS p ON p.id = v.plot_id
        LEFT JOIN norm ON norm.sector = holder.sector
        WHERE v.valid @> sector_discharge_at.as_of AND v.recorded @> sector_discharge_at.known_at
          AND v.use_code IN ('SKK', 'TMD') AND EXISTS (SELECT FROM norm)
        OFFSET 0
    ) AS held
    WHERE held.m3_ha_day IS NOT NULL
    GROUP BY held.park_id, held.use_code, held.state;
END;

CREATE OR REPLACE FUNCTION leasing_limits_at(as_of date, known_at timestamptz, among integer[])
RETURNS TABLE (park_id integer, lettable_ha double precision, operating_ha double precision, building_ha double precision,
               leased_ha double precision, reserved_ha double precision, available_ha double precision,
               unready_ha double precision, operating_norm_m3 double precision, operating_load_m3 double precision,
               load_on date, operating_m3 double precision, operating_basis text, building_m3 double precision,
               leased_m3 double precision, reserved_m3 double precision, committed_m3 double precision,
               remaining_m3 double precision, plants integer, capacity_m3 double precision, coming_plants integer,
               coming_m3 double precision, coming_on date, coming_undated integer, free_m3 double precision,
               free_if_started_m3 double precision, norm_m3_ha_day double precision, norm_assumed boolean,
               room_ha double precision, pace_ha_year double precision, pace_from date, saturation text,
               saturated_on date, assumed boolean, quality text)
-- Planned anew for each call: a plan for any day is much slower than one for the day asked for.
LANGUAGE plpgsql STABLE PARALLEL SAFE SET search_path = geoapp, public SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH base AS (
        SELECT * FROM use_norms_at(leasing_limits_at.as_of, leasing_limits_at.known_at)
    ), held AS MATERIALIZED (
        SELECT * FROM sector_discharge_at(leasing_limits_at.as_of, leasing_limits_at.known_at, leasing_limits_at.among)
    ), lettable AS (
        SELECT s.park_id, s.use_code, s.state, sum(s.plots) AS plots, sum(s.area_ha) AS area_ha,
               max(quality_rank(s.quality)) AS rank
        FROM plot_sums_at(leasing_limits_at.as_of, leasing_limits_at.known_at) AS s
        WHERE s.use_code IN ('SKK', 'TMD')
          AND (leasing_limits_at.among IS NULL OR s.park_id = ANY (leasing_limits_at.among))
        GROUP BY s.park_id, s.use_code, s.state
    ), part AS (
        -- What the holder has a norm for goes by that; the rest of the land by the norm of its use.
        SELECT l.park_id, l.use_code, l.state, l.area_ha, rest.plots = 0 OR base.m3_ha_day IS NOT NULL AS has_norm,
               coalesce(held.discharge_m3_day, 0)
               + CASE WHEN rest.plots > 0 THEN rest.area_ha * base.m3_ha_day ELSE 0 END AS discharge_m3,
               coalesce(held.assumed, false) OR (rest.plots > 0 AND coalesce(base.assumed, false)) AS assumed,
               greatest(l.rank, held.norm_rank, CASE WHEN rest.plots > 0 THEN quality_rank(base.quality) END) AS rank
        FROM lettable AS l
        LEFT JOIN held ON held.park_id = l.park_id AND held.use_code = l.use_code AND held.state = l.state
        LEFT JOIN base ON base.use_code = l.use_code
        CROSS JOIN LATERAL (
            SELECT l.plots - coalesce(held.plots, 0) AS plots, l.area_ha - coalesce(held.area_ha, 0) AS area_ha
        ) AS rest
    ), land AS (
        SELECT d.park_id, sum(d.area_ha)::double precision AS lettable_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state = 'operating'), 0)::double precision AS operating_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state = 'building'), 0)::double precision AS building_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state = 'leased'), 0)::double precision AS leased_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state = 'reserved'), 0)::double precision AS reserved_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state = 'available'), 0)::double precision AS available_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state IN ('cleared', 'not_cleared')), 0)::double precision
                   AS unready_ha,
               coalesce(sum(d.area_ha) FILTER (WHERE d.state IN ('leased', 'building', 'operating')), 0) AS taken_ha,
               coalesce(sum(d.discharge_m3 ORDER BY d.use_code, d.state) FILTER (WHERE d.state = 'operating'), 0) AS operating_m3,
               coalesce(sum(d.discharge_m3 ORDER BY d.use_code, d.state) FILTER (WHERE d.state = 'building'), 0) AS building_m3,
               coalesce(sum(d.discharge_m3 ORDER BY d.use_code, d.state) FILTER (WHERE d.state = 'leased'), 0) AS leased_m3,
               coalesce(sum(d.discharge_m3 ORDER BY d.use_code, d.state) FILTER (WHERE d.state = 'reserved'), 0) AS reserved_m3,
               coalesce(sum(d.discharge_m3 ORDER BY d.use_code, d.state)
                        FILTER (WHERE d.state IN ('available', 'cleared', 'not_cleared')), 0) AS remaining_m3,
               bool_and(d.has_norm) AS has_norm, bool_or(d.assumed) AS assumed, max(d.rank) AS rank
        FROM part AS d
        GROUP BY d.park_id
    ), a_year_ago AS (
        SELECT s.park_id, coalesce(sum(s.area_ha) FILTER (WHERE s.state IN ('leased', 'building', 'operating')), 0) AS taken_ha
        FROM plot_sums_at((leasing_limits_at.as_of - interval '1 year')::date, leasing_limits_at.known_at) AS s
        WHERE s.use_code IN ('SKK', 'TMD')
          AND (leasing_limits_at.among IS NULL OR s.park_id = ANY (leasing_limits_at.among))
        GROUP BY s.park_id
    ), plant AS (
        SELECT s.park_id, count(*)::integer AS plants,
               count(*) FILTER (WHERE s.state = 'operating' AND s.capacity_m3_day IS NULL) AS unknown,
               coalesce(sum(s.capacity_m3_day ORDER BY s.plant_id) FILTER (WHERE s.state = 'operating'), 0) AS capacity_m3,
               count(*) FILTER (WHERE is_coming)::integer AS coming_plants,
               CASE WHEN bool_and(s.capacity_m3_day IS NOT NULL) FILTER (WHERE is_coming)
                    THEN sum(s.capacity_m3_day ORDER BY s.plant_id) FILTER (WHERE is_coming) END AS coming_m3,
               min(s.starts_on) FILTER (WHERE is_coming) AS coming_on,
               count(*) FILTER (WHERE is_coming AND s.starts_on IS NULL)::integer AS coming_undated,
               max(quality_rank(s.quality)) AS rank,
               count(*) FILTER (WHERE is_running AND (load.value IS NULL OR load.is_stale)) AS unmeasured,
               sum(load.value ORDER BY s.plant_id) FILTER (WHERE is_running) AS load_m3,
               min(load.valid_on) FILTER (WHERE is_running) AS load_on,
               max(quality_rank(load.quality)) FILTER (WHERE is_running) AS load_rank
        FROM plant_starts_at(leasing_limits_at.as_of, leasing_limits_at.known_at) AS s
        CROSS JOIN LATERAL (SELECT s.state IN ('trial', 'operating') AS is_running,
                                   s.state IN ('planned', 'building', 'trial')
                                   OR s.state <> 'operating' AND s.starts_on IS NOT NULL AS is_coming) AS kind
        LEFT JOIN figures_at('wastewater_load', leasing_limits_at.as_of, leasing_limits_at.known_at) AS load
          ON load.subject_kind = 'plant' AND load.subject_id = s.plant_id
        WHERE leasing_limits_at.among IS NULL OR s.park_id = ANY (leasing_limits_at.among)
        GROUP BY s.park_id
    ), general AS (
        SELECT n.m3_ha_day, n.assumed
        FROM wastewater_norms_at(leasing_limits_at.as_of, leasing_limits_at.known_at) AS n
        WHERE n.sector IS NULL AND (n.use_code = 'SKK' OR n.use_code IS NULL)
        ORDER BY n.use_code NULLS LAST, quality_rank(n.quality), n.code LIMIT 1
    ), sums AS (
        SELECT land.*, plant.plants, plant.coming_plants, plant.coming_m3, plant.coming_on, plant.coming_undated,
               CASE WHEN plant.unknown = 0 THEN plant.capacity_m3 END AS capacity_m3,
               CASE WHEN plant.unmeasured = 0 THEN plant.load_m3 END AS load_m3,
               CASE WHEN plant.unmeasured = 0 THEN plant.load_on END AS load_on, general.m3_ha_day AS norm,
               general.assumed AS norm_assumed,
               (land.taken_ha - a_year_ago.taken_ha)::double precision AS pace_ha_year,
               greatest(land.rank, plant.rank, CASE WHEN plant.unmeasured = 0 THEN plant.load_rank END) AS worst
        FROM land
        LEFT JOIN a_year_ago ON a_year_ago.park_id = land.park_id
        LEFT JOIN plant ON plant.park_id = land.park_id
        LEFT JOIN general ON true
    ), load AS (
        SELECT sums.*, coalesce(sums.load_m3, sums.operating_m3)
               + CASE WHEN has_norm THEN sums.building_m3 + sums.leased_m3 + sums.reserved_m3 END AS committed
        FROM sums
    ), room AS (
        SELECT load.*, load.capacity_m3 - load.committed AS free_m3,
               (load.capacity_m3 - load.committed) / nullif(load.pace_ha_year * load.norm, 0) AS years
        FROM load
    ), judged AS (
        SELECT room.*,
               CASE WHEN room.free_m3 IS NULL THEN 'no_data'
                    WHEN room.capacity_m3 = 0 THEN 'no_plant'
                    WHEN room.free_m3 <= 0 THEN 'full'
                    WHEN room.remaining_m3 <= room.free_m3 THEN 'enough'
                    WHEN coalesce(room.pace_ha_year, 0) <= 0 THEN 'undetermined'
                    WHEN room.years > 50 THEN 'far'
                    ELSE 'dated' END AS saturation
        FROM room
    )
    SELECT j.park_id, j.lettable_ha, j.operating_ha, j.building_ha, j.leased_ha, j.reserved_ha, j.available_ha,
           j.unready_ha, CASE WHEN j.has_norm THEN j.operating_m3 END, j.load_m3, j.load_on,
           CASE WHEN j.load_m3 IS NOT NULL OR j.has_norm THEN coalesce(j.load_m3, j.operating_m3) END,
           CASE WHEN j.load_m3 IS NOT NULL THEN 'measured' WHEN j.has_norm THEN 'norm' ELSE 'no_data' END,
           CASE WHEN j.has_norm THEN j.building_m3 END, CASE WHEN j.has_norm THEN j.leased_m3 END,
           CASE WHEN j.has_norm THEN j.reserved_m3 END, j.committed, CASE WHEN j.has_norm THEN j.remaining_m3 END,
           coalesce(j.plants, 0), j.capacity_m3, coalesce(j.coming_plants, 0), j.coming_m3, j.coming_on,
           coalesce(j.coming_undated, 0), j.free_m3, j.free_m3 + j.coming_m3, j.norm, j.norm_assumed,
           CASE WHEN j.free_m3 IS NOT NULL THEN greatest(j.free_m3, 0) / j.norm END, j.pace_ha_year,
           CASE WHEN j.pace_ha_year IS NOT NULL THEN (leasing_limits_at.as_of - interval '1 year')::date END, j.saturation,
           CASE WHEN j.saturation = 'dated' THEN leasing_limits_at.as_of + ceil(365.25 * j.years)::integer END,
           coalesce(j.assumed, false), (ARRAY['official', 'published', 'estimated', 'demo'])[j.worst]
    FROM judged AS j;
END $$;
