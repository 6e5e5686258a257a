-- The relations of the clock over a table of files, so that any file can stand where land files stand.
CREATE TABLE asked_files (project_id integer, unit text, fields jsonb);
CREATE INDEX ON asked_files (project_id);
CREATE OR REPLACE FUNCTION clock_unit_versions(known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date, valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
    SELECT a.project_id, a.unit, 1, NULL::date, f.special_regime, f.land_basis, f.allocation_decision_date, f.handover_date,
           f.handover_record_no, f.no_handover, f.area_ha, f.handover_area_ha, f.progress_form, f.progress_end_date,
           f.progress_quarter, f.progress_months, f.progress_source, f.construction_start_date, f.construction_start_evidence,
           f.all_items_complete_date, f.all_items_complete_evidence, f.inspection_decision_date, f.inspection_report_date,
           f.extension_request_date, f.published_date, f.remedied_date, f.termination_date, daterange(NULL, NULL)
    FROM asked_files AS a CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_unit, a.fields) AS f;
END;
CREATE OR REPLACE FUNCTION clock_adjustments_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, decided date, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
    SELECT a.project_id, a.unit, n.place::integer, x.*
    FROM asked_files AS a CROSS JOIN LATERAL jsonb_array_elements(a.fields -> 'progress_adjustments') WITH ORDINALITY AS n (one, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_adjustment, n.one) AS x
    WHERE jsonb_typeof(a.fields -> 'progress_adjustments') = 'array';
END;
CREATE OR REPLACE FUNCTION clock_force_majeure_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text,
               decided_by text, decided date)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
    SELECT a.project_id, a.unit, n.place::integer, x.*
    FROM asked_files AS a CROSS JOIN LATERAL jsonb_array_elements(a.fields -> 'fm_intervals') WITH ORDINALITY AS n (one, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_force_majeure, n.one) AS x
    WHERE jsonb_typeof(a.fields -> 'fm_intervals') = 'array';
END;
CREATE OR REPLACE FUNCTION clock_delays_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
    SELECT a.project_id, a.unit, n.place::integer, x.*
    FROM asked_files AS a CROSS JOIN LATERAL jsonb_array_elements(a.fields -> 'delay_intervals') WITH ORDINALITY AS n (one, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_delay, n.one) AS x
    WHERE jsonb_typeof(a.fields -> 'delay_intervals') = 'array';
END;
CREATE OR REPLACE FUNCTION clock_extensions_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, no text, decided date, ground text, start_date date,
               months integer, end_date date, area_ha double precision, paid boolean)
LANGUAGE sql STABLE PARALLEL SAFE BEGIN ATOMIC
    SELECT a.project_id, a.unit, n.place::integer, x.*
    FROM asked_files AS a CROSS JOIN LATERAL jsonb_array_elements(a.fields -> 'extension') WITH ORDINALITY AS n (one, place)
    CROSS JOIN LATERAL jsonb_populate_record(NULL::clock_extension, n.one) AS x
    WHERE jsonb_typeof(a.fields -> 'extension') = 'array';
END;
