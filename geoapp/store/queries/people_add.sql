INSERT INTO people (login, name, role, department) VALUES (:login, :name, :role, :department)
ON CONFLICT (login) DO NOTHING RETURNING id
