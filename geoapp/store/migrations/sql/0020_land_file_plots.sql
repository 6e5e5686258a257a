-- The legal clock on the map: how a state is drawn, and the plots of each unit.

-- How pressing a state is, as it is drawn. Args: days_left - until the next deadline of the unit, null where there is none.
CREATE FUNCTION clock_sign(state text, days_left integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN state IN ('LATE_24M', 'UNUSED_12M', 'EXT_EXPIRED') THEN 'violation'
        WHEN state IN ('ON_TRACK', 'LATE_UNDER_24M', 'EXT_RUNNING', 'TERMINATED') AND days_left BETWEEN 0 AND 30 THEN 'due_30'
        WHEN state IN ('ON_TRACK', 'LATE_UNDER_24M', 'EXT_RUNNING', 'TERMINATED') AND days_left BETWEEN 31 AND 180
        THEN 'due_180'
        WHEN state = 'ON_TRACK' THEN 'on_track'
        WHEN state = 'LATE_UNDER_24M' THEN 'late'
        WHEN state = 'EXT_RUNNING' THEN 'extended'
        WHEN state = 'HOLD' THEN 'hold'
        WHEN state = 'DATA_GAP' THEN 'data_gap'
        WHEN state IN ('COMPLETE', 'COMPLETE_LATE') THEN 'complete'
        WHEN state = 'NO_CLOCK' THEN 'no_clock'
        WHEN state = 'MANUAL' THEN 'by_person'
        WHEN state = 'TERMINATED' THEN 'ended'
    END;
END;

-- What is most pressing first.
CREATE FUNCTION clock_sign_rank(sign text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_position(ARRAY['violation', 'due_30', 'due_180', 'late', 'extended', 'hold', 'data_gap', 'on_track', 'complete',
                                'no_clock', 'by_person', 'ended'], sign);
END;

-- The plots that a unit holds on a day: those of its portion where the portion names plots, else all of the project.
CREATE FUNCTION unit_plots_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, plot_id integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT h.project_id, coalesce(n.code, 'project'), h.plot_id
    FROM project_plots AS h
    JOIN project_plot_versions AS w ON w.project_plot_id = h.id
    LEFT JOIN (
        SELECT p.project_id, p.code, v.plot_ids
        FROM land_portions AS p JOIN land_portion_versions AS v ON v.land_portion_id = p.id
        WHERE v.valid @> unit_plots_at.as_of AND v.recorded @> unit_plots_at.known_at
    ) AS n ON n.project_id = h.project_id
    WHERE w.valid @> unit_plots_at.as_of AND w.recorded @> unit_plots_at.known_at
      AND (n.code IS NULL OR n.plot_ids = '{}' OR h.plot_id = ANY (n.plot_ids));
END;

-- Plots of projects with the state of the legal clock; of several units on a plot the most pressing one.
CREATE FUNCTION plot_clocks_at(as_of date, known_at timestamptz)
RETURNS TABLE (plot_id integer, park_id integer, project_id integer, unit text, state text, sign text, days_left integer,
               due_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT DISTINCT ON (held.plot_id) held.plot_id, c.park_id, c.project_id, c.unit, c.state, s.sign, c.days_left, c.due_on
    FROM clock_at(plot_clocks_at.as_of, plot_clocks_at.known_at) AS c
    CROSS JOIN LATERAL (SELECT clock_sign(c.state, c.days_left) AS sign) AS s
    JOIN unit_plots_at(plot_clocks_at.as_of, plot_clocks_at.known_at) AS held
      ON held.project_id = c.project_id AND held.unit = c.unit
    ORDER BY held.plot_id, clock_sign_rank(s.sign), c.days_left, c.project_id, c.unit;
END;
