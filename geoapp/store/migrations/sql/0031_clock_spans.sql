-- What the clock says of each unit over all time, as known now. Every condition of the decision table compares the day with
-- dates, so a unit has few answers, each on days from one date to another: they are kept, and asked for by the day.

CREATE TABLE clock_spans (
    project_id integer NOT NULL,
    unit text NOT NULL,
    park_id integer,
    valid_from date NOT NULL,
    valid_to date NOT NULL CHECK (valid_to > valid_from),
    rule text, state text, also text[], missing text[], progress_end date, d12 date, d12_shifted date, d12_fm date,
    d12_fm_shifted date, d24 date, d24_shifted date, d24_fm date, d24_fm_shifted date, month13 date, month25 date,
    extension_end date, effective_end date, effective_end_shifted date, termination_end date, due_on date,
    past_unused jsonb, violations jsonb, warnings text[], area_ha double precision,
    area_in_violation_ha double precision, special_regime text, land_basis text, is_begun boolean,
    PRIMARY KEY (project_id, unit, valid_from)
);
COMMENT ON TABLE clock_spans IS 'Answers of the clock as known now, each with the days on which it holds: valid_from included, valid_to not';
CALL make_confidential('clock_spans');
CALL watch_table('clock_spans');
GRANT SELECT ON clock_spans TO geoapp_staff;
CREATE POLICY read ON clock_spans FOR SELECT TO geoapp_staff
    USING ((SELECT acting_may('read_internal'))
           AND ((SELECT sees_all_parks()) OR project_id = ANY ((SELECT acting_projects())::integer[])));

