-- A worker begins a run, if it is the one that counts; with which rights, is kept.
UPDATE jobs AS j
SET state = 'running', attempts = j.attempts + 1, started_at = clock_timestamp(), done = 0, total = 0, note = NULL,
    role = p.role,
    park_ids = ARRAY(SELECT o.park_id FROM person_parks AS o WHERE o.person_id = p.id ORDER BY o.park_id)
FROM people AS p
WHERE j.run = :run AND j.state = 'waiting' AND p.id = j.person_id
RETURNING j.id, j.run, j.person_id, j.kind, j.arguments, j.language, j.attempts
