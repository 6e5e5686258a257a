-- Runs that ended with their worker, and count no more.
DELETE FROM procrastinate_jobs AS q
WHERE q.queue_name = 'geoapp' AND q.status <> 'todo'
  AND NOT EXISTS (SELECT FROM jobs AS j WHERE j.run = q.id AND j.ended_at IS NULL)
  AND NOT EXISTS (SELECT FROM procrastinate_workers AS w
                  WHERE w.id = q.worker_id AND w.last_heartbeat > now() - make_interval(secs => :stale_s))
