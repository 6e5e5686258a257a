-- What the clock is computed from, with the days on which it is so: the parks and areas of a unit change, its events do not.

-- Units as known at a moment, a row for each time in which the version of the project and that of the portion are the same.
CREATE FUNCTION clock_unit_versions(known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date,
               valid daterange)
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
        FROM unit_events_at(clock_unit_versions.known_at) AS e
        GROUP BY e.project_id, e.unit
    ), portion AS (
        SELECT p.project_id, p.code, w.area_ha::double precision AS area_ha, w.valid
        FROM land_portions AS p JOIN land_portion_versions AS w ON w.land_portion_id = p.id
        WHERE w.recorded @> clock_unit_versions.known_at
    ), unit AS (
        -- The project itself on the days on which it has no portions.
        SELECT v.project_id, 'project' AS unit, v.park_id, v.land_ha::double precision AS area_ha, own.valid
        FROM project_versions AS v
        LEFT JOIN (SELECT n.project_id, range_agg(n.valid) AS valid FROM portion AS n GROUP BY n.project_id) AS taken
          ON taken.project_id = v.project_id
        CROSS JOIN LATERAL unnest(datemultirange(v.valid) - coalesce(taken.valid, datemultirange())) AS own (valid)
        WHERE v.recorded @> clock_unit_versions.known_at
        UNION ALL
        SELECT v.project_id, n.code, v.park_id, n.area_ha, v.valid * n.valid
        FROM project_versions AS v JOIN portion AS n ON n.project_id = v.project_id AND n.valid && v.valid
        WHERE v.recorded @> clock_unit_versions.known_at
    )
    SELECT n.project_id, n.unit, n.park_id, NULL::date, f.regime, f.basis, f.allocated, f.handed, f.record_no, f.not_handed,
           n.area_ha, f.handed_ha, f.form, f.end_on, f.quarter, f.months, f.stated_in, f.begun, f.begun_proof, f.done,
           f.done_proof, f.checked, f.reported, f.asked, f.published, f.remedied, f.ended, n.valid
    FROM unit AS n LEFT JOIN file AS f ON f.project_id = n.project_id AND f.unit = n.unit;
END;

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
    SELECT v.project_id, v.unit, v.park_id, v.rules_on, v.special_regime, v.land_basis, v.allocation_decision_date,
           v.handover_date, v.handover_record_no, v.no_handover, v.area_ha, v.handover_area_ha, v.progress_form,
           v.progress_end_date, v.progress_quarter, v.progress_months, v.progress_source, v.construction_start_date,
           v.construction_start_evidence, v.all_items_complete_date, v.all_items_complete_evidence,
           v.inspection_decision_date, v.inspection_report_date, v.extension_request_date, v.published_date,
           v.remedied_date, v.termination_date
    FROM clock_unit_versions(clock_units_at.known_at) AS v WHERE v.valid @> clock_units_at.as_of;
END;

-- The same with all that belongs to a unit. What was decided is the same whatever day picks the version.
CREATE FUNCTION clock_stored_versions(known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, rules_on date, special_regime text, land_basis text,
               allocation_decision_date date, handover_date date, handover_record_no text, no_handover boolean,
               area_ha double precision, handover_area_ha double precision, progress_form text, progress_end_date date,
               progress_quarter text, progress_months integer, progress_source text, construction_start_date date,
               construction_start_evidence text, all_items_complete_date date, all_items_complete_evidence text,
               inspection_decision_date date, inspection_report_date date, extension_request_date date,
               published_date date, remedied_date date, termination_date date, progress_adjustments clock_adjustment[],
               fm_intervals clock_force_majeure[], delay_intervals clock_delay[], extension clock_extension[], valid daterange)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT u.project_id, u.unit, u.park_id, u.rules_on, u.special_regime, u.land_basis, u.allocation_decision_date,
           u.handover_date, u.handover_record_no, u.no_handover, u.area_ha, u.handover_area_ha, u.progress_form,
           u.progress_end_date, u.progress_quarter, u.progress_months, u.progress_source, u.construction_start_date,
           u.construction_start_evidence, u.all_items_complete_date, u.all_items_complete_evidence,
           u.inspection_decision_date, u.inspection_report_date, u.extension_request_date, u.published_date,
           u.remedied_date, u.termination_date, a.list, f.list, d.list, x.list, u.valid
    FROM clock_unit_versions(clock_stored_versions.known_at) AS u
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.decided, n.progress_form, n.progress_end_date, n.progress_quarter,
                             n.progress_months)::clock_adjustment ORDER BY n.decided NULLS FIRST, n.ordinal) AS list
        FROM clock_adjustments_at(date '-infinity', clock_stored_versions.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS a ON a.project_id = u.project_id AND a.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.from_date, n.to_date, n.document, n.decided_by, n.decided)::clock_force_majeure) AS list
        FROM clock_force_majeure_at(date '-infinity', clock_stored_versions.known_at) AS n
        GROUP BY n.project_id, n.unit
    ) AS f ON f.project_id = u.project_id AND f.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit, array_agg(ROW(n.from_date, n.to_date, n.document)::clock_delay) AS list
        FROM clock_delays_at(date '-infinity', clock_stored_versions.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS d ON d.project_id = u.project_id AND d.unit = u.unit
    LEFT JOIN (
        SELECT n.project_id, n.unit,
               array_agg(ROW(n.no, n.decided, n.ground, n.start_date, n.months, n.end_date, n.area_ha,
                             n.paid)::clock_extension ORDER BY n.ordinal) AS list
        FROM clock_extensions_at(date '-infinity', clock_stored_versions.known_at) AS n GROUP BY n.project_id, n.unit
    ) AS x ON x.project_id = u.project_id AND x.unit = u.unit;
END;
