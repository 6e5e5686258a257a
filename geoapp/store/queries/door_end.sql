DELETE FROM sessions WHERE token_sha256 = :token RETURNING person_id
