-- Groups of plots after an edit: only what is known from the edit on is reckoned. What was known before stays as it is, so an
-- edit costs the same however many there were before it. Until now all knowledge of a park was reckoned again each time.

DROP TRIGGER follow_plots_in ON plot_versions;
DROP TRIGGER follow_plots_changed ON plot_versions;
DROP TRIGGER follow_plots_out ON plot_versions;
DROP TRIGGER follow_plots_moved ON plots;
DROP FUNCTION follow_plots();
DROP FUNCTION follow_moved_plots();
DROP FUNCTION refresh_plot_groups(integer[]);
DROP FUNCTION plot_groups_of(integer);

-- As before (0015), for what is known from a moment on. Which versions have one outline is asked of all of them, so that the
-- same plots have the same outline whenever they are reckoned.
CREATE FUNCTION plot_groups_of(park integer, since timestamptz)
RETURNS TABLE (block text, valid daterange, known tstzrange, plots integer, area_ha double precision, state text,
               use_code text, approximate boolean, quality text, outlines integer[], geom_3857 geometry)
LANGUAGE sql STABLE SET search_path = geoapp, public SET enable_nestloop = off SET work_mem = '64MB' AS $$
    WITH told AS MATERIALIZED (
        SELECT dense_rank() OVER (ORDER BY coalesce(v.block, p.code)) AS team, coalesce(v.block, p.code) AS block, v.id,
               v.plot_id, v.state, v.use_code, v.area_ha, v.approximate, quality_rank(v.quality) AS unsure, v.valid,
               v.recorded, v.geom_3857, first_value(v.id) OVER (PARTITION BY v.plot_id, v.geom_3857 ORDER BY v.id) AS shape
        FROM plots AS p JOIN plot_versions AS v ON v.plot_id = p.id
        WHERE p.park_id = plot_groups_of.park AND NOT isempty(v.recorded)
          AND v.plot_id = ANY (ARRAY(SELECT mine.id FROM plots AS mine WHERE mine.park_id = plot_groups_of.park))
    ), version AS MATERIALIZED (
        SELECT t.team, t.block, t.id, t.plot_id, t.state, t.use_code, t.area_ha, t.approximate, t.unsure, t.valid,
               tstzrange(greatest(lower(t.recorded), plot_groups_of.since), upper(t.recorded)) AS recorded, t.shape
        FROM told AS t WHERE upper_inf(t.recorded) OR upper(t.recorded) > plot_groups_of.since
    ), knowledge AS MATERIALIZED (
        SELECT k.team, tstzrange(k.at, lead(k.at) OVER (PARTITION BY k.team ORDER BY k.at)) AS known
        FROM (SELECT m.team, lower(m.recorded) AS at FROM version AS m
              UNION SELECT m.team, upper(m.recorded) FROM version AS m WHERE NOT upper_inf(m.recorded)) AS k
    ), span AS MATERIALIZED (
        SELECT row_number() OVER () AS number, d.team, d.known, d.on_day,
               daterange(d.on_day, lead(d.on_day) OVER (PARTITION BY d.team, d.known ORDER BY d.on_day)) AS valid
        FROM (SELECT DISTINCT k.team, k.known, ends.on_day
              FROM knowledge AS k JOIN version AS m ON m.team = k.team AND m.recorded @> lower(k.known)
              CROSS JOIN LATERAL (VALUES (coalesce(lower(m.valid), '-infinity')), (upper(m.valid))) AS ends (on_day)
              WHERE ends.on_day IS NOT NULL) AS d
    ), present AS MATERIALIZED (
        SELECT s.number, m.team, m.plot_id, m.state, m.use_code, m.area_ha, m.approximate, m.unsure, m.shape
        FROM span AS s JOIN version AS m ON m.team = s.team AND m.recorded @> lower(s.known) AND m.valid @> s.on_day
    ), part AS MATERIALIZED (
        SELECT c.*, s.known, s.valid
        FROM (SELECT p.number, p.team, p.state, p.use_code, count(*) AS plots, sum(p.area_ha) AS area_ha,
                     bool_or(p.approximate) AS approximate, max(p.unsure) AS unsure
              FROM present AS p GROUP BY p.number, p.team, p.state, p.use_code) AS c
        JOIN span AS s ON s.number = c.number
    ), outlined AS MATERIALIZED (
        SELECT p.number, array_agg(p.shape ORDER BY p.plot_id) AS outlines FROM present AS p GROUP BY p.number
    ), park_known AS MATERIALIZED (
        SELECT tstzrange(k.at, lead(k.at) OVER (ORDER BY k.at)) AS known
        FROM (SELECT lower(k.known) AS at FROM knowledge AS k
              UNION SELECT upper(k.known) FROM knowledge AS k WHERE NOT upper_inf(k.known)) AS k
    ), known_part AS MATERIALIZED (
        SELECT k.known AS park_known, p.* FROM part AS p JOIN park_known AS k ON p.known @> lower(k.known)
    ), park_span AS MATERIALIZED (
        SELECT -row_number() OVER () AS number, d.park_known, d.on_day,
               daterange(d.on_day, lead(d.on_day) OVER mine) AS valid, row_number() OVER mine AS place,
               count(*) OVER (PARTITION BY d.park_known) AS places
        FROM (SELECT p.park_known, lower(p.valid) AS on_day FROM known_part AS p
              UNION SELECT p.park_known, upper(p.valid) FROM known_part AS p WHERE NOT upper_inf(p.valid)) AS d
        WINDOW mine AS (PARTITION BY d.park_known ORDER BY d.on_day)
    ), every AS MATERIALIZED (
        SELECT p.number, p.team, p.known, p.valid, p.state, p.use_code, p.plots, p.area_ha, p.approximate, p.unsure
        FROM part AS p
        UNION ALL
        -- A part of a block begins and ends where stretches of its park do: from the first of them to the last.
        SELECT s.number, 0, s.park_known, s.valid, p.state, p.use_code, p.plots, p.area_ha, p.approximate, p.unsure
        FROM (SELECT p.*, generate_series(f.place, coalesce(u.place - 1, f.places)) AS place FROM known_part AS p
              JOIN park_span AS f ON f.park_known = p.park_known AND f.on_day = lower(p.valid)
              LEFT JOIN park_span AS u ON u.park_known = p.park_known AND u.on_day = upper(p.valid)) AS p
        JOIN park_span AS s ON s.park_known = p.park_known AND s.place = p.place
    ), main_state AS (
        SELECT DISTINCT ON (e.number) e.number, e.state FROM every AS e
        GROUP BY e.number, e.state ORDER BY e.number, e.state = 'shared', round(sum(e.area_ha)::numeric, 6) DESC, e.state
    ), main_use AS (
        SELECT DISTINCT ON (e.number) e.number, e.use_code FROM every AS e
        GROUP BY e.number, e.use_code ORDER BY e.number, round(sum(e.area_ha)::numeric, 6) DESC, e.use_code
    ), together AS MATERIALIZED (
        SELECT t.*, st.state, us.use_code, l.outlines
        FROM (SELECT e.number, e.team, e.known, e.valid, sum(e.plots)::integer AS plots,
                     round(sum(e.area_ha)::numeric, 6) AS area_ha, bool_or(e.approximate) AS approximate,
                     max(e.unsure) AS unsure
              FROM every AS e GROUP BY e.number, e.team, e.known, e.valid) AS t
        JOIN main_state AS st ON st.number = t.number
        JOIN main_use AS us ON us.number = t.number
        LEFT JOIN outlined AS l ON l.number = t.number
    ), cell AS MATERIALIZED (
        SELECT d.team, d.on_day, daterange(d.on_day, lead(d.on_day) OVER mine) AS valid, row_number() OVER mine AS place,
               count(*) OVER (PARTITION BY d.team) AS places
        FROM (SELECT t.team, lower(t.valid) AS on_day FROM together AS t
              UNION SELECT t.team, upper(t.valid) FROM together AS t WHERE NOT upper_inf(t.valid)) AS d
        WINDOW mine AS (PARTITION BY d.team ORDER BY d.on_day)
    ), in_cells AS (
        SELECT t.*, generate_series(f.place, coalesce(u.place - 1, f.places)) AS place
        FROM together AS t JOIN cell AS f ON f.team = t.team AND f.on_day = lower(t.valid)
        LEFT JOIN cell AS u ON u.team = t.team AND u.on_day = upper(t.valid)
    ), known_at_once AS (
        SELECT i.team, i.place, i.plots, i.area_ha, i.state, i.use_code, i.approximate, i.unsure, i.outlines,
               unnest(range_agg(i.known)) AS known
        FROM in_cells AS i
        GROUP BY i.team, i.place, i.plots, i.area_ha, i.state, i.use_code, i.approximate, i.unsure, i.outlines
    ), made AS MATERIALIZED (
        SELECT k.team, k.known, k.plots, k.area_ha, k.state, k.use_code, k.approximate, k.unsure, k.outlines,
               unnest(range_agg(c.valid)) AS valid
        FROM known_at_once AS k JOIN cell AS c ON c.team = k.team AND c.place = k.place
        GROUP BY k.team, k.known, k.plots, k.area_ha, k.state, k.use_code, k.approximate, k.unsure, k.outlines
    ), kept AS MATERIALIZED (
        SELECT DISTINCT ON (g.outlines) g.outlines, g.geom_3857 FROM plot_groups AS g
        WHERE g.park_id = plot_groups_of.park AND g.outlines IS NOT NULL
    ), outline AS MATERIALIZED (
        SELECT k.outlines, k.geom_3857 FROM kept AS k
        UNION ALL
        SELECT u.outlines, ST_Multi(ST_CollectionExtract(ST_Buffer(
                   ST_Union(ST_Buffer(v.geom_3857, 3, 'join=mitre mitre_limit=2') ORDER BY v.id),
                   -3, 'join=mitre mitre_limit=2'), 3)) AS geom_3857
        FROM (SELECT one.outlines, unnest(one.outlines) AS id
              FROM (SELECT DISTINCT m.outlines FROM made AS m WHERE m.outlines IS NOT NULL
                      AND NOT EXISTS (SELECT FROM kept AS k WHERE k.outlines = m.outlines)) AS one) AS u
        JOIN told AS v ON v.id = u.id
        GROUP BY u.outlines
    )
    SELECT b.block, m.valid, m.known, m.plots, m.area_ha::double precision, m.state, m.use_code, m.approximate,
           (ARRAY['official', 'published', 'estimated', 'demo'])[m.unsure], m.outlines, o.geom_3857
    FROM made AS m
    LEFT JOIN (SELECT DISTINCT v.team, v.block FROM version AS v) AS b ON b.team = m.team
    LEFT JOIN outline AS o ON o.outlines = m.outlines
