-- The log, the newest first, from before a row on; of one person or one kind of action where that is asked for.
SELECT l.id, l.at, l.person_id, p.login, p.name, l.action, l.subject, l.details
FROM audit_log AS l LEFT JOIN people AS p ON p.id = l.person_id
WHERE (CAST(:before AS bigint) IS NULL OR l.id < :before)
  AND (CAST(:login AS text) IS NULL OR p.login = :login)
  AND (CAST(:action AS text) IS NULL OR l.action = :action OR starts_with(l.action, :action || '.'))
ORDER BY l.id DESC LIMIT :most + 1
