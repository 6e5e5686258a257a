-- The box that the land drawn behind the layers covers.
SELECT min(ST_XMin(geom)) AS west, min(ST_YMin(geom)) AS south, max(ST_XMax(geom)) AS east, max(ST_YMax(geom)) AS north
FROM land
