INSERT INTO credentials (person_id, password_hash, must_change) VALUES (:person_id, :password_hash, true)
ON CONFLICT (person_id) DO UPDATE SET password_hash = :password_hash, must_change = true, changed_at = now()
