SELECT media_type, name FROM field_photos WHERE sha256 = :sha256 AND arrived_at IS NOT NULL LIMIT 1
