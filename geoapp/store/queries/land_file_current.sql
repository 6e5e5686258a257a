-- What counts in the file of a project now.
SELECT e.id, e.code, e.kind, e.happened_on, n.code AS portion
FROM land_events AS e LEFT JOIN land_portions AS n ON n.id = e.portion_id
WHERE e.project_id = :project_id AND upper_inf(e.recorded) AND NOT e.withdrawn
ORDER BY e.code
