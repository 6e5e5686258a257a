-- The plots of a case as of a day, as known at a moment.
SELECT t.plot_id, t.code, t.area_ha, t.state, t.approximate, t.quality, ST_AsBinary(t.geom) AS geom
FROM plots_at(:as_of, :known_at) AS t
WHERE t.plot_id = ANY (ARRAY(SELECT plot_id FROM case_plots WHERE case_id = :case_id))
ORDER BY natural_key(t.code)
