-- Projects in force of every park.
SELECT v.park_id, count(*)::integer AS projects, sum(v.land_ha::double precision) AS land_ha,
       (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(v.quality::text))] AS quality
FROM project_versions AS v
WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz) AND v.state <> 'ended'
  AND v.park_id IS NOT NULL
GROUP BY v.park_id
