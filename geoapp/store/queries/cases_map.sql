-- Cases on the map as one GeoJSON text: where a case has no land on record it is counted and not drawn.
SELECT count(*) AS matched, count(*) FILTER (WHERE land.geom IS NULL) AS without_place,
       coalesce(string_agg(json_build_object(
           'type', 'Feature', 'id', r.id::text, 'geometry', CAST(ST_AsGeoJSON(land.geom, 6) AS json),
           'properties', json_build_object(
               'name', coalesce(r.project_name, r.park_vi), 'number', r.id, 'state', r.state, 'time', CASE
                   WHEN NOT r.is_open THEN 'ended' WHEN r.due_on IS NULL THEN 'none' WHEN r.due_on < current_date THEN 'over'
                   WHEN r.due_on <= current_date + 30 THEN 'in_30' WHEN r.due_on <= current_date + 180 THEN 'in_180'
                   ELSE 'later' END, 'sign', r.clock_state,
               'due_on', r.due_on, 'days_left', r.due_on - current_date, 'area_ha', r.area_ha, 'assignee', r.assignee,
               'quality', r.quality))::text, ',' ORDER BY r.id) FILTER (WHERE land.geom IS NOT NULL), '') AS features
FROM (
    SELECT * FROM case_rows
    WHERE (CAST(:case_id AS integer) IS NULL AND is_open) OR id = :case_id
    ORDER BY due_key, id LIMIT :most
) AS r
CROSS JOIN LATERAL (SELECT case_land(r.id) AS geom) AS land
