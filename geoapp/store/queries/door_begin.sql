INSERT INTO sessions (token_sha256, person_id) VALUES (:token, :person_id)
