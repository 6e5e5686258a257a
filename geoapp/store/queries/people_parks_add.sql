INSERT INTO person_parks (person_id, park_id) SELECT :person_id, id FROM parks WHERE slug = ANY (CAST(:slugs AS text[]))
RETURNING park_id
