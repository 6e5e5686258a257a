-- What is on record of one unit of land, by the names of the files of the clock.
SELECT jsonb_strip_nulls(to_jsonb(s) - ARRAY['project_id', 'unit', 'park_id', 'rules_on']) AS fields
FROM clock_stored_units(:as_of, :known_at) AS s
WHERE s.project_id = :project_id AND s.unit = :unit
