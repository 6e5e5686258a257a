-- The current row of one event of a project, with the code of its portion.
SELECT e.*, n.code AS portion
FROM land_events AS e LEFT JOIN land_portions AS n ON n.id = e.portion_id
WHERE e.project_id = :project_id AND e.code = :code AND upper_inf(e.recorded)
