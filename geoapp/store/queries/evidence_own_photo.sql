SELECT p.sha256, p.bytes, p.name, p.arrived_at IS NOT NULL AS has_arrived
FROM field_photos AS p JOIN field_reports AS r ON r.id = p.report_id
WHERE p.report_id = :id AND p.sha256 = :sha256 AND r.person_id = acting_person()
