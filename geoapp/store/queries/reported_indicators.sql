-- What departments report, with the department that does on a day; none where nobody said.
SELECT i.*, d.department, d.department_basis
FROM reported_indicators AS i LEFT JOIN figure_duties_at(:as_of, :known_at) AS d ON d.indicator = i.code
ORDER BY i.ordinal
