-- Everybody, with the parks that each is held to; what nobody else than an administrator learns.
SELECT p.id, p.login, p.name, p.role, p.department, p.created_at, p.disabled_at, p.issuer IS NOT NULL AS is_linked,
       c.person_id IS NOT NULL AS has_password, coalesce(c.must_change, false) AS must_change,
       ARRAY(SELECT k.slug::text FROM person_parks AS o JOIN parks AS k ON k.id = o.park_id
             WHERE o.person_id = p.id ORDER BY k.slug) AS parks
FROM people AS p LEFT JOIN credentials AS c ON c.person_id = p.id
WHERE CAST(:login AS text) IS NULL OR p.login = :login
ORDER BY p.disabled_at IS NOT NULL, p.login
