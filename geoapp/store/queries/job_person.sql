-- Who a run works for, with the rights of now, and whether they are those that it began with.
SELECT p.id, p.login, p.name, p.role, p.department, o.park_ids, coalesce(c.must_change, false) AS must_change,
       p.disabled_at IS NOT NULL AS is_disabled,
       p.role = j.role AND o.park_ids = j.park_ids AS is_unchanged
FROM jobs AS j
JOIN people AS p ON p.id = j.person_id
LEFT JOIN credentials AS c ON c.person_id = p.id
CROSS JOIN LATERAL (
    SELECT ARRAY(SELECT a.park_id FROM person_parks AS a WHERE a.person_id = p.id ORDER BY a.park_id) AS park_ids
) AS o
WHERE j.run = :run
