-- The state of every unit on a day as known at a moment, and of units that are only asked about: the same text over both.

-- What is on record, a row a unit with all that belongs to it.
CREATE FUNCTION clock_stored_units(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date, progress_adjustments clock_adjustment[],
               fm_intervals clock_force_majeure[], delay_intervals clock_delay[], extension clock_extension[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT u.*, a.list, f.list, d.list, x.list
    FROM clock_units_at(clock_stored_units.as_of, clock_stored_units.known_at) AS u
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.decided, n.progress_form, n.progress_end_date, n.progress_quarter,
                             n.progress_months)::clock_adjustment ORDER BY n.decided NULLS FIRST, n.ordinal) AS list
        FROM clock_adjustments_at(clock_stored_units.as_of, clock_stored_units.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS a ON a.project_id = u.project_id AND a.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.from_date, n.to_date, n.document, n.decided_by, n.decided)::clock_force_majeure) AS list
        FROM clock_force_majeure_at(clock_stored_units.as_of, clock_stored_units.known_at) AS n
        GROUP BY n.project_id, n.unit
    ) AS f ON f.project_id = u.project_id AND f.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit, array_agg(ROW(n.from_date, n.to_date, n.document)::clock_delay) AS list
        FROM clock_delays_at(clock_stored_units.as_of, clock_stored_units.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS d ON d.project_id = u.project_id AND d.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.no, n.decided, n.ground, n.start_date, n.months, n.end_date, n.area_ha,
                             n.paid)::clock_extension ORDER BY n.ordinal) AS list
        FROM clock_extensions_at(clock_stored_units.as_of, clock_stored_units.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS x ON x.project_id = u.project_id AND x.unit = u.unit;
END;

-- The rules under which the violation of a unit was opened, where the law has changed since: the earliest ones under which its
-- first day falls into their own time. No row: those of the day asked.
CREATE FUNCTION clock_opened_under(u clock_unit, as_of date, periods clock_period[]) RETURNS SETOF date
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
    SELECT o.valid_from
    FROM unnest(periods) AS o
    CROSS JOIN LATERAL clock_day(
        u, CASE WHEN u.all_items_complete_date <= as_of AND u.all_items_complete_evidence IS NOT NULL
                THEN u.all_items_complete_date - 1 ELSE as_of END, o) AS d
    WHERE o.valid_to <= as_of
      AND CASE WHEN d.r6 THEN d.ended WHEN d.r8 THEN d.d24 WHEN d.r9 THEN d.d12 END + 1
          BETWEEN o.valid_from AND o.valid_to - 1
    ORDER BY o.valid_from LIMIT 1
$$;

CREATE FUNCTION clock_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rule text, state text, also text[], missing text[],
               progress_end date, d12 date, d12_shifted date, d12_fm date, d12_fm_shifted date, d24 date, d24_shifted date,
               d24_fm date, d24_fm_shifted date, month13 date, month25 date, extension_end date, effective_end date,
               effective_end_shifted date, termination_end date, days_left integer, due_on date, past_unused jsonb,
               violations jsonb, warnings text[], area_ha double precision, area_in_violation_ha double precision,
               special_regime text, land_basis text, is_begun boolean)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
