-- The current file of a kind, byte for byte.
SELECT f.body, f.sha256, f.at
FROM report_files AS f
WHERE f.version_id = :version AND f.kind = :kind AND f.made_of = report_made_of(f.version_id)
