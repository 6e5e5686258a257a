-- A file of a run, empty at first; no row where it is not the one that counts any more.
INSERT INTO job_files (job_id, run, name, media_type, bytes, sha256)
SELECT id, run, :name, :media_type, 0, repeat('0', 64) FROM jobs WHERE run = :run AND state = 'running'
RETURNING id
