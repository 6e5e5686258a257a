-- The legal clock of each unit of a project with what it was computed from.
SELECT c.*, clock_sign(c.state, c.days_left) AS sign, u.handover_date, u.construction_start_date, u.all_items_complete_date,
       u.progress_form
FROM clock_at(:as_of, :known_at) AS c
JOIN clock_units_at(:as_of, :known_at) AS u ON u.project_id = c.project_id AND u.unit = c.unit
WHERE c.project_id = :project_id AND u.project_id = :project_id
ORDER BY natural_key(c.unit)
