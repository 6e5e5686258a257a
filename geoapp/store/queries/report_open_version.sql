-- A new version of the report of a period; its number follows from those that are there.
INSERT INTO report_versions (report_id, language)
SELECT id, :language FROM reports WHERE kind = :kind AND first = :first
RETURNING id
