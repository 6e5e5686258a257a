SELECT r.id, r.person_id, r.park_id, r.reason, r.note, r.observed_on, r.announced_sha256, r.announced_at, r.sent_at,
       r.receipt_sha256, r.case_id, r.adds_to, park.slug AS park_slug, p.name AS person_name
FROM field_reports AS r LEFT JOIN parks AS park ON park.id = r.park_id JOIN people AS p ON p.id = r.person_id
WHERE r.id = :id
