-- The next number of the file that was never used.
SELECT lpad((coalesce(max(code::bigint), 0) + 1)::text, 2, '0') AS code
FROM land_events WHERE project_id = :project_id AND code ~ '^[0-9]{1,9}$'