$$;

-- Who changes data does so one after the other, and that before it is read what others changed: else two who edit plots of
-- one park at the same time would not see each other's. A row that holds on as it was goes on being one row.
CREATE FUNCTION refresh_plot_groups(among integer[], since timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = geoapp, public AS $$
DECLARE
    park integer;
BEGIN
    IF cardinality(among) = 0 THEN
        RETURN;
    END IF;
    PERFORM FROM data_version FOR UPDATE;
    FOREACH park IN ARRAY among LOOP
        WITH made AS MATERIALIZED (
            SELECT row_number() OVER () AS number, m.* FROM plot_groups_of(park, since) AS m
        ), present AS MATERIALIZED (
            -- What ended just then may go on after all, when a plot is told anew in the same transaction.
            SELECT g.* FROM plot_groups AS g WHERE g.park_id = park AND (upper_inf(g.known) OR upper(g.known) >= since)
        ), goes_on AS MATERIALIZED (
            SELECT p.id, m.number, upper(m.known) AS until
            FROM present AS p JOIN made AS m
              ON coalesce(p.block, '') = coalesce(m.block, '') AND p.valid = m.valid AND p.plots = m.plots
             AND p.area_ha = m.area_ha AND p.state = m.state AND p.use_code = m.use_code
             AND p.approximate = m.approximate AND p.quality::text = m.quality
             AND p.outlines IS NOT DISTINCT FROM m.outlines
            WHERE (p.block IS NULL) = (m.block IS NULL) AND lower(p.known) < since AND lower(m.known) = since
        ), gone AS (
            DELETE FROM plot_groups AS g USING present AS p WHERE g.id = p.id AND lower(p.known) >= since
        ), ended AS (
            UPDATE plot_groups AS g
            SET known = tstzrange(lower(p.known), CASE WHEN o.id IS NULL THEN since ELSE o.until END)
            FROM present AS p LEFT JOIN goes_on AS o ON o.id = p.id
            WHERE g.id = p.id AND lower(p.known) < since
              AND upper(p.known) IS DISTINCT FROM CASE WHEN o.id IS NULL THEN since ELSE o.until END
        )
        INSERT INTO plot_groups (park_id, block, valid, known, plots, area_ha, state, use_code, approximate, quality,
                                 outlines, geom_3857)
        SELECT park, m.block, m.valid, m.known, m.plots, m.area_ha, m.state, m.use_code, m.approximate, m.quality::quality,
               m.outlines, m.geom_3857
        FROM made AS m WHERE NOT EXISTS (SELECT FROM goes_on AS o WHERE o.number = m.number)
        ORDER BY m.block, m.known, m.valid;
    END LOOP;
END $$;

-- A row that is there as never known says nothing.
CREATE FUNCTION follow_plots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM refresh_plot_groups(ARRAY(SELECT DISTINCT p.park_id FROM touched JOIN plots AS p ON p.id = touched.plot_id
                                      ORDER BY p.park_id),
                                coalesce((SELECT min(lower(t.recorded)) FROM touched AS t), '-infinity'));
    RETURN NULL;
END $$;
-- A version only ever ends; one that ends as it began has never been known.
CREATE FUNCTION follow_ended_plots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM refresh_plot_groups(ARRAY(SELECT DISTINCT p.park_id FROM touched JOIN plots AS p ON p.id = touched.plot_id
                                      ORDER BY p.park_id),
                                coalesce((SELECT min(coalesce(upper(t.recorded), lower(b.recorded)))
                                          FROM touched AS t JOIN before AS b ON b.id = t.id), '-infinity'));
    RETURN NULL;
END $$;
CREATE FUNCTION follow_moved_plots() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = geoapp, public, pg_temp AS $$
BEGIN
    PERFORM refresh_plot_groups(ARRAY(SELECT park_id FROM before UNION SELECT park_id FROM after), '-infinity');
    RETURN NULL;
END $$;
CREATE TRIGGER follow_plots_in AFTER INSERT ON plot_versions
    REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_plots();
CREATE TRIGGER follow_plots_changed AFTER UPDATE ON plot_versions
    REFERENCING OLD TABLE AS before NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_ended_plots();
CREATE TRIGGER follow_plots_out AFTER DELETE ON plot_versions
    REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION follow_plots();
CREATE TRIGGER follow_plots_moved AFTER UPDATE ON plots
    REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION follow_moved_plots();
