-- The projects that ever held one plot, as known at a moment; those of the day that is shown first.
SELECT p.code, v.name, v.investor, v.state, v.sector, v.quality::text AS quality, link.area_ha::double precision AS area_ha,
       lower(link.valid) AS valid_from, upper(link.valid) AS valid_to, link.valid @> CAST(:as_of AS date) AS holds,
       link.quality::text AS link_quality, s.key AS source_key, s.title AS source_title
FROM project_plots AS pair
JOIN project_plot_versions AS link ON link.project_plot_id = pair.id AND link.recorded @> CAST(:known_at AS timestamptz)
JOIN projects AS p ON p.id = pair.project_id
JOIN project_versions AS v ON v.project_id = p.id AND v.recorded @> CAST(:known_at AS timestamptz)
 AND v.valid @> least(CAST(:as_of AS date), coalesce(upper(link.valid) - 1, CAST(:as_of AS date)))
JOIN sources AS s ON s.id = link.source_id
WHERE pair.plot_id = :plot_id AND (lower_inf(link.valid) OR lower(link.valid) <= :as_of)
ORDER BY holds DESC, lower(link.valid) DESC, p.code
