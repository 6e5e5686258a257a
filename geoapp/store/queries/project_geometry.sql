-- The plots that one project holds, as one outline; no geometry where it holds none.
SELECT ST_AsGeoJSON(j.geom, 6) AS geometry, true AS approximate
FROM projects_at(:as_of, :known_at) AS j
WHERE j.project_id = (SELECT projects.id FROM projects WHERE projects.code = :code)
