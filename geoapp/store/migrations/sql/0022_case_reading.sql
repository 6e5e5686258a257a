-- Cases with the names of what they are about, for lists and pages. Rights are those of who asks: the view runs as him.
CREATE VIEW case_rows WITH (security_invoker = true) AS
SELECT c.id, c.kind, c.state, c.rule, c.clock_state, c.unit, c.as_of, c.rules_on, c.since, c.area_ha, c.area_key, c.finding,
       c.opened_at, c.opened_by, c.last_number, c.changed_at, c.assignee_id, c.due_on, c.due_key, c.condition_holds, c.is_open,
       c.plot_ids, c.geom, c.park_id, c.project_id, j.code::text AS project, v.name AS project_name, v.investor,
       v.quality::text AS quality, k.slug::text AS park, pv.name_vi AS park_vi, pv.name_en AS park_en,
       a.name AS assignee, a.login AS assignee_login, a.department, l.due_vi, l.due_en, l.law_vi AS due_law_vi,
       l.law_en AS due_law_en, l.mark AS due_mark,
       coalesce(c.is_open AND c.due_on < current_date, false) AS is_overdue, current_date AS today
FROM cases AS c
LEFT JOIN projects AS j ON j.id = c.project_id
LEFT JOIN LATERAL (
    SELECT name, investor, w.quality FROM project_versions AS w
    WHERE w.project_id = c.project_id AND upper_inf(w.recorded) ORDER BY w.valid DESC LIMIT 1) AS v ON true
LEFT JOIN parks AS k ON k.id = c.park_id
LEFT JOIN LATERAL (
    SELECT name_vi, name_en FROM park_versions AS w
    WHERE w.park_id = c.park_id AND upper_inf(w.recorded) ORDER BY w.valid DESC LIMIT 1) AS pv ON true
LEFT JOIN people AS a ON a.id = c.assignee_id
LEFT JOIN case_life AS l ON l.id = c.due_life_id;
REVOKE ALL ON case_rows FROM PUBLIC, geoapp_map;
GRANT SELECT ON case_rows TO geoapp_staff;

-- The land of a case: what was drawn, else its plots as they are now.
CREATE FUNCTION case_land(one integer) RETURNS geometry LANGUAGE sql STABLE SET search_path = geoapp, public AS $$
    SELECT coalesce(c.geom, (
        SELECT ST_Multi(ST_Union(v.geom ORDER BY v.plot_id))
        FROM case_plots AS p JOIN plot_versions AS v ON v.plot_id = p.plot_id
        WHERE p.case_id = c.id AND upper_inf(v.recorded) AND v.valid @> current_date))
    FROM cases AS c WHERE c.id = one $$;

-- Whether a row of the clock still says what a case was opened for: its rule leads, or holds beside the leading one.
CREATE FUNCTION case_rule_holds(rule text, lead text, beside text[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(rule = lead OR rule = ANY (beside), false);

-- First day on which the leading rule held.
CREATE FUNCTION case_since(rule text, state text, violations jsonb, as_of date, d12_shifted date, d24_shifted date)
RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN rule = 'R10' THEN least(CASE WHEN as_of > d12_shifted THEN d12_shifted + 1 END,
                                         CASE WHEN as_of > d24_shifted THEN d24_shifted + 1 END)
            ELSE (SELECT max((v ->> 'from')::date) FROM jsonb_array_elements(coalesce(violations, '[]')) AS v
                  WHERE v ->> 'state' = state AND v ->> 'to' IS NULL) END;

-- Departments of the people who are held to a park: whom a gap in the data of its land files concerns. People without a
-- list of parks work on all, and are nobody's in particular.
CREATE FUNCTION departments_of_park(park integer) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = geoapp, pg_temp AS $$
    SELECT coalesce(array_agg(DISTINCT p.department ORDER BY p.department), '{}')
    FROM person_parks AS k JOIN people AS p ON p.id = k.person_id
    WHERE k.park_id = park AND p.department IS NOT NULL AND p.disabled_at IS NULL AND acting_role() IS NOT NULL $$;
