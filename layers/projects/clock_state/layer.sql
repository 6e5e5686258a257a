SELECT t.park_slug || '/' || t.code AS id, t.plot_id AS key, t.park_slug, t.geom, t.geom_3857, t.approximate, t.code, c.sign, c.state,
       v.name AS project, CASE WHEN c.unit <> 'project' THEN c.unit END AS portion, c.days_left, c.due_on, t.area_ha AS area,
       (ARRAY['official', 'published', 'estimated', 'demo'])[greatest(quality_rank(t.quality), quality_rank(v.quality))] AS quality,
       s.title AS source, s.key AS source_key, CAST(:as_of AS date) AS observed_on
FROM plot_clocks_at(:as_of, :known_at) AS c
JOIN plots_at(:as_of, :known_at) AS t ON t.plot_id = c.plot_id
JOIN project_versions AS v ON v.project_id = c.project_id
 AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
JOIN sources AS s ON s.id = v.source_id
WHERE may_tell_of_park(c.park_id)
  AND (CAST(:park_id AS integer) IS NULL OR t.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR t.park_id IN (
           SELECT p.park_id FROM parks_at(:as_of, :known_at) AS p JOIN zones AS z ON z.slug = p.zone_slug
           WHERE z.id = :zone_id))
