-- One project, its park or zone, and the box around its plots.
SELECT j.*, p.name_vi AS park_vi, p.name_en AS park_en, z.name_vi AS zone_vi, z.name_en AS zone_en,
       ST_XMin(box.geom) AS west, ST_YMin(box.geom) AS south, ST_XMax(box.geom) AS east, ST_YMax(box.geom) AS north
FROM projects_at(:as_of, :known_at) AS j
LEFT JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = j.park_id
LEFT JOIN zones_at(:as_of, :known_at) AS z ON z.slug = coalesce(j.zone_slug, p.zone_slug)
CROSS JOIN LATERAL (SELECT coalesce(j.geom, p.geom, z.geom) AS geom) AS box
WHERE j.project_id = (SELECT projects.id FROM projects WHERE projects.code = :code)
