-- Jobs that who acts may see, newest first: some of them by number, or all.
SELECT j.id, j.kind, j.arguments, j.person_id, p.name AS person_name, j.state, j.cancel_asked, j.done, j.total, j.note, j.error,
       j.attempts, j.created_at, j.started_at, j.ended_at, rights_cover(j.role, j.park_ids) AS is_covered,
       CASE WHEN j.state = 'waiting' THEN jobs_ahead(j.run) ELSE 0 END AS ahead
FROM jobs AS j JOIN people AS p ON p.id = j.person_id
WHERE CAST(:ids AS integer[]) IS NULL OR j.id = ANY (CAST(:ids AS integer[]))
ORDER BY j.id DESC
LIMIT :most
