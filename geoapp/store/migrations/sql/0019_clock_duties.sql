-- What is to be done about a unit on a day: rows D1-D9 of the decision table.
CREATE FUNCTION clock_duties_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, duty text, due_on date, details jsonb, law text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.project_id, c.unit, c.park_id, NULL::text, NULL::date, NULL::jsonb, NULL::text
    FROM clock_at(clock_duties_at.as_of, clock_duties_at.known_at) AS c;
END;
