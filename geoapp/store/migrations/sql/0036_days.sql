-- What holds on which days, for all days at once. Each of these gives, for any day, the rows of its twin "_at" whose
-- stretch "valid" holds that day: a map that goes from month to month is read once.

CREATE FUNCTION plots_over(known_at timestamptz)
RETURNS TABLE (plot_id integer, park_id integer, park_slug text, code text, block text, use_code text, state text,
               area_ha double precision, geom_3857 geometry, approximate boolean, quality text, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.plot_id, p.park_id, park.slug::text, p.code, v.block, v.use_code, v.state, v.area_ha, v.geom_3857::geometry,
           v.approximate, v.quality::text, v.valid
    FROM plot_versions AS v JOIN plots AS p ON p.id = v.plot_id JOIN parks AS park ON park.id = p.park_id
    WHERE v.recorded @> plots_over.known_at;
END;

CREATE FUNCTION plot_groups_over(known_at timestamptz)
RETURNS TABLE (park_id integer, park_slug text, block text, plots integer, area_ha double precision, state text,
               use_code text, approximate boolean, quality text, geom_3857 geometry, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT g.park_id, park.slug::text, g.block, g.plots, g.area_ha, g.state, g.use_code, g.approximate, g.quality::text,
           g.geom_3857::geometry, g.valid
    FROM plot_groups AS g JOIN parks AS park ON park.id = g.park_id
    WHERE g.known @> plot_groups_over.known_at;
END;

-- A park and its outline have days of their own: first the days with an outline, then those without one.
CREATE FUNCTION parks_over(known_at timestamptz)
RETURNS TABLE (park_id integer, slug text, name_vi text, name_en text, approximate boolean, geom_3857 geometry,
               valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.park_id, p.slug::text, v.name_vi, v.name_en, o.approximate, o.geom_3857::geometry, v.valid * o.valid
    FROM park_versions AS v JOIN parks AS p ON p.id = v.park_id
    JOIN park_outline_versions AS o ON o.park_id = v.park_id AND o.valid && v.valid
    WHERE v.recorded @> parks_over.known_at AND o.recorded @> parks_over.known_at
    UNION ALL
    SELECT v.park_id, p.slug::text, v.name_vi, v.name_en, true, ST_Transform(v.geom, 3857), bare.valid
    FROM park_versions AS v JOIN parks AS p ON p.id = v.park_id
    CROSS JOIN LATERAL unnest(datemultirange(v.valid) - coalesce(
        (SELECT range_agg(o.valid) FROM park_outline_versions AS o
         WHERE o.park_id = v.park_id AND o.recorded @> parks_over.known_at), '{}')) AS bare (valid)
    WHERE v.recorded @> parks_over.known_at;
END;
