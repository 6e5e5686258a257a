-- How far a run is; no row where it is not the one that counts any more.
UPDATE jobs SET done = :done, total = :total, note = CAST(:note AS jsonb)
WHERE run = :run AND state = 'running'
RETURNING cancel_asked
