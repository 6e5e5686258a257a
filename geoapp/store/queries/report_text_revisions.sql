-- All revisions of one text, newest first.
SELECT t.revision, t.body, t.at, p.name AS person
FROM report_texts AS t LEFT JOIN people AS p ON p.id = t.person_id
WHERE t.version_id = :version AND t.block = :block
ORDER BY t.revision DESC
