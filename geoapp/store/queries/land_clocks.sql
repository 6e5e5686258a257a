-- The legal clock of each unit of a project with what it was computed from, and the law that its state rests on.
SELECT c.*, clock_sign(c.state, c.days_left) AS sign, u.handover_date, u.construction_start_date, u.all_items_complete_date,
       u.progress_form, w.law AS law_en, w.law_vi, w.mark::text AS law_mark
FROM clock_at(:as_of, :known_at) AS c
JOIN clock_units_at(:as_of, :known_at) AS u ON u.project_id = c.project_id AND u.unit = c.unit
LEFT JOIN clock_laws AS w ON w.rule = c.rule AND w.valid @> CAST(:as_of AS date)
WHERE c.project_id = :project_id AND u.project_id = :project_id AND may_tell_of_park(c.park_id)
ORDER BY natural_key(c.unit)
