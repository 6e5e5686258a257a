-- One unit on one day: what is asked of the day before completion, and under older rules.
CREATE TYPE clock_past AS (d12 date, d24 date, ended date, r6 boolean, r8 boolean, r9 boolean);

CREATE FUNCTION clock_day(u clock_unit, day date, p clock_period) RETURNS SETOF clock_past
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
WITH source AS (
    SELECT u.allocation_decision_date, u.handover_date, u.progress_form, u.progress_end_date, u.progress_quarter,
           u.progress_months, u.construction_start_date, u.construction_start_evidence, u.inspection_report_date,
           u.progress_adjustments, u.fm_intervals, u.delay_intervals, u.extension, day, p.unused_months, p.late_months,
           p.shift_deadlines, p.shift_extension, p.window_days, p.number_needed, p.off_from, p.off_to, p.shifts
), 
-- @include 0019_clock_day.sql
SELECT m.d12_fm_shifted, m.d24_fm_shifted, m.effective_end_shifted, coalesce(m.day > m.effective_end_shifted, false), m.r8, m.r9
FROM moment AS m
$$;
