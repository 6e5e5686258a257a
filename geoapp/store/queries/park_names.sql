-- Every name by which a park is known.
SELECT p.id AS park_id, p.slug, p.slug AS name FROM parks AS p
UNION SELECT p.id, p.slug, v.name_vi FROM parks AS p JOIN park_versions AS v ON v.park_id = p.id WHERE upper_inf(v.recorded)
UNION SELECT p.id, p.slug, v.name_en FROM parks AS p JOIN park_versions AS v ON v.park_id = p.id WHERE upper_inf(v.recorded)
UNION SELECT p.id, p.slug, a.alias FROM park_aliases AS a JOIN parks AS p ON p.id = a.park_id
