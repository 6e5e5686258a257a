-- The duties of one project, or of all: the page of a case asks for one and must not wait for the others.

-- As clock_duties_at. Args: among - a project, null for all.
CREATE FUNCTION clock_duties_of(among integer, as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, duty text, due_on date, details jsonb, law text, law_vi text,
               mark text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
WITH unit AS (
    SELECT c.*, u.handover_area_ha, u.allocation_decision_date, u.handover_date, u.no_handover, u.inspection_decision_date,
           CASE WHEN u.inspection_report_date <= as_of THEN u.inspection_report_date END AS reported,
           CASE WHEN u.extension_request_date <= as_of THEN u.extension_request_date END AS requested,
           CASE WHEN u.published_date <= as_of THEN u.published_date END AS published,
           CASE WHEN u.remedied_date <= as_of THEN u.remedied_date END AS remedied,
           c.rule IN ('R8', 'R9') AS violates
    FROM clock_at(as_of, known_at) AS c
    JOIN clock_units_at(as_of, known_at) AS u ON u.project_id = c.project_id AND u.unit = c.unit
    WHERE (among IS NULL OR c.project_id = among) AND (among IS NULL OR u.project_id = among)
), extended AS (
    SELECT x.project_id, x.unit, bool_and(coalesce(x.paid, false)) AS is_paid, sum(x.months)::integer AS months
    FROM clock_extensions_at(as_of, known_at) AS x
    WHERE x.decided <= as_of AND (among IS NULL OR x.project_id = among)
    GROUP BY x.project_id, x.unit
), threshold AS (
    SELECT max(t.value) FILTER (WHERE t.key = 'decision_days') AS decision_days,
           max(t.value) FILTER (WHERE t.key = 'list_days') AS list_days,
           max(t.value) FILTER (WHERE t.key = 'extension_months') AS extension_months
    FROM clock_thresholds AS t WHERE t.valid @> as_of
), duty AS (
    SELECT u.project_id, u.unit, u.park_id, 'D1' AS duty, NULL::date AS due_on,
           jsonb_build_object('fields', to_jsonb(gap.fields)) AS details
    FROM unit AS u
    CROSS JOIN LATERAL (
        SELECT array_remove(ARRAY[
            CASE WHEN u.land_basis IS NULL THEN 'land_basis' END,
            CASE WHEN u.allocation_decision_date IS NULL THEN 'allocation_decision_date' END,
            CASE WHEN u.handover_date IS NULL AND u.no_handover IS NOT TRUE THEN 'handover_date' END,
            CASE WHEN u.handover_area_ha IS NULL AND u.no_handover IS NOT TRUE THEN 'handover_area_ha' END,
            CASE WHEN u.progress_end IS NULL THEN 'progress_end_date' END,
            CASE WHEN 'extension_end' = ANY (u.missing) THEN 'extension_end' END], NULL) AS fields) AS gap
    WHERE gap.fields <> '{}'
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D2', NULL, '{}' FROM unit AS u
    WHERE u.land_basis = 'sublease' AND u.rule IN ('R6', 'R8', 'R9', 'R10', 'R11')
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D3', NULL, '{}' FROM unit AS u
    WHERE u.violates AND u.reported IS NULL AND (u.inspection_decision_date <= as_of) IS NOT TRUE
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D4', u.reported + t.decision_days,
           jsonb_build_object('reported', u.reported, 'requested', u.requested, 'most_months', t.extension_months,
                              'starts', CASE WHEN u.reported > CASE u.rule WHEN 'R8' THEN u.d24 ELSE u.d12 END
                                             THEN 'decision' WHEN u.rule = 'R8' THEN u.month25::text
                                             ELSE u.month13::text END)
    FROM unit AS u CROSS JOIN threshold AS t
    WHERE u.violates AND u.reported IS NOT NULL AND u.requested IS NOT NULL
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D5', NULL, jsonb_build_object('reported', u.reported) FROM unit AS u
    WHERE u.violates AND u.reported IS NOT NULL AND u.requested IS NULL
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D6', clock_add_working_days(told.on_day, t.list_days),
           jsonb_build_object('document', told.what, 'dated', told.on_day)
    FROM unit AS u CROSS JOIN threshold AS t
    CROSS JOIN LATERAL (VALUES ('violation', u.reported, u.violates OR u.rule = 'R6'),
                               ('remedy', u.remedied, true)) AS told (what, on_day, applies)
    WHERE told.applies AND told.on_day IS NOT NULL AND (u.published >= told.on_day) IS NOT TRUE
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D7', u.effective_end,
           jsonb_build_object('paid', x.is_paid, 'months', x.months, 'over_limit', 'extension_over_limit' = ANY (u.warnings))
    FROM unit AS u JOIN extended AS x ON x.project_id = u.project_id AND x.unit = u.unit
    WHERE u.rule = 'R7' AND (NOT x.is_paid OR 'extension_over_limit' = ANY (u.warnings))
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D8', NULL, jsonb_build_object('may_propose', u.land_basis IS DISTINCT FROM 'sublease')
    FROM unit AS u WHERE u.rule = 'R6'
    UNION ALL
    SELECT u.project_id, u.unit, u.park_id, 'D9', u.d24, '{}' FROM unit AS u WHERE u.rule = 'R11'
)
SELECT d.project_id, d.unit, d.park_id, d.duty, d.due_on, d.details, w.law, w.law_vi, w.mark::text
FROM duty AS d
JOIN clock_laws AS w ON w.rule = d.duty AND w.valid @> as_of
$$;

CREATE OR REPLACE FUNCTION clock_duties_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, duty text, due_on date, details jsonb, law text, law_vi text,
               mark text)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT d.* FROM clock_duties_of(NULL, as_of, known_at) AS d
$$;
