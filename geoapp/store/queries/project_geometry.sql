-- The plots that one project holds, as one outline; no geometry where it holds none. It is surveyed where all of them are.
SELECT ST_AsGeoJSON(ST_Multi(ST_Union(plot.geom ORDER BY plot.plot_id)), 6) AS geometry, bool_or(plot.approximate) AS approximate
FROM projects AS p
JOIN project_versions AS v ON v.project_id = p.id
 AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
LEFT JOIN project_plots AS pair ON pair.project_id = p.id
LEFT JOIN project_plot_versions AS link ON link.project_plot_id = pair.id
 AND link.valid @> CAST(:as_of AS date) AND link.recorded @> CAST(:known_at AS timestamptz)
LEFT JOIN plots_at(:as_of, :known_at) AS plot ON plot.plot_id = pair.plot_id AND link.id IS NOT NULL
WHERE p.code = :code
GROUP BY p.id
