-- What is to be done about a unit on a day: rows D1-D9 of the decision table, early warnings, and the view of practice.

-- One row a duty. "due_on": its last day, where the law sets one. "details": what the duty is about. Duties of a text that was
-- not in force on the day are not there.
CREATE FUNCTION clock_duties_at(as_of date, known_at timestamptz)
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
), extended AS (
    SELECT x.project_id, x.unit, bool_and(coalesce(x.paid, false)) AS is_paid, sum(x.months)::integer AS months
    FROM clock_extensions_at(as_of, known_at) AS x WHERE x.decided <= as_of GROUP BY x.project_id, x.unit
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

-- Deadlines that come within the days of early warning: the earliest warning that has begun. Deadlines as they are shown,
-- without the shift.
CREATE FUNCTION clock_warnings_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, deadline text, due_on date, days_left integer, warned integer,
               area_ha double precision)
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT c.project_id, c.unit, c.park_id, one.deadline, one.day, one.day - as_of, min(w.days), c.area_ha
    FROM clock_at(as_of, known_at) AS c
    CROSS JOIN LATERAL (
        VALUES ('d12', CASE WHEN c.rule IN ('R11', 'R12b') AND NOT c.is_begun THEN c.d12 END),
               ('progress_end', CASE WHEN c.rule = 'R12b' THEN c.progress_end END),
               ('d24', CASE WHEN c.rule IN ('R11', 'R12b') THEN c.d24 END),
               ('extension', CASE WHEN c.rule = 'R7' THEN c.effective_end END)) AS one (deadline, day)
    JOIN clock_warning_days AS w ON w.deadline = one.deadline AND one.day - as_of BETWEEN 0 AND w.days
    GROUP BY c.project_id, c.unit, c.park_id, one.deadline, one.day, c.area_ha
$$;

-- How boards in practice sort late projects: under 12, under 24, over 24 months behind the progress. A choice of the product,
-- beside the legal view.
CREATE FUNCTION clock_practice_at(as_of date, known_at timestamptz)
RETURNS TABLE (project_id integer, unit text, park_id integer, state text, months_late integer, lateness text)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.project_id, c.unit, c.park_id, c.state, late.months,
           CASE WHEN late.months < 12 THEN 'under_12' WHEN late.months < 24 THEN 'under_24' ELSE 'over_24' END
    FROM clock_at(clock_practice_at.as_of, clock_practice_at.known_at) AS c
    CROSS JOIN LATERAL (
        SELECT (12 * extract(year FROM age(clock_practice_at.as_of, c.progress_end))
                + extract(month FROM age(clock_practice_at.as_of, c.progress_end)))::integer AS months) AS late
    WHERE c.progress_end < clock_practice_at.as_of
      AND c.rule IN ('R6', 'R7', 'R8', 'R9', 'R10', 'R11');
END;

-- The extra amount for an extension in VND (since 31/01/2026): area × price at the date of the decision × rate × months / 12.
-- Args: rate - 2 % of the price of land with land levy; of leased land the rate in per cent that the province fixes.
-- A broken month of 15 days or more counts as one, fewer days are not counted.
CREATE FUNCTION clock_extra_amount(area_m2 double precision, price_vnd_m2 numeric, rate_percent numeric, first_day date,
                                   last_day date)
RETURNS TABLE (months integer, amount_vnd numeric) LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT whole.months, round(clock_extra_amount.area_m2::numeric * clock_extra_amount.price_vnd_m2
                               * clock_extra_amount.rate_percent / 100 * whole.months / 12)
    FROM (SELECT (12 * extract(year FROM span) + extract(month FROM span)
                  + CASE WHEN extract(day FROM span) >= 15 THEN 1 ELSE 0 END)::integer AS months
          FROM age(clock_extra_amount.last_day + 1, clock_extra_amount.first_day) AS span) AS whole;
END;
