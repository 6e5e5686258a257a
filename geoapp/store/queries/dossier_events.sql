-- The events of a case up to one of them; "computed": the hash made again of what the row says now.
SELECT e.number, e.step, e.from_state, e.to_state, e.at, e.happened_on, e.document_no, e.document_on, e.months, e.reason,
       e.note, e.details, e.sequence, e.previous_hash, e.hash,
       encode(sha256(convert_to(case_event_text(e), 'UTF8')), 'hex') AS computed, p.name AS person, a.name AS assignee
FROM case_events AS e
LEFT JOIN people AS p ON p.id = e.person_id
LEFT JOIN people AS a ON a.id = e.assignee_id
WHERE e.case_id = :case_id AND (CAST(:event AS integer) IS NULL OR e.number <= :event)
ORDER BY e.number
