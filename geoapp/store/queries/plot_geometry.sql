-- The outline of one plot.
SELECT ST_AsGeoJSON(t.geom, 6) AS geometry, t.approximate
FROM plots_at(:as_of, :known_at) AS t
WHERE t.plot_id = (SELECT plots.id FROM plots JOIN parks ON parks.id = plots.park_id
                   WHERE parks.slug = :park AND plots.code = :code)
