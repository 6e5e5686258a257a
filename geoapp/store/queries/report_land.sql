-- Units of land by the state of the legal clock, with how much of each is in violation and the open case that it has, as it stood
-- at a moment. No person is named.
SELECT c.project_id, j.code::text AS project, v.name AS project_name, c.unit, k.slug::text AS park, k.name_vi AS park_vi,
       k.name_en AS park_en, c.rule, c.state, c.area_ha, c.area_in_violation_ha, c.due_on, c.effective_end, v.quality::text AS quality,
       s.title AS source_title,
       case_since(c.rule, c.state, c.violations, :as_of, c.d12_shifted, c.d24_shifted) AS since,
       w.law AS law_en, w.law_vi, w.mark::text AS law_mark, held.id AS case_id, held.state AS case_state
FROM clock_at(:as_of, :known_at) AS c
JOIN projects AS j ON j.id = c.project_id
JOIN project_versions AS v ON v.project_id = c.project_id
 AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
JOIN sources AS s ON s.id = v.source_id
LEFT JOIN parks_at(:as_of, :known_at) AS k ON k.park_id = c.park_id
LEFT JOIN clock_laws AS w ON w.rule = c.rule AND w.valid @> CAST(:as_of AS date)
LEFT JOIN LATERAL (
    SELECT o.id, e.to_state AS state
    FROM cases AS o
    JOIN LATERAL (
        SELECT to_state FROM case_events AS one
        WHERE one.case_id = o.id AND one.at <= CAST(:known_at AS timestamptz) ORDER BY one.number DESC LIMIT 1) AS e ON true
    WHERE o.project_id = c.project_id AND o.unit = c.unit AND o.opened_at <= CAST(:known_at AS timestamptz)
      AND e.to_state NOT IN ('dismissed', 'closed')
    ORDER BY o.id DESC LIMIT 1
) AS held ON true
WHERE may_tell_of_park(c.park_id)
ORDER BY coalesce(c.area_in_violation_ha, 0) DESC, j.code, c.unit
