-- Runs that nobody works on: the worker is dead, or the queue does not know them. Each is for one who looks.
SELECT j.id, j.run, j.attempts, j.state, j.cancel_asked
FROM jobs AS j
LEFT JOIN procrastinate_jobs AS q ON q.id = j.run
LEFT JOIN procrastinate_workers AS w ON w.id = q.worker_id
WHERE j.ended_at IS NULL
  AND (q.id IS NULL OR q.status NOT IN ('todo', 'doing')
       OR (q.status = 'doing' AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => :stale_s))))
ORDER BY j.id
FOR UPDATE OF j SKIP LOCKED
