-- Who a session belongs to, as long as it lasts; that it was used is noted once in a minute.
WITH used AS (
    UPDATE sessions SET seen_at = now()
    WHERE token_sha256 = :token AND seen_at < now() - interval '1 minute'
      AND seen_at > now() - make_interval(mins => :idle_minutes)
      AND began_at > now() - make_interval(mins => :most_minutes)
)
SELECT p.id, p.login, p.name, p.role, p.department, coalesce(c.must_change, false) AS must_change,
       ARRAY(SELECT o.park_id FROM person_parks AS o WHERE o.person_id = p.id ORDER BY o.park_id) AS park_ids
FROM sessions AS s
JOIN people AS p ON p.id = s.person_id AND p.disabled_at IS NULL
LEFT JOIN credentials AS c ON c.person_id = p.id
WHERE s.token_sha256 = :token AND s.seen_at > now() - make_interval(mins => :idle_minutes)
  AND s.began_at > now() - make_interval(mins => :most_minutes)
