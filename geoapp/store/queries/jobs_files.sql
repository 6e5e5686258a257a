-- Files of jobs that who acts may take.
SELECT id, job_id, name, media_type, bytes, sha256
FROM job_files
WHERE job_id = ANY (CAST(:ids AS integer[])) AND (CAST(:name AS text) IS NULL OR name = :name)
ORDER BY job_id, name