WITH periods AS MATERIALIZED (
    SELECT p.* FROM clock_periods() AS p
), changes AS MATERIALIZED (
    SELECT array_agg(ROW(p.*)::clock_period) AS list FROM periods AS p WHERE p.valid_from <= as_of HAVING count(*) > 1
), listed AS (
    SELECT s.*, p.*, as_of AS day
    FROM clock_stored_units(as_of, known_at) AS s
    JOIN periods AS p
      ON coalesce(s.rules_on, CASE WHEN EXISTS (SELECT FROM changes) THEN (
             SELECT o FROM clock_opened_under(
                 ROW(s.special_regime, s.land_basis, s.allocation_decision_date, s.handover_date, s.handover_record_no,
                     s.no_handover, s.area_ha, s.handover_area_ha, s.progress_form, s.progress_end_date, s.progress_quarter,
                     s.progress_months, s.progress_source, s.construction_start_date, s.construction_start_evidence,
                     s.all_items_complete_date, s.all_items_complete_evidence, s.inspection_decision_date,
                     s.inspection_report_date, s.extension_request_date, s.published_date, s.remedied_date,
                     s.termination_date, s.progress_adjustments, s.fm_intervals, s.delay_intervals,
                     s.extension)::clock_unit, as_of, (SELECT list FROM changes)) AS o) END, as_of)
         BETWEEN p.valid_from AND p.valid_to - 1
),
-- @include 0019_clock_known.sql
,
-- @include 0019_clock_day.sql
,
-- @include 0019_clock_verdict.sql
SELECT v.project_id, v.unit, v.park_id, v.rule, v.state, v.also, v.missing, v.progress_end, v.d12, v.d12_shifted, v.d12_fm,
       v.d12_fm_shifted, v.d24, v.d24_shifted, v.d24_fm, v.d24_fm_shifted, v.month13, v.month25, v.extension_end,
       v.effective_end, v.effective_end_shifted, v.termination_end, v.due_on - v.day, v.due_on, v.past_unused, v.violations,
       v.warnings, v.area_ha, v.area_in_violation_ha, v.special_regime, v.land_basis, v.begun
FROM verdict AS v
$$;

-- The same for units that are asked about and stored nowhere. Args: units - each with the fields of clock_unit.
-- Returns: "place" - which one of them, from 1; what is shown of the way there.
CREATE FUNCTION clock_of(units jsonb[], as_of date)
RETURNS TABLE (place bigint, rule text, state text, also text[], missing text[], progress_end date, d12 date,
               d12_shifted date, d12_fm date, d12_fm_shifted date, d24 date, d24_shifted date, d24_fm date,
               d24_fm_shifted date, month13 date, month25 date, extension_end date, effective_end date,
               effective_end_shifted date, termination_end date, days_left integer, due_on date, past_unused jsonb,
               violations jsonb, warnings text[], area_in_violation_ha double precision, valid_from date,
               progress_written date, adjusted_on date, delay_days integer, fm12_days integer, fm24_days integer,
               fm_extension_days integer, fm_termination_days integer, held clock_extension_held)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
WITH periods AS MATERIALIZED (
    SELECT p.* FROM clock_periods() AS p
), changes AS MATERIALIZED (
    SELECT array_agg(ROW(p.*)::clock_period) AS list FROM periods AS p WHERE p.valid_from <= as_of HAVING count(*) > 1
), listed AS (
    SELECT n.place, s.*, p.*, as_of AS day
    FROM unnest(units) WITH ORDINALITY AS n (unit, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_unit, n.unit) AS s
    JOIN periods AS p
      ON coalesce(CASE WHEN EXISTS (SELECT FROM changes)
                       THEN (SELECT o FROM clock_opened_under(s, as_of, (SELECT list FROM changes)) AS o) END, as_of)
         BETWEEN p.valid_from AND p.valid_to - 1
),
-- @include 0019_clock_known.sql
,
-- @include 0019_clock_day.sql
,
-- @include 0019_clock_verdict.sql
SELECT v.place, v.rule, v.state, v.also, v.missing, v.progress_end, v.d12, v.d12_shifted, v.d12_fm, v.d12_fm_shifted, v.d24,
       v.d24_shifted, v.d24_fm, v.d24_fm_shifted, v.month13, v.month25, v.extension_end, v.effective_end,
       v.effective_end_shifted, v.termination_end, v.due_on - v.day, v.due_on, v.past_unused, v.violations, v.warnings,
       v.area_in_violation_ha, v.valid_from, v.progress_end - v.delay_days, (v.progress_adjustments[v.adjusted]).decided, v.delay_days, v.fm12_days,
       v.fm24_days, v.fm_extension_days, v.fm_termination_days, v.held
FROM verdict AS v
$$;