-- The answers of some projects, evaluated on every day on which one can change. That is: the days from which something on
-- record counts, and the day after each date that the table compares, as these dates stand after every decision and under every law.
CREATE FUNCTION clock_spans_of(among integer[]) RETURNS SETOF clock_spans LANGUAGE sql STABLE AS $$
WITH periods AS MATERIALIZED (
    SELECT p.* FROM clock_periods() AS p
), changes AS MATERIALIZED (
    SELECT array_agg(ROW(p.*)::clock_period) AS list FROM periods AS p HAVING count(*) > 1
), kept AS MATERIALIZED (
    SELECT row_number() OVER () AS place, s.*
    FROM unnest(among) AS p (id)
    CROSS JOIN LATERAL (SELECT v.* FROM clock_stored_versions('infinity') AS v WHERE v.project_id = p.id) AS s
), decided AS MATERIALIZED (
    SELECT k.place, d.day
    FROM kept AS k
    CROSS JOIN LATERAL (
        SELECT date '-infinity' AS day UNION SELECT k.inspection_report_date
        UNION SELECT x.decided FROM unnest(k.progress_adjustments) AS x
        UNION SELECT x.decided FROM unnest(k.fm_intervals) AS x
        UNION SELECT x.date FROM unnest(k.extension) AS x) AS d
    WHERE d.day IS NOT NULL
), compared AS (
    WITH listed AS (
        SELECT k.*, p.*, d.day FROM kept AS k JOIN decided AS d ON d.place = k.place CROSS JOIN periods AS p
    ),
    -- @include 0019_clock_known.sql
    ,
    -- @include 0019_clock_day.sql
    SELECT m.place, e.last
    FROM moment AS m
    CROSS JOIN LATERAL (VALUES (m.progress_end), (m.d12), (m.d12_shifted), (m.d12_fm_shifted), (m.d24), (m.d24_shifted),
                               (m.d24_fm_shifted), (m.effective_end), (m.effective_end_shifted)) AS e (last)
), days AS (
    SELECT d.place, d.day FROM decided AS d
    UNION SELECT c.place, c.last + 1 FROM compared AS c
    UNION SELECT k.place, e.day
    FROM kept AS k
    CROSS JOIN LATERAL (VALUES (coalesce(lower(k.valid), '-infinity')), (k.handover_date), (k.construction_start_date),
                               (k.all_items_complete_date), (k.termination_date)) AS e (day)
    UNION SELECT k.place, p.valid_from FROM kept AS k CROSS JOIN periods AS p
), listed AS (
    SELECT k.*, p.*, d.day
    FROM kept AS k
    JOIN days AS d ON d.place = k.place AND d.day >= coalesce(lower(k.valid), '-infinity') AND d.day < coalesce(upper(k.valid), 'infinity')
    JOIN periods AS p
      ON coalesce(k.rules_on, CASE WHEN EXISTS (SELECT FROM changes) THEN (
             SELECT o FROM clock_opened_under(
                 ROW(k.special_regime, k.land_basis, k.allocation_decision_date, k.handover_date, k.handover_record_no,
                     k.no_handover, k.area_ha, k.handover_area_ha, k.progress_form, k.progress_end_date, k.progress_quarter,
                     k.progress_months, k.progress_source, k.construction_start_date, k.construction_start_evidence,
                     k.all_items_complete_date, k.all_items_complete_evidence, k.inspection_decision_date,
                     k.inspection_report_date, k.extension_request_date, k.published_date, k.remedied_date,
                     k.termination_date, k.progress_adjustments, k.fm_intervals, k.delay_intervals, k.extension)::clock_unit, d.day, (SELECT list FROM changes)) AS o) END, d.day)
         BETWEEN p.valid_from AND p.valid_to - 1
),
-- @include 0019_clock_known.sql
,
-- @include 0019_clock_day.sql
,
-- @include 0019_clock_verdict.sql
, told AS (
    SELECT v.place, v.day, v.valid, v.project_id, v.unit, v.park_id,
           v.rule, v.state, v.also, v.missing, v.progress_end, v.d12, v.d12_shifted, v.d12_fm, v.d12_fm_shifted, v.d24,
           v.d24_shifted, v.d24_fm, v.d24_fm_shifted, v.month13, v.month25, v.extension_end, v.effective_end,
           v.effective_end_shifted, v.termination_end, v.due_on, v.past_unused, v.violations, v.warnings, v.area_ha,
           v.area_in_violation_ha, v.special_regime, v.land_basis, v.begun AS is_begun
    FROM verdict AS v
), marked AS (
    SELECT t.*,
           ROW(t.rule, t.state, t.also, t.missing, t.progress_end, t.d12, t.d12_shifted, t.d12_fm, t.d12_fm_shifted, t.d24,
               t.d24_shifted, t.d24_fm, t.d24_fm_shifted, t.month13, t.month25, t.extension_end, t.effective_end,
               t.effective_end_shifted, t.termination_end, t.due_on, t.past_unused, t.violations, t.warnings, t.area_ha,
               t.area_in_violation_ha, t.special_regime, t.land_basis, t.is_begun)
           IS DISTINCT FROM
           lag(ROW(t.rule, t.state, t.also, t.missing, t.progress_end, t.d12, t.d12_shifted, t.d12_fm, t.d12_fm_shifted,
                   t.d24, t.d24_shifted, t.d24_fm, t.d24_fm_shifted, t.month13, t.month25, t.extension_end, t.effective_end,
                   t.effective_end_shifted, t.termination_end, t.due_on, t.past_unused, t.violations, t.warnings, t.area_ha,
                   t.area_in_violation_ha, t.special_regime, t.land_basis, t.is_begun)) OVER (PARTITION BY t.place ORDER BY t.day)
           AS is_new
    FROM told AS t
)
SELECT n.project_id, n.unit, n.park_id, n.day,
       lead(n.day, 1, coalesce(upper(n.valid), 'infinity')) OVER (PARTITION BY n.place ORDER BY n.day),
       n.rule, n.state, n.also, n.missing, n.progress_end, n.d12, n.d12_shifted, n.d12_fm, n.d12_fm_shifted, n.d24,
       n.d24_shifted, n.d24_fm, n.d24_fm_shifted, n.month13, n.month25, n.extension_end, n.effective_end,
       n.effective_end_shifted, n.termination_end, n.due_on, n.past_unused, n.violations, n.warnings, n.area_ha,
       n.area_in_violation_ha, n.special_regime, n.land_basis, n.is_begun
FROM marked AS n WHERE n.is_new
$$;
