-- What happened to a case as known at a moment, oldest first.
SELECT e.number, e.step, e.from_state, e.to_state, e.at, e.happened_on, e.document_no, e.document_on, e.months, e.reason,
       e.note, e.details, e.sequence, e.hash, p.name AS person, p.login, a.name AS assignee, a.login AS assignee_login,
       l.law_vi, l.law_en, l.mark
FROM case_events AS e
JOIN case_life AS l ON l.id = e.life_id
LEFT JOIN people AS p ON p.id = e.person_id
LEFT JOIN people AS a ON a.id = e.assignee_id
WHERE e.case_id = :case_id AND e.number > :after AND e.at <= :known_at
ORDER BY e.number
