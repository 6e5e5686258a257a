-- Cases with their land, for a file.
SELECT r.id, r.kind, r.state, r.rule, r.clock_state, r.project, r.project_name, r.unit, r.park, r.since, r.area_ha, r.due_on,
       r.assignee, r.condition_holds, r.as_of, r.quality, case_land(r.id) AS geom
FROM case_rows AS r
WHERE (r.is_open OR :closed)
  AND (CAST(:assignee AS integer) IS NULL OR r.assignee_id = :assignee)
  AND (NOT :unassigned OR r.assignee_id IS NULL)
  AND (NOT :overdue OR r.is_overdue)
  AND (CAST(:state AS text) IS NULL OR r.state = :state)
  AND (CAST(:rule AS text) IS NULL OR r.rule = :rule)
  AND (CAST(:signal AS text) IS NULL OR (SELECT (c.project_id, c.unit) IN (
           SELECT g.project_id, g.unit FROM soft_signals_of(NULL, current_date, 'infinity') AS g WHERE g.signal = :signal)
       FROM cases AS c WHERE c.id = r.id))
  AND (CAST(:park AS text) IS NULL OR r.park = :park)
  AND (CAST(:department AS text) IS NULL OR r.department = :department)
ORDER BY r.id
LIMIT :most
