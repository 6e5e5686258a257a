-- Notes on open cases whose sign has ended, or come back: an event, never a removal.
INSERT INTO case_events (case_id, number, step, details)
SELECT k.id, k.last_number + 1, CASE WHEN k.condition_holds THEN 'condition_ended' ELSE 'condition_returned' END,
       jsonb_build_object('as_of', CAST(:as_of AS date), 'rule', c.rule, 'state', c.state)
FROM cases AS k
LEFT JOIN clock_at(:as_of, 'infinity') AS c ON c.project_id = k.project_id AND c.unit = k.unit
WHERE k.kind = 'clock' AND k.is_open AND k.as_of <= :as_of
  AND (acting_person() IS NULL OR sees_all_parks() OR k.park_id = ANY (acting_parks()))
  AND case_rule_holds(k.rule, c.rule, c.also) <> k.condition_holds
ORDER BY k.id
RETURNING case_id, step
