SELECT c.park_slug || '/' || c.code AS id, c.plot_id AS key, c.park_slug, c.geom, c.geom_3857, c.approximate, c.code, c.sign, c.state,
       v.name AS project, CASE WHEN c.unit <> 'project' THEN c.unit END AS portion, c.days_left, c.due_on, c.area_ha AS area,
       (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(quality_rank(c.quality), quality_rank(v.quality))] AS quality,
       s.title AS source, s.key AS source_key, CAST(:as_of AS date) AS observed_on
FROM clock_plots_at(:as_of, :known_at) AS c
JOIN project_versions AS v ON v.project_id = c.project_id
 AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
JOIN sources AS s ON s.id = v.source_id
WHERE ((SELECT acting_person() IS NULL OR sees_all_parks()) OR c.park_id = ANY ((SELECT acting_parks())::integer[]))
  AND (CAST(:park_id AS integer) IS NULL OR c.plot_park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR c.plot_park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
