-- Units of land whose clock cannot be computed, with the fields that are missing and the departments that they concern.
SELECT c.project_id, j.code::text AS project, j.name AS project_name, c.unit, k.slug::text AS park, k.name_vi AS park_vi,
       k.name_en AS park_en, c.missing, c.area_ha, departments_of_park(c.park_id) AS departments
FROM clock_at(:as_of, :known_at) AS c
JOIN projects_at(:as_of, :known_at) AS j ON j.project_id = c.project_id
LEFT JOIN parks_at(:as_of, :known_at) AS k ON k.park_id = c.park_id
WHERE c.state = 'DATA_GAP' AND (sees_all_parks() OR c.park_id = ANY (acting_parks()))
ORDER BY k.slug NULLS LAST, j.code, c.unit
