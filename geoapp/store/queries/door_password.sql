UPDATE credentials SET password_hash = :password_hash, must_change = false, changed_at = now() WHERE person_id = :person_id
