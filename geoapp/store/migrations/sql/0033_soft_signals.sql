-- Softer signals: what the board may want to look at before the law says anything. A choice of the product, never a violation,
-- and never part of the legal clock. Thresholds are data with the days on which they are in force.

CREATE TABLE soft_signals (
    signal text NOT NULL CHECK (signal IN ('start_late', 'built_share_low', 'land_used_low', 'silent', 'stalled')),
    valid daterange NOT NULL CHECK (NOT isempty(valid)),
    months integer CHECK (months > 0),
    percent double precision CHECK (percent > 0 AND percent <= 100),
    name_vi text NOT NULL,
    name_en text NOT NULL,
    told_vi text NOT NULL,
    told_en text NOT NULL,
    PRIMARY KEY (signal, valid),
    EXCLUDE USING gist (signal WITH =, valid WITH &&)
);
COMMENT ON TABLE soft_signals IS 'Softer signals of slow land use with their thresholds: a choice of the board, no violation; no row, no signal';
GRANT SELECT ON soft_signals TO geoapp_map, geoapp_staff;
CALL watch_table('soft_signals');

-- The signals of units that are neither complete, ended nor without a clock. Args: among - a project, null for all. Returns:
-- "since" - first day; "measured" - months, or per cent where the threshold is one; what is not on record gives no signal.
CREATE FUNCTION soft_signals_of(among integer, as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, signal text, since date, measured double precision,
               months integer, percent double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
WITH rule AS MATERIALIZED (
    SELECT s.signal, s.months, s.percent FROM soft_signals AS s WHERE s.valid @> as_of
), one AS MATERIALIZED (
    SELECT c.project_id, c.unit, c.park_id, c.is_begun, u.handover_date, u.construction_start_date,
           v.land_ha::double precision AS land_ha, v.state, lower(v.valid) AS state_since,
           (SELECT max(coalesce(e.happened_on, e.to_on, e.from_on, e.document_on)) FROM land_events AS e
            WHERE e.project_id = c.project_id AND e.recorded @> known_at AND NOT e.withdrawn
              AND coalesce(e.happened_on, e.to_on, e.from_on, e.document_on) <= as_of) AS last_news
    FROM clock_at(as_of, known_at) AS c
    JOIN clock_units_at(as_of, known_at) AS u ON u.project_id = c.project_id AND u.unit = c.unit
    JOIN project_versions AS v ON v.project_id = c.project_id AND v.valid @> as_of AND v.recorded @> known_at
    WHERE (among IS NULL OR c.project_id = among) AND (among IS NULL OR u.project_id = among)
      AND (among IS NULL OR v.project_id = among) AND c.rule NOT IN ('R2', 'R3', 'R4', 'R5')
), held AS (
    SELECT h.project_id, h.unit, sum(p.area_ha) AS held_ha,
           sum(CASE WHEN p.state IN ('building', 'operating') THEN p.area_ha ELSE 0 END) AS built_ha
    FROM unit_plots_at(as_of, known_at) AS h JOIN plots_at(as_of, known_at) AS p ON p.plot_id = h.plot_id
    WHERE among IS NULL OR h.project_id = among
    GROUP BY h.project_id, h.unit
), project_held AS (
    SELECT h.project_id, sum(h.held_ha) AS held_ha FROM held AS h GROUP BY h.project_id
), timed AS (
    SELECT o.*, r.signal, r.months, r.percent, h.held_ha, h.built_ha, j.held_ha AS project_ha,
           CASE r.signal WHEN 'start_late' THEN o.handover_date WHEN 'built_share_low' THEN o.construction_start_date
                         WHEN 'land_used_low' THEN o.handover_date WHEN 'silent' THEN o.last_news END AS start
    FROM one AS o CROSS JOIN rule AS r
    LEFT JOIN held AS h ON h.project_id = o.project_id AND h.unit = o.unit
    LEFT JOIN project_held AS j ON j.project_id = o.project_id
)
SELECT t.project_id, t.unit, t.park_id, t.signal,
       CASE WHEN t.signal = 'stalled' THEN t.state_since ELSE clock_add_months(t.start, t.months) + 1 END,
       CASE t.signal WHEN 'built_share_low' THEN 100 * t.built_ha / t.held_ha
                     WHEN 'land_used_low' THEN 100 * t.project_ha / t.land_ha
                     WHEN 'stalled' THEN NULL
                     ELSE 12 * extract(year FROM age(as_of, t.start)) + extract(month FROM age(as_of, t.start)) END,
       t.months, t.percent
FROM timed AS t
WHERE CASE t.signal
          WHEN 'start_late' THEN NOT t.is_begun AND clock_add_months(t.start, t.months) < as_of
          WHEN 'built_share_low' THEN t.is_begun AND clock_add_months(t.start, t.months) < as_of AND t.held_ha > 0
                                      AND 100 * t.built_ha < t.percent * t.held_ha
          WHEN 'land_used_low' THEN clock_add_months(t.start, t.months) < as_of AND t.land_ha > 0 AND t.project_ha > 0
                                    AND 100 * t.project_ha < t.percent * t.land_ha
          WHEN 'silent' THEN clock_add_months(t.start, t.months) < as_of
          WHEN 'stalled' THEN t.state = 'stalled' END
$$;
