-- The newest revision of each text of a version.
SELECT DISTINCT ON (t.block) t.block, t.revision, t.body, t.at, p.name AS person
FROM report_texts AS t LEFT JOIN people AS p ON p.id = t.person_id
WHERE t.version_id = :version
ORDER BY t.block, t.revision DESC
