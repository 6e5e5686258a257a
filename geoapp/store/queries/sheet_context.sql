-- What the small maps in the margin of a sheet are made of: the land, coarser than on the map, and where all parks are.
SELECT (SELECT ST_AsBinary(ST_SimplifyPreserveTopology(ST_Union(geom), 0.002)) FROM land) AS land,
       (SELECT ST_AsBinary(ST_Collect(point ORDER BY slug)) FROM parks_at(:as_of, :known_at)) AS places
