-- The plots of one project, as known at a moment: those that it holds on the day first, then those that it held.
SELECT park.slug::text AS park_slug, plot.code, t.state, t.use_code, t.area_ha AS plot_area_ha,
       link.area_ha::double precision AS link_area_ha, coalesce(link.area_ha::double precision, t.area_ha) AS area_ha,
       lower(link.valid) AS valid_from, upper(link.valid) AS valid_to, link.valid @> CAST(:as_of AS date) AS holds,
       link.quality::text AS quality, s.key AS source_key, s.title AS source_title
FROM project_plots AS pair
JOIN project_plot_versions AS link ON link.project_plot_id = pair.id AND link.recorded @> CAST(:known_at AS timestamptz)
JOIN plots AS plot ON plot.id = pair.plot_id
JOIN parks AS park ON park.id = plot.park_id
JOIN sources AS s ON s.id = link.source_id
LEFT JOIN plots_at(:as_of, :known_at) AS t ON t.plot_id = plot.id
WHERE pair.project_id = :project_id AND (lower_inf(link.valid) OR lower(link.valid) <= :as_of)
ORDER BY holds DESC, natural_key(plot.code) COLLATE "C", lower(link.valid) DESC
