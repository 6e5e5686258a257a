-- The signed papers of a version, without their bytes.
SELECT s.id, s.name, s.sha256, length(s.body) AS bytes, s.at, p.name AS person
FROM report_signed_papers AS s LEFT JOIN people AS p ON p.id = s.person_id
WHERE s.version_id = :version
ORDER BY s.id
