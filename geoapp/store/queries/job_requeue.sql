-- What was begun waits again, before others, as another run; whatever the old one still writes counts no more.
UPDATE jobs
SET state = 'waiting', run = queue_job(id, 1, make_interval(secs => :delay_s)), done = 0, total = 0, note = NULL,
    started_at = NULL, attempts = attempts - :forgiven
WHERE run = :run AND state IN ('waiting', 'running')
RETURNING id
