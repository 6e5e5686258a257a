-- What happened to a version, oldest first.
SELECT e.sequence, e.number, e.step, e.from_state, e.to_state, e.at, p.name AS person, e.document_no, e.signed_on, e.signer,
       e.note, e.seal, e.hash
FROM report_events AS e LEFT JOIN people AS p ON p.id = e.person_id
WHERE e.version_id = :version
ORDER BY e.number
