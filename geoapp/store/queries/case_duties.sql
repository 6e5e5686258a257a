-- What the decision table asks to be done about the unit of a case.
SELECT d.duty, d.due_on, d.details, d.law
FROM clock_duties_at(:as_of, :known_at) AS d WHERE d.project_id = :project_id AND d.unit = :unit
ORDER BY d.duty
