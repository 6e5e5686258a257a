-- What pages and the layer read: targets, the parks they name, figures and tasks as of a day and as known at a moment.

CREATE FUNCTION targets_at(as_of date, known_at timestamptz)
RETURNS TABLE (target_id integer, code text, ordinal integer, name_vi text, name_en text, value double precision, unit text,
               direction text, wording text, period_from date, period_to date, reading_from date, reading_to date,
               reading_vi text, reading_en text, section text, department text, department_basis text, measure text,
               indicator text, scope_vi text, scope_en text, valid_from date, valid_to date, quality text, source_key text,
               source_title text, note text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT v.target_id, t.code, v.ordinal, v.name_vi, v.name_en, v.value, v.unit, v.direction, v.wording, v.period_from,
           v.period_to, v.reading_from, v.reading_to, v.reading_vi, v.reading_en, v.section, v.department,
           v.department_basis, v.measure, v.indicator, v.scope_vi, v.scope_en, lower(v.valid), upper(v.valid),
           v.quality::text, s.key, s.title, v.note
    FROM target_versions AS v JOIN targets AS t ON t.id = v.target_id JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> targets_at.as_of AND v.recorded @> targets_at.known_at;
END;

CREATE FUNCTION target_parks_at(as_of date, known_at timestamptz)
RETURNS TABLE (target_id integer, code text, park_id integer, named_as text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT p.target_id, t.code, p.park_id, v.named_as
    FROM target_park_versions AS v JOIN target_parks AS p ON p.id = v.target_park_id JOIN targets AS t ON t.id = p.target_id
    WHERE v.valid @> target_parks_at.as_of AND v.recorded @> target_parks_at.known_at;
END;

CREATE FUNCTION figure_duties_at(as_of date, known_at timestamptz)
RETURNS TABLE (indicator text, department text, department_basis text, source_title text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT d.indicator, v.department, v.department_basis, s.title
    FROM figure_duty_versions AS v JOIN figure_duties AS d ON d.id = v.figure_duty_id JOIN sources AS s ON s.id = v.source_id
    WHERE v.valid @> figure_duties_at.as_of AND v.recorded @> figure_duties_at.known_at;
END;

CALL watch_table('target_versions');
CALL watch_table('target_park_versions');
