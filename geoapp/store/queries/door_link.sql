UPDATE people SET issuer = :issuer, subject = :subject WHERE id = :person_id AND issuer IS NULL
