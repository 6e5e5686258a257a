-- What the legal clock is computed from, taken from the land files; docs/clock.md says what the columns mean.

-- What is taken from the project or stated by the portion as one: a handover and that there was none, a progress and its changes.
CREATE FUNCTION stated_together(kind text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE kind WHEN 'no_handover' THEN 'handover' WHEN 'progress_change' THEN 'progress' ELSE kind END;
END;

-- The events that count for each unit as known at a moment, of whatever day they are. A portion takes from its project what
-- it does not state itself. Of a project with portions there are rows of a unit 'project' too: no unit asks for them.
CREATE FUNCTION unit_events_at(known_at timestamptz)
RETURNS TABLE (unit text, event_id integer, project_id integer, code text, kind text, happened_on date, from_on date,
               to_on date, document_no text, document_on date, evidence text, basis text, progress_form text,
               progress_end_on date, progress_quarter text, progress_months integer, ground text, starts_on date,
               months integer, ends_on date, area_ha double precision, paid boolean, decided_by text, report_on date,
               regime text, about text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT 'project', e.id, e.project_id, e.code, e.kind, e.happened_on, e.from_on, e.to_on, e.document_no, e.document_on,
           e.evidence, e.basis, e.progress_form, e.progress_end_on, e.progress_quarter, e.progress_months, e.ground,
           e.starts_on, e.months, e.ends_on, e.area_ha::double precision, e.paid, e.decided_by, e.report_on, e.regime, e.about
    FROM land_events AS e
    WHERE e.portion_id IS NULL AND e.recorded @> unit_events_at.known_at AND NOT e.withdrawn
    UNION ALL
    SELECT n.code, e.id, e.project_id, e.code, e.kind, e.happened_on, e.from_on, e.to_on, e.document_no, e.document_on,
           e.evidence, e.basis, e.progress_form, e.progress_end_on, e.progress_quarter, e.progress_months, e.ground,
           e.starts_on, e.months, e.ends_on,
           CASE WHEN e.portion_id IS NOT NULL OR e.kind = 'extension' THEN e.area_ha::double precision END,
           e.paid, e.decided_by, e.report_on, e.regime, e.about
    FROM land_portions AS n JOIN land_events AS e ON e.project_id = n.project_id
    WHERE (e.portion_id = n.id OR e.portion_id IS NULL AND NOT EXISTS (
              SELECT FROM land_events AS own
              WHERE own.project_id = n.project_id AND own.portion_id = n.id AND own.recorded @> unit_events_at.known_at
                AND NOT own.withdrawn AND stated_together(own.kind) = stated_together(e.kind)))
      AND e.recorded @> unit_events_at.known_at AND NOT e.withdrawn;
END;

-- Units: the portions of a project, or the project itself where it has none.
CREATE OR REPLACE FUNCTION clock_units_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH file AS (
        SELECT e.project_id, e.unit,
               (array_agg(e.regime ORDER BY e.happened_on DESC NULLS LAST, e.event_id DESC)
                   FILTER (WHERE e.kind = 'special_regime'))[1] AS regime,
               (array_agg(e.basis ORDER BY e.happened_on DESC NULLS LAST, e.event_id DESC)
                   FILTER (WHERE e.kind = 'land_basis'))[1] AS basis,
               max(e.happened_on) FILTER (WHERE e.kind = 'allocation') AS allocated,
               max(e.happened_on) FILTER (WHERE e.kind = 'handover') AS handed,
               max(e.document_no) FILTER (WHERE e.kind = 'handover') AS record_no,
               bool_or(e.kind = 'no_handover') AND NOT bool_or(e.kind = 'handover') AS not_handed,
               max(e.area_ha) FILTER (WHERE e.kind = 'handover') AS handed_ha,
               max(e.progress_form) FILTER (WHERE e.kind = 'progress') AS form,
               max(e.progress_end_on) FILTER (WHERE e.kind = 'progress') AS end_on,
               max(e.progress_quarter) FILTER (WHERE e.kind = 'progress') AS quarter,
               max(e.progress_months) FILTER (WHERE e.kind = 'progress') AS months,
               max(coalesce(e.document_no, e.evidence)) FILTER (WHERE e.kind = 'progress') AS stated_in,
               max(e.happened_on) FILTER (WHERE e.kind = 'construction_start') AS begun,
               max(coalesce(e.evidence, e.document_no)) FILTER (WHERE e.kind = 'construction_start') AS begun_proof,
               max(e.happened_on) FILTER (WHERE e.kind = 'completion') AS done,
               max(coalesce(e.evidence, e.document_no)) FILTER (WHERE e.kind = 'completion') AS done_proof,
               max(e.happened_on) FILTER (WHERE e.kind = 'check') AS checked,
               (array_agg(e.report_on ORDER BY e.happened_on DESC, e.event_id DESC)
                   FILTER (WHERE e.kind = 'check'))[1] AS reported,
               max(e.happened_on) FILTER (WHERE e.kind = 'extension_request') AS asked,
               max(e.happened_on) FILTER (WHERE e.kind = 'publication') AS published,
               max(e.happened_on) FILTER (WHERE e.kind = 'remedy') AS remedied,
               max(e.happened_on) FILTER (WHERE e.kind = 'termination') AS ended
        FROM unit_events_at(clock_units_at.known_at) AS e
        GROUP BY e.project_id, e.unit
    )
    SELECT v.project_id, coalesce(n.code, 'project'), v.park_id, NULL::date, f.regime, f.basis, f.allocated, f.handed,
           f.record_no, f.not_handed,
           CASE WHEN n.code IS NULL THEN v.land_ha::double precision ELSE n.area_ha END, f.handed_ha, f.form, f.end_on,
           f.quarter, f.months, f.stated_in, f.begun, f.begun_proof, f.done, f.done_proof, f.checked, f.reported, f.asked,
           f.published, f.remedied, f.ended
    FROM project_versions AS v
    LEFT JOIN (
        SELECT p.project_id, p.code, w.area_ha::double precision AS area_ha
        FROM land_portions AS p JOIN land_portion_versions AS w ON w.land_portion_id = p.id
        WHERE w.valid @> clock_units_at.as_of AND w.recorded @> clock_units_at.known_at
    ) AS n ON n.project_id = v.project_id
    LEFT JOIN file AS f ON f.project_id = v.project_id AND f.unit = coalesce(n.code, 'project')
    WHERE v.valid @> clock_units_at.as_of AND v.recorded @> clock_units_at.known_at;
END;

CREATE OR REPLACE FUNCTION clock_adjustments_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, decided date, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.project_id, e.unit, e.event_id, e.happened_on, e.progress_form, e.progress_end_on, e.progress_quarter,
           e.progress_months
    FROM unit_events_at(clock_adjustments_at.known_at) AS e WHERE e.kind = 'progress_change';
END;

CREATE OR REPLACE FUNCTION clock_force_majeure_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text,
               decided_by text, decided date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.project_id, e.unit, e.event_id, e.from_on, e.to_on, e.document_no, e.decided_by,
           coalesce(e.happened_on, e.document_on)
    FROM unit_events_at(clock_force_majeure_at.known_at) AS e WHERE e.kind = 'force_majeure';
END;

CREATE OR REPLACE FUNCTION clock_delays_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, from_date date, to_date date, document text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.project_id, e.unit, e.event_id, e.from_on, e.to_on, e.document_no
    FROM unit_events_at(clock_delays_at.known_at) AS e WHERE e.kind = 'authority_delay';
END;

-- Paid: as the decision says, or because a payment for it is on record.
CREATE OR REPLACE FUNCTION clock_extensions_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, ordinal integer, no text, decided date, ground text, start_date date,
               months integer, end_date date, area_ha double precision, paid boolean)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT e.project_id, e.unit, e.event_id, e.document_no, e.happened_on, e.ground, e.starts_on, e.months, e.ends_on,
           e.area_ha,
           CASE WHEN EXISTS (
               SELECT FROM land_events AS p
               WHERE p.project_id = e.project_id AND p.kind = 'payment' AND p.about = e.code AND NOT p.withdrawn
                 AND p.recorded @> clock_extensions_at.known_at) THEN true ELSE e.paid END
    FROM unit_events_at(clock_extensions_at.known_at) AS e WHERE e.kind = 'extension';
END;
