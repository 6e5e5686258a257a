-- The state of every unit on a day as known at a moment.

CREATE FUNCTION clock_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rule text, state text, also text[], missing text[],
               progress_end date, d12 date, d12_shifted date, d12_fm date, d12_fm_shifted date, d24 date, d24_shifted date,
               d24_fm date, d24_fm_shifted date, month13 date, month25 date, extension_end date, effective_end date,
               effective_end_shifted date, termination_end date, days_left integer, due_on date, past_unused jsonb,
               violations jsonb, warnings text[], area_ha double precision, area_in_violation_ha double precision,
               special_regime text, land_basis text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT u.project_id, u.unit, u.park_id, NULL::text, NULL::text, NULL::text[], NULL::text[],
           NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::date,
           NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::date, NULL::integer, NULL::date, NULL::jsonb,
           NULL::jsonb, NULL::text[], u.area_ha, NULL::double precision, u.special_regime, u.land_basis
    FROM clock_units_at(clock_at.as_of, clock_at.known_at) AS u;
END;

-- What is to be done about a unit on a day: rows D1-D9 of the decision table.
CREATE FUNCTION clock_duties_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, duty text, due_on date, details jsonb, law text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.project_id, c.unit, c.park_id, NULL::text, NULL::date, NULL::jsonb, NULL::text
    FROM clock_at(clock_duties_at.as_of, clock_duties_at.known_at) AS c;
END;
