-- The decision table evaluated, for any day and as known at any moment. It has a search path of its own so that it is planned
-- only where it is asked: clock_at answers what is known now from what was kept.
CREATE FUNCTION clock_evaluated_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rule text, state text, also text[], missing text[],
               progress_end date, d12 date, d12_shifted date, d12_fm date, d12_fm_shifted date, d24 date, d24_shifted date,
               d24_fm date, d24_fm_shifted date, month13 date, month25 date, extension_end date, effective_end date,
               effective_end_shifted date, termination_end date, days_left integer, due_on date, past_unused jsonb,
               violations jsonb, warnings text[], area_ha double precision, area_in_violation_ha double precision,
               special_regime text, land_basis text, is_begun boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10000 SET search_path = geoapp, public
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
