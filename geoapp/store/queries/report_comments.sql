-- Comments on a version in their order, each with what settled it.
SELECT k.id, k.place, k.body, k.at, p.name AS person, s.id IS NOT NULL AS is_settled, s.body AS answer, s.at AS settled_at,
       q.name AS settled_by
FROM report_comments AS k
LEFT JOIN people AS p ON p.id = k.person_id
LEFT JOIN report_comments AS s ON s.settles = k.id
LEFT JOIN people AS q ON q.id = s.person_id
WHERE k.version_id = :version AND k.settles IS NULL
ORDER BY k.id
