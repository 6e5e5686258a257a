-- Units of land whose next deadline comes within some days.
SELECT c.project_id, j.code::text AS project, j.name AS project_name, c.unit, k.slug::text AS park, k.name_vi AS park_vi,
       k.name_en AS park_en, c.state, c.rule, c.due_on, c.days_left, c.area_ha, c.land_basis,
       CASE WHEN c.due_on IN (c.effective_end, c.effective_end_shifted) THEN 'effective_end'
            WHEN c.due_on = c.termination_end THEN 'termination_end'
            WHEN c.due_on IN (c.d12, c.d12_shifted, c.d12_fm, c.d12_fm_shifted) THEN 'd12'
            WHEN c.due_on = c.progress_end THEN 'progress_end'
            WHEN c.due_on IN (c.d24, c.d24_shifted, c.d24_fm, c.d24_fm_shifted) THEN 'd24' END AS deadline
FROM clock_at(:as_of, :known_at) AS c
JOIN projects_at(:as_of, :known_at) AS j ON j.project_id = c.project_id
LEFT JOIN parks_at(:as_of, :known_at) AS k ON k.park_id = c.park_id
WHERE c.days_left BETWEEN 0 AND :days
  AND (sees_all_parks() OR c.park_id = ANY (acting_parks()))
ORDER BY c.due_on, j.code, c.unit
