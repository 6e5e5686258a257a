-- Departments of those who can be given cases.
SELECT DISTINCT p.department
FROM people AS p JOIN role_permissions AS r ON r.role = p.role AND r.permission = 'case_work'
WHERE p.department IS NOT NULL AND p.disabled_at IS NULL
ORDER BY p.department
