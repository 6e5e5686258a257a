-- A page of the work list by due, after the last row of the page before. What is null asks for nothing.
WITH page AS MATERIALIZED (
    SELECT c.id
    FROM cases AS c
    WHERE (c.is_open OR :closed)
      AND (CAST(:after_key AS text) IS NULL OR (c.due_key, c.id) > (CAST(:after_key AS date), CAST(:after_id AS integer)))
      AND (CAST(:assignee AS integer) IS NULL OR c.assignee_id = :assignee)
      AND (NOT :unassigned OR c.assignee_id IS NULL)
      AND (NOT :overdue OR (c.is_open AND c.due_on < current_date))
      AND (CAST(:state AS text) IS NULL OR c.state = :state)
      AND (CAST(:rule AS text) IS NULL OR c.rule = :rule)
      AND (CAST(:signal AS text) IS NULL OR (c.project_id, c.unit) IN (
               SELECT g.project_id, g.unit FROM soft_signals_of(NULL, current_date, 'infinity') AS g WHERE g.signal = :signal))
      AND (CAST(:park AS text) IS NULL OR c.park_id = (SELECT id FROM parks WHERE slug = :park))
      AND (CAST(:department AS text) IS NULL
           OR c.assignee_id IN (SELECT id FROM people WHERE department = :department))
    ORDER BY c.due_key, c.id
    LIMIT :most
)
SELECT r.*, CAST(r.due_key AS text) AS key_told
FROM page JOIN case_rows AS r ON r.id = page.id
ORDER BY r.due_key, r.id
