DELETE FROM person_parks WHERE person_id = :person_id
