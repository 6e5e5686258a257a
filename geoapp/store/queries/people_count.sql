SELECT count(*) AS people, count(*) FILTER (WHERE role = 'admin' AND disabled_at IS NULL) AS admins FROM people
