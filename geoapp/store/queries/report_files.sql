-- The files of a version, without their bytes. is_current: made of what the version says now.
SELECT f.id, f.kind, f.sha256, f.address, f.program, length(f.body) AS bytes, f.at, p.name AS person, f.made_of = report_made_of(f.version_id) AS is_current
FROM report_files AS f LEFT JOIN people AS p ON p.id = f.person_id
WHERE f.version_id = :version
ORDER BY f.at DESC, f.kind
