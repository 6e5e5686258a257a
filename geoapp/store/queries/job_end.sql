-- A run has ended, if it is the one that counts. It is done only with the rights that it began with.
UPDATE jobs AS j
SET state = CAST(:state AS text), error = CAST(:error AS jsonb), ended_at = clock_timestamp(), note = NULL,
    done = CASE WHEN CAST(:state AS text) = 'done' THEN j.total ELSE j.done END
FROM people AS p
WHERE j.run = :run AND j.state IN ('running', 'waiting') AND p.id = j.person_id
  AND (CAST(:state AS text) <> 'done' OR (
      p.disabled_at IS NULL AND NOT j.cancel_asked AND p.role = j.role
      AND j.park_ids = ARRAY(SELECT o.park_id FROM person_parks AS o WHERE o.person_id = p.id ORDER BY o.park_id)))
RETURNING j.id
