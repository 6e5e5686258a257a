-- Cases on the map, for features and for a sheet: one without land on record has no geometry.
SELECT r.id::text AS id, coalesce(r.project_name, r.park_vi) AS name, r.id AS number, r.state,
       CASE WHEN NOT r.is_open THEN 'ended' WHEN r.due_on IS NULL THEN 'none' WHEN r.due_on < current_date THEN 'over'
            WHEN r.due_on <= current_date + 30 THEN 'in_30' WHEN r.due_on <= current_date + 180 THEN 'in_180'
            ELSE 'later' END AS time,
       r.clock_state AS sign, r.due_on, r.due_on - current_date AS days_left, r.area_ha, r.assignee, r.quality,
       false AS approximate, case_land(r.id) AS geom
FROM (
    SELECT * FROM case_rows
    WHERE (CAST(:case_id AS integer) IS NULL AND is_open) OR id = :case_id
    ORDER BY due_key, id LIMIT :drawn
) AS r
