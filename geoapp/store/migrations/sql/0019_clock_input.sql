-- The legal clock: what it is computed from. One row of clock_units_at is one unit: a project without portions (unit
-- 'project'), or a portion (unit = its code) with all that it takes from its project already put in. See docs/clock.md.

-- Names as in the form in which files are evaluated, so that a line of such a file becomes one of these rows as it stands.
CREATE TYPE clock_adjustment AS (
    decided date, progress_form text, progress_end_date date, progress_quarter text, progress_months integer
);
CREATE TYPE clock_force_majeure AS ("from" date, "to" date, document text, decided_by text, decided date);
CREATE TYPE clock_delay AS ("from" date, "to" date, document text);
CREATE TYPE clock_extension AS (
    no text, date date, ground text, start date, months integer, "end" date, area_ha double precision, paid boolean
);

-- The five relations. They hold all that was known at "known_at", whatever day it speaks of: the clock itself looks only at
-- what existed on the day it judges, and it judges earlier days too. "as_of" picks the version of the project and its park.
-- They have no rows until the land files are there.
CREATE FUNCTION clock_units_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT NULL::integer, NULL::text, NULL::integer, NULL::date, NULL::text, NULL::text, NULL::date, NULL::date, NULL::text,
           NULL::boolean, NULL::double precision, NULL::double precision, NULL::text, NULL::date, NULL::text,
           NULL::integer, NULL::text, NULL::date, NULL::text, NULL::date, NULL::text, NULL::date, NULL::date, NULL::date,
           NULL::date, NULL::date, NULL::date
    WHERE false;
END;

-- Adjustments of the progress. "ordinal": the order in the file; of two decided on one day the later one holds.
CREATE FUNCTION clock_adjustments_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, decided date, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT NULL::integer, NULL::text, NULL::integer, NULL::date, NULL::text, NULL::date, NULL::text, NULL::integer
    WHERE false;
END;

-- Force majeure, both ends included. "decided_by": 'chairman' is the one that counts. "decided": empty counts always.
CREATE FUNCTION clock_force_majeure_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text,
               decided_by text, decided date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT NULL::integer, NULL::text, NULL::integer, NULL::date, NULL::date, NULL::text, NULL::text, NULL::date WHERE false;
END;

-- Delays by authorities, both ends included.
CREATE FUNCTION clock_delays_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT NULL::integer, NULL::text, NULL::integer, NULL::date, NULL::date, NULL::text WHERE false;
END;

-- Decisions on an extension. "ground": '12m' or '24m'; "end_date": as printed in the decision.
CREATE FUNCTION clock_extensions_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, no text, decided date, ground text, start_date date,
               months integer, end_date date, area_ha double precision, paid boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT NULL::integer, NULL::text, NULL::integer, NULL::text, NULL::date, NULL::text, NULL::date, NULL::integer,
           NULL::date, NULL::double precision, NULL::boolean
    WHERE false;
END;

-- One unit with all that belongs to it: what the clock is computed from, wherever it comes from.
CREATE TYPE clock_unit AS (
    special_regime text, land_basis text, allocation_decision_date date, handover_date date, handover_record_no text,
    no_handover boolean, area_ha double precision, handover_area_ha double precision, progress_form text,
    progress_end_date date, progress_quarter text, progress_months integer, progress_source text,
    construction_start_date date, construction_start_evidence text, all_items_complete_date date,
    all_items_complete_evidence text, inspection_decision_date date, inspection_report_date date,
    extension_request_date date, published_date date, remedied_date date, termination_date date,
    progress_adjustments clock_adjustment[], fm_intervals clock_force_majeure[], delay_intervals clock_delay[],
    extension clock_extension[]
);
