-- Who may enter events into the land file of the project of a case; a few names.
SELECT p.name, p.department
FROM cases AS c CROSS JOIN LATERAL people_for_park('land_file_edit', c.park_id) AS p
WHERE c.id = :case_id
LIMIT 6
