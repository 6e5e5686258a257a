-- The box around all parks and zones.
SELECT min(ST_XMin(geom)) AS west, min(ST_YMin(geom)) AS south, max(ST_XMax(geom)) AS east, max(ST_YMax(geom)) AS north
FROM (SELECT geom FROM parks_at(:as_of, :known_at) UNION ALL SELECT geom FROM zones_at(:as_of, :known_at)) AS all_places
