SELECT sha256, ordinal, bytes, name, arrived_at IS NOT NULL AS has_arrived
FROM field_photos WHERE report_id = :id ORDER BY ordinal
