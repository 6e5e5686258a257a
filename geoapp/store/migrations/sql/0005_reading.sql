-- What layers and pages read: every table as of a day and as known at a moment. All are plain SQL, so the planner
-- sees through them.

CREATE FUNCTION zones_at(as_of date, known_at timestamptz)
RETURNS TABLE (zone_id integer, slug text, name_vi text, name_en text, decision text, published_area_ha double precision,
               area_ha double precision, geom geometry, geom_3857 geometry, approximate boolean, quality text,
               source_key text, source_title text, note text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.zone_id, z.slug::text, v.name_vi, v.name_en, v.decision, v.published_area_ha::double precision, v.area_ha,
           v.geom::geometry, v.geom_3857::geometry, v.approximate, v.quality::text, s.key, s.title, v.note, lower(v.valid)
    FROM zone_versions AS v JOIN zones AS z ON z.id = v.zone_id JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> zones_at.as_of AND v.recorded @> zones_at.known_at;
END;

CREATE FUNCTION zone_areas_at(as_of date, known_at timestamptz)
RETURNS TABLE (zone_area_id integer, zone_id integer, zone_slug text, code text, name_vi text, name_en text, function text,
               area_ha double precision, geom geometry, geom_3857 geometry, approximate boolean, quality text,
               source_key text, source_title text, note text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.zone_area_id, a.zone_id, z.slug::text, a.code, v.name_vi, v.name_en, v.function, v.area_ha, v.geom::geometry,
           v.geom_3857::geometry, v.approximate, v.quality::text, s.key, s.title, v.note, lower(v.valid)
    FROM zone_area_versions AS v JOIN zone_areas AS a ON a.id = v.zone_area_id JOIN zones AS z ON z.id = a.zone_id
    JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> zone_areas_at.as_of AND v.recorded @> zone_areas_at.known_at;
END;

CREATE FUNCTION parks_at(as_of date, known_at timestamptz)
RETURNS TABLE (park_id integer, slug text, name_vi text, name_en text, former_province text, zone_slug text, status text,
               infrastructure_investor text, established text, location_vi text, location_basis text, point geometry,
               outline geometry, geom geometry, geom_3857 geometry, approximate boolean,
               outline_area_ha double precision, quality text, source_key text, source_title text, note text,
               valid_from date, outline_quality text, outline_source_key text, outline_note text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.park_id, p.slug::text, v.name_vi, v.name_en, v.former_province, z.slug::text, v.status,
           v.infrastructure_investor, v.established, v.location_vi, v.location_basis, v.geom::geometry,
           o.geom::geometry, coalesce(o.geom::geometry, v.geom::geometry),
           coalesce(o.geom_3857::geometry, ST_Transform(v.geom, 3857)), coalesce(o.approximate, true),
           o.area_ha, v.quality::text, s.key, s.title, v.note, lower(v.valid), o.quality::text, os.key, o.note
    FROM park_versions AS v
    JOIN parks AS p ON p.id = v.park_id
    JOIN sources AS s ON s.id = v.source_id
    LEFT JOIN zones AS z ON z.id = v.zone_id
    LEFT JOIN park_outline_versions AS o
      ON o.park_id = v.park_id AND o.valid @> parks_at.as_of AND o.recorded @> parks_at.known_at
    LEFT JOIN sources AS os ON os.id = o.source_id
    WHERE v.valid @> parks_at.as_of AND v.recorded @> parks_at.known_at;
END;

-- The latest figure of every subject, as of a day. Of several for the same day the surest is taken; other_values says
-- how many others that day differ. A figure older than its indicator allows is stale: it is told, never shown as current.
CREATE FUNCTION figures_at(indicator text, as_of date, known_at timestamptz)
RETURNS TABLE (observation_id bigint, subject_kind text, subject_id integer, value double precision,
               numerator double precision, denominator double precision, method text, unit text, valid_on date,
               date_precision text, quality text, source_key text, source_title text, note text, is_stale boolean,
               other_values integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH latest AS (
        SELECT DISTINCT ON (o.subject_kind, o.subject_id) o.*
        FROM observations AS o
        WHERE o.indicator = figures_at.indicator AND o.valid_on <= figures_at.as_of
          AND o.recorded @> figures_at.known_at
        ORDER BY o.subject_kind, o.subject_id, o.valid_on DESC, quality_rank(o.quality), o.id
    )
    SELECT l.id, l.subject_kind, l.subject_id, l.value, l.numerator, l.denominator, l.method, i.unit, l.valid_on,
           l.date_precision, l.quality::text, s.key, s.title, l.note,
           coalesce(l.valid_on < figures_at.as_of - make_interval(months => i.stale_after_months), false),
           (SELECT count(*)::integer FROM observations AS other
            WHERE other.indicator = l.indicator AND other.subject_kind = l.subject_kind
              AND other.subject_id = l.subject_id AND other.valid_on = l.valid_on
              AND other.recorded @> figures_at.known_at AND other.value <> l.value)
    FROM latest AS l JOIN indicators AS i ON i.code = l.indicator JOIN sources AS s ON s.id = l.source_id;
END;

CREATE FUNCTION plots_at(as_of date, known_at timestamptz)
RETURNS TABLE (plot_id integer, park_id integer, park_slug text, code text, block text, use_code text, state text,
               area_ha double precision, geom geometry, geom_3857 geometry, approximate boolean, quality text,
               source_key text, source_title text, note text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.plot_id, p.park_id, park.slug::text, p.code, v.block, v.use_code, v.state, v.area_ha, v.geom::geometry,
           v.geom_3857::geometry, v.approximate, v.quality::text, s.key, s.title, v.note, lower(v.valid)
    FROM plot_versions AS v JOIN plots AS p ON p.id = v.plot_id JOIN parks AS park ON park.id = p.park_id
    JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> plots_at.as_of AND v.recorded @> plots_at.known_at;
END;

CREATE FUNCTION projects_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, code text, name text, park_id integer, park_slug text, zone_slug text, investor text,
               sector text, land_ha double precision, capital_vnd_bn double precision, capital_usd_m double precision,
               capital_note text, licensed_on date, licensed_note text, state text, state_note text, quality text,
               source_key text, source_title text, note text, valid_from date, plot_count integer,
               plots_area_ha double precision, geom geometry)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.project_id, p.code::text, v.name, v.park_id, park.slug::text, z.slug::text, v.investor, v.sector,
           v.land_ha::double precision, v.capital_vnd_bn, v.capital_usd_m, v.capital_note, v.licensed_on, v.licensed_note,
           v.state, v.state_note, v.quality::text, s.key, s.title, v.note, lower(v.valid),
           coalesce(held.plot_count, 0), held.area_ha, held.geom
    FROM project_versions AS v
    JOIN projects AS p ON p.id = v.project_id
    JOIN sources AS s ON s.id = v.source_id
    LEFT JOIN parks AS park ON park.id = v.park_id
    LEFT JOIN zones AS z ON z.id = v.zone_id
    LEFT JOIN LATERAL (
        -- Summed and joined in one order always: the same plots give the same bytes, on any machine.
        SELECT count(*)::integer AS plot_count,
               sum(coalesce(link.area_ha::double precision, plot.area_ha) ORDER BY plot.plot_id) AS area_ha,
               ST_Multi(ST_Union(plot.geom::geometry ORDER BY plot.plot_id)) AS geom
        FROM project_plots AS pair
        JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
        JOIN plot_versions AS plot ON plot.plot_id = pair.plot_id
        WHERE pair.project_id = v.project_id
          AND link.valid @> projects_at.as_of AND link.recorded @> projects_at.known_at
          AND plot.valid @> projects_at.as_of AND plot.recorded @> projects_at.known_at
        HAVING count(*) > 0
    ) AS held ON true
    WHERE v.valid @> projects_at.as_of AND v.recorded @> projects_at.known_at;
END;

CREATE FUNCTION clearance_areas_at(as_of date, known_at timestamptz)
RETURNS TABLE (clearance_area_id integer, park_id integer, park_slug text, code text, stage text, obstacle text,
               obstacle_note text, households integer, households_paid integer, area_ha double precision, map_state text,
               geom geometry, geom_3857 geometry, approximate boolean, quality text, source_key text, source_title text,
               note text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.clearance_area_id, a.park_id, park.slug::text, a.code, v.stage, v.obstacle, v.obstacle_note, v.households,
           v.households_paid, v.area_ha,
           CASE WHEN v.obstacle IS NOT NULL THEN 'obstructed'
                WHEN v.stage >= 'C6' THEN 'handed_over'
                WHEN v.stage = 'C5' THEN 'paid'
                WHEN v.stage = 'C4' THEN 'plan_approved'
                WHEN v.stage >= 'C2' THEN 'counting'
                WHEN v.stage = 'C1' THEN 'notified'
                ELSE 'not_begun' END,
           v.geom::geometry, v.geom_3857::geometry, v.approximate, v.quality::text, s.key, s.title, v.note, lower(v.valid)
    FROM clearance_area_versions AS v JOIN clearance_areas AS a ON a.id = v.clearance_area_id
    JOIN parks AS park ON park.id = a.park_id JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> clearance_areas_at.as_of AND v.recorded @> clearance_areas_at.known_at;
END;

CREATE FUNCTION infrastructure_items_at(as_of date, known_at timestamptz)
RETURNS TABLE (item_id integer, park_id integer, park_slug text, code text, kind text, name_vi text, name_en text,
               state text, progress_pct double precision, planned_value_vnd_bn double precision, geom geometry,
               geom_3857 geometry, approximate boolean, quality text, source_key text, source_title text, note text,
               valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.infrastructure_item_id, i.park_id, park.slug::text, i.code, v.kind, v.name_vi, v.name_en, v.state,
           v.progress_pct::double precision, v.planned_value_vnd_bn, v.geom::geometry, v.geom_3857::geometry,
           v.approximate, v.quality::text, s.key, s.title, v.note, lower(v.valid)
    FROM infrastructure_item_versions AS v JOIN infrastructure_items AS i ON i.id = v.infrastructure_item_id
    JOIN parks AS park ON park.id = i.park_id JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> infrastructure_items_at.as_of AND v.recorded @> infrastructure_items_at.known_at;
END;

-- The limit of every parameter at every plant: the permit first, then the standard for the column that the permit names,
-- times Kq and Kf where they apply. QCVN 40:2011 holds until 31/12/2031 for permits before 01/09/2025; later permits come
-- under QCVN 40:2025, whose figures are not in the database, so nothing can be judged by it.
CREATE FUNCTION discharge_limits_at(as_of date, known_at timestamptz)
RETURNS TABLE (plant_id integer, parameter text, lower_limit double precision, upper_limit double precision, basis text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.wastewater_plant_id, d.code,
           CASE WHEN permit.id IS NOT NULL THEN permit.lower ELSE norm.lower END,
           CASE WHEN permit.id IS NOT NULL THEN permit.upper
                WHEN norm.scaled THEN norm.upper * coalesce(v.kq, 1) * coalesce(v.kf, 1)
                ELSE norm.upper END,
           CASE WHEN permit.id IS NOT NULL THEN coalesce(v.permit_no, 'permit') ELSE norm.standard END
    FROM wastewater_plant_versions AS v
    CROSS JOIN discharge_parameters AS d
    LEFT JOIN LATERAL (
        SELECT pv.id, pv.lower, pv.upper
        FROM permit_limits AS pl JOIN permit_limit_versions AS pv ON pv.permit_limit_id = pl.id
        WHERE pl.wastewater_plant_id = v.wastewater_plant_id AND pl.parameter = d.code
          AND pv.valid @> discharge_limits_at.as_of AND pv.recorded @> discharge_limits_at.known_at
    ) AS permit ON true
    LEFT JOIN discharge_limits AS norm
      ON norm.parameter = d.code AND norm.discharge_column = v.discharge_column
     AND norm.standard = CASE WHEN v.permit_from < DATE '2025-09-01' AND discharge_limits_at.as_of < DATE '2032-01-01'
                              THEN 'QCVN 40:2011/BTNMT' ELSE 'QCVN 40:2025/BTNMT' END
    WHERE v.valid @> discharge_limits_at.as_of AND v.recorded @> discharge_limits_at.known_at
      AND (permit.id IS NOT NULL OR norm.parameter IS NOT NULL);
END;

-- Plants with their load and the three conditions of "meets the standard", kept apart: operating, a valid permit, no
-- confirmed exceedance in the period before the day. Without readings, or without knowing of a permit: no data.
CREATE FUNCTION wastewater_plants_at(as_of date, known_at timestamptz)
RETURNS TABLE (plant_id integer, park_id integer, park_slug text, code text, name_vi text, name_en text, state text,
               capacity_m3_day double precision, load_m3_day double precision, load_pct double precision, load_on date,
               load_is_stale boolean, discharge_column text, permit_no text, permit_from date, permit_to date,
               permit_valid boolean, monitoring_connected boolean, readings_on date, readings integer,
               exceedances integer, confirmed_exceedances integer, standard_met text, geom geometry,
               approximate boolean, quality text, source_key text, source_title text, note text, valid_from date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH plant AS (
        SELECT v.*, w.park_id, w.code, park.slug, s.key, s.title,
               CASE WHEN v.permit_granted IS FALSE THEN false
                    WHEN v.permit_from IS NULL THEN NULL
                    ELSE wastewater_plants_at.as_of BETWEEN v.permit_from AND coalesce(v.permit_to, 'infinity') END
                   AS permit_valid
        FROM wastewater_plant_versions AS v
        JOIN wastewater_plants AS w ON w.id = v.wastewater_plant_id
        JOIN parks AS park ON park.id = w.park_id
        JOIN sources AS s ON s.id = v.source_id
        WHERE v.valid @> wastewater_plants_at.as_of AND v.recorded @> wastewater_plants_at.known_at
    ), measured AS (
        SELECT r.wastewater_plant_id, max(r.measured_on) AS measured_on,
               count(*) FILTER (WHERE lim.plant_id IS NOT NULL)::integer AS judged,
               count(*) FILTER (WHERE r.value > lim.upper_limit OR r.value < lim.lower_limit)::integer AS exceedances,
               count(*) FILTER (WHERE r.confirmed AND (r.value > lim.upper_limit OR r.value < lim.lower_limit))::integer
                   AS confirmed_exceedances
        FROM wastewater_readings AS r
        LEFT JOIN discharge_limits_at(wastewater_plants_at.as_of, wastewater_plants_at.known_at) AS lim
          ON lim.plant_id = r.wastewater_plant_id AND lim.parameter = r.parameter
        WHERE r.measured_on <= wastewater_plants_at.as_of AND r.recorded @> wastewater_plants_at.known_at
          AND r.measured_on > wastewater_plants_at.as_of
              - make_interval(months => (SELECT value::integer FROM choices WHERE key = 'wastewater_period_months'))
        GROUP BY r.wastewater_plant_id
    )
    SELECT plant.wastewater_plant_id, plant.park_id, plant.slug::text, plant.code, plant.name_vi, plant.name_en,
           plant.state, plant.capacity_m3_day, load.value, 100 * load.value / plant.capacity_m3_day, load.valid_on,
           load.is_stale, plant.discharge_column, plant.permit_no, plant.permit_from, plant.permit_to,
           plant.permit_valid, plant.monitoring_connected, measured.measured_on, coalesce(measured.judged, 0),
           coalesce(measured.exceedances, 0), coalesce(measured.confirmed_exceedances, 0),
           CASE WHEN plant.state <> 'operating' THEN 'not_operating'
                WHEN plant.permit_valid IS FALSE OR measured.confirmed_exceedances > 0 THEN 'not_met'
                WHEN plant.permit_valid IS NULL OR coalesce(measured.judged, 0) = 0 THEN 'no_data'
                ELSE 'met' END,
           plant.geom::geometry, plant.approximate, plant.quality::text, plant.key, plant.title, plant.note,
           lower(plant.valid)
    FROM plant
    LEFT JOIN measured ON measured.wastewater_plant_id = plant.wastewater_plant_id
    LEFT JOIN figures_at('wastewater_load', wastewater_plants_at.as_of, wastewater_plants_at.known_at) AS load
      ON load.subject_kind = 'plant' AND load.subject_id = plant.wastewater_plant_id;
END;

GRANT SELECT ON ALL TABLES IN SCHEMA geoapp TO geoapp_map;
