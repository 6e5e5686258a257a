-- A province of synthetic units: every second a portion, a fifth with extensions, a tenth each with force majeure, delays and
-- adjusted progress; all states of the decision table occur. %(units)s of them, the same ones on every run.
CREATE SCHEMA IF NOT EXISTS bench_clock;
DROP TABLE IF EXISTS bench_clock.units, bench_clock.adjustments, bench_clock.force_majeure, bench_clock.delays,
                     bench_clock.extensions;
CREATE TABLE bench_clock.units AS
SELECT n AS project_id, CASE WHEN n %% 2 = 0 THEN 'project' ELSE 'A' END AS unit, n %% 45 AS park_id, NULL::date AS rules_on,
       CASE WHEN r.a < 0.02 THEN 'lấn biển' END AS special_regime, 'lease' AS land_basis,
       d.handover - 60 AS allocation_decision_date, CASE WHEN r.b > 0.05 THEN d.handover END AS handover_date,
       'BB-' || n AS handover_record_no, r.b < 0.01 AS no_handover, 1 + 20 * r.c AS area_ha, 1 + 19 * r.c AS handover_area_ha,
       CASE WHEN r.d < 0.7 THEN 'date' WHEN r.d < 0.85 THEN 'quarter' ELSE 'months_from_handover' END AS progress_form,
       CASE WHEN r.d < 0.65 THEN d.handover + 200 + (1200 * r.e)::integer END AS progress_end_date,
       CASE WHEN r.d BETWEEN 0.7 AND 0.85 THEN to_char(d.handover + 500, 'YYYY-"Q"Q') END AS progress_quarter,
       CASE WHEN r.d > 0.85 THEN 12 + (36 * r.e)::integer END AS progress_months, 'GCNĐKĐT' AS progress_source,
       CASE WHEN r.f > 0.3 THEN d.handover + (700 * r.g)::integer END AS construction_start_date,
       CASE WHEN r.f > 0.35 THEN 'ảnh' END AS construction_start_evidence,
       CASE WHEN r.h > 0.7 THEN d.handover + 800 + (900 * r.g)::integer END AS all_items_complete_date,
       CASE WHEN r.h > 0.75 THEN 'biên bản' END AS all_items_complete_evidence, NULL::date AS inspection_decision_date,
       CASE WHEN r.a > 0.9 THEN date '2026-03-01' + (200 * r.b)::integer END AS inspection_report_date,
       NULL::date AS extension_request_date, NULL::date AS published_date, NULL::date AS remedied_date,
       CASE WHEN r.a BETWEEN 0.02 AND 0.04 THEN date '2026-01-10' END AS termination_date
FROM generate_series(1, %(units)s) AS n
CROSS JOIN LATERAL (
    SELECT hashint4(n) / 4294967296.0::float8 + 0.5 AS a, hashint4(n + 1000000000) / 4294967296.0::float8 + 0.5 AS b,
           hashint4(n * 2) / 4294967296.0::float8 + 0.5 AS c, hashint4(-n) / 4294967296.0::float8 + 0.5 AS d,
           hashint4(-n * 2) / 4294967296.0::float8 + 0.5 AS e, hashint4(n + 500000000) / 4294967296.0::float8 + 0.5 AS f,
           hashint4(n + 1500000000) / 4294967296.0::float8 + 0.5 AS g,
           hashint4(-n - 500000000) / 4294967296.0::float8 + 0.5 AS h) AS r
CROSS JOIN LATERAL (SELECT date '2021-01-04' + (1900 * r.g)::integer AS handover) AS d;
CREATE TABLE bench_clock.adjustments AS
SELECT project_id, unit, o AS ordinal, handover_date + 100 * o AS decided, 'date' AS progress_form,
       handover_date + 600 + 100 * o AS progress_end_date, NULL::text AS progress_quarter, NULL::integer AS progress_months
FROM bench_clock.units CROSS JOIN generate_series(1, 2) AS o WHERE project_id %% 10 = 3;
CREATE TABLE bench_clock.force_majeure AS
SELECT project_id, unit, o AS ordinal, handover_date + 200 * o AS from_date, handover_date + 220 * o AS to_date,
       'QĐ' || o AS document, 'chairman' AS decided_by, NULL::date AS decided
FROM bench_clock.units CROSS JOIN generate_series(1, 2) AS o WHERE project_id %% 10 = 4 AND handover_date IS NOT NULL;
CREATE TABLE bench_clock.delays AS
SELECT project_id, unit, o AS ordinal, handover_date + 150 * o AS from_date, handover_date + 170 * o AS to_date,
       'CV' || o AS document
FROM bench_clock.units CROSS JOIN generate_series(1, 2) AS o WHERE project_id %% 10 = 5 AND handover_date IS NOT NULL;
CREATE TABLE bench_clock.extensions AS
SELECT project_id, unit, 1 AS ordinal, 'QĐ-' || project_id AS no, date '2025-10-01' + project_id %% 300 AS decided,
       CASE WHEN project_id %% 2 = 0 THEN '12m' ELSE '24m' END AS ground, NULL::date AS start_date, 12 AS months,
       NULL::date AS end_date, area_ha, true AS paid
FROM bench_clock.units WHERE project_id %% 5 = 1;
CREATE INDEX ON bench_clock.units (project_id);
CREATE INDEX ON bench_clock.adjustments (project_id);
CREATE INDEX ON bench_clock.force_majeure (project_id);
CREATE INDEX ON bench_clock.delays (project_id);
CREATE INDEX ON bench_clock.extensions (project_id);
ANALYZE bench_clock.units, bench_clock.adjustments, bench_clock.force_majeure, bench_clock.delays, bench_clock.extensions;

CREATE OR REPLACE FUNCTION clock_unit_versions(known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT u.*, daterange(NULL, NULL) FROM bench_clock.units AS u; END;
CREATE OR REPLACE FUNCTION clock_adjustments_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, decided date, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT * FROM bench_clock.adjustments; END;
CREATE OR REPLACE FUNCTION clock_force_majeure_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text,
               decided_by text, decided date)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT * FROM bench_clock.force_majeure; END;
CREATE OR REPLACE FUNCTION clock_delays_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT * FROM bench_clock.delays; END;
CREATE OR REPLACE FUNCTION clock_extensions_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, no text, decided date, ground text, start_date date,
               months integer, end_date date, area_ha double precision, paid boolean)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC SELECT * FROM bench_clock.extensions; END;
