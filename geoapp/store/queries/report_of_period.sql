-- The versions of the report of a period, newest first.
SELECT v.id, v.number, v.state, v.language, v.document_no, v.signed_on
FROM reports AS r JOIN report_versions AS v ON v.report_id = r.id
WHERE r.kind = :kind AND r.first = :first
ORDER BY v.number DESC
