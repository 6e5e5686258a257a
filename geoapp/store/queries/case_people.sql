-- Who can be given cases.
SELECT p.id, p.login, p.name, p.department
FROM people AS p JOIN role_permissions AS r ON r.role = p.role AND r.permission = 'case_work'
WHERE p.disabled_at IS NULL
ORDER BY p.name, p.id
