UPDATE people SET name = :name, role = :role, department = :department WHERE id = :person_id
