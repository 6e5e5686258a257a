-- Plots by the state of their clock, plot by plot: a tile asks for the plots inside it and for no others.

-- The most pressing state on one plot, as it was kept.
CREATE FUNCTION kept_plot_clock(plot_id integer, as_of date, known_at timestamptz)
RETURNS TABLE (park_id integer, project_id integer, unit text, state text, sign text, days_left integer, due_on date)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
BEGIN ATOMIC
    SELECT s.park_id, s.project_id, s.unit, s.state, drawn.sign, s.due_on - kept_plot_clock.as_of, s.due_on
    FROM unit_plots_at(kept_plot_clock.as_of, kept_plot_clock.known_at) AS held
    JOIN clock_spans AS s
      ON s.project_id = held.project_id AND s.unit = held.unit
     AND s.valid_from <= kept_plot_clock.as_of AND s.valid_to > kept_plot_clock.as_of
    CROSS JOIN LATERAL (SELECT clock_sign(s.state, s.due_on - kept_plot_clock.as_of) AS sign) AS drawn
    WHERE held.plot_id = kept_plot_clock.plot_id
    ORDER BY clock_sign_rank(drawn.sign), s.due_on - kept_plot_clock.as_of, s.project_id, s.unit
    LIMIT 1;
END;

-- The same for all plots, evaluated. A search path of its own: planned only where it is asked.
CREATE FUNCTION plot_clocks_evaluated_at(as_of date, known_at timestamptz)
RETURNS TABLE (plot_id integer, park_id integer, project_id integer, unit text, state text, sign text, days_left integer,
               due_on date)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000 SET search_path = geoapp, public
AS $$
    SELECT DISTINCT ON (held.plot_id) held.plot_id, c.park_id, c.project_id, c.unit, c.state, s.sign, c.days_left, c.due_on
    FROM clock_evaluated_at(as_of, known_at) AS c
    CROSS JOIN LATERAL (SELECT clock_sign(c.state, c.days_left) AS sign) AS s
    JOIN unit_plots_at(as_of, known_at) AS held ON held.project_id = c.project_id AND held.unit = c.unit
    ORDER BY held.plot_id, clock_sign_rank(s.sign), c.days_left, c.project_id, c.unit
$$;

-- Plots with the state of their clock: what is asked of the plots is asked before their clocks are looked up.
CREATE FUNCTION clock_plots_at(as_of date, known_at timestamptz)
RETURNS TABLE (plot_id integer, plot_park_id integer, park_slug text, code text, area_ha double precision, geom geometry,
               geom_3857 geometry, approximate boolean, quality text, park_id integer, project_id integer, unit text,
               state text, sign text, days_left integer, due_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.plot_id, t.park_id, t.park_slug, t.code, t.area_ha, t.geom, t.geom_3857, t.approximate, t.quality, k.park_id,
           k.project_id, k.unit, k.state, k.sign, k.days_left, k.due_on
    FROM plots_at(clock_plots_at.as_of, clock_plots_at.known_at) AS t
    CROSS JOIN LATERAL kept_plot_clock(t.plot_id, clock_plots_at.as_of, clock_plots_at.known_at) AS k
    WHERE (SELECT clock_is_kept(clock_plots_at.known_at))
    UNION ALL
    SELECT t.plot_id, t.park_id, t.park_slug, t.code, t.area_ha, t.geom, t.geom_3857, t.approximate, t.quality, e.park_id,
           e.project_id, e.unit, e.state, e.sign, e.days_left, e.due_on
    FROM plots_at(clock_plots_at.as_of, clock_plots_at.known_at) AS t
    JOIN plot_clocks_evaluated_at(clock_plots_at.as_of, clock_plots_at.known_at) AS e ON e.plot_id = t.plot_id
    WHERE NOT (SELECT clock_is_kept(clock_plots_at.known_at));
END;
DROP FUNCTION plot_clocks_at(date, timestamptz);
