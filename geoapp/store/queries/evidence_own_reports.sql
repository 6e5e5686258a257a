SELECT r.id, r.announced_at, r.sent_at, r.receipt_sha256, r.case_id, r.adds_to, r.reason, park.slug AS park_slug,
       count(p.sha256) AS photo_count, count(p.arrived_at) AS arrived_count
FROM field_reports AS r LEFT JOIN parks AS park ON park.id = r.park_id LEFT JOIN field_photos AS p ON p.report_id = r.id
WHERE r.person_id = acting_person()
GROUP BY r.id, park.slug ORDER BY r.announced_at DESC LIMIT :most
