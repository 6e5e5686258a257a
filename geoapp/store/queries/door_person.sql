-- Who a name stands for at the door, with what a password is held against. Disabled people do not exist here.
SELECT p.id, p.login, p.name, p.role, p.department, c.password_hash, coalesce(c.must_change, false) AS must_change
FROM people AS p LEFT JOIN credentials AS c ON c.person_id = p.id
WHERE p.login = :login AND p.disabled_at IS NULL
