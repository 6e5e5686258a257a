-- One plot, with the box around it.
SELECT t.*, ST_XMin(t.geom) AS west, ST_YMin(t.geom) AS south, ST_XMax(t.geom) AS east, ST_YMax(t.geom) AS north,
       ST_X(ST_PointOnSurface(t.geom)) AS lon, ST_Y(ST_PointOnSurface(t.geom)) AS lat
FROM plots_at(:as_of, :known_at) AS t
WHERE t.plot_id = (SELECT plots.id FROM plots JOIN parks ON parks.id = plots.park_id
                   WHERE parks.slug = :park AND plots.code = :code)
