SELECT p.code, v.area_ha, v.quality::text AS quality, v.note,
       ARRAY(SELECT t.code FROM plots AS t WHERE t.id = ANY (v.plot_ids) ORDER BY natural_key(t.code)) AS plots
FROM land_portions AS p JOIN land_portion_versions AS v ON v.land_portion_id = p.id
WHERE p.project_id = :project_id AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
ORDER BY natural_key(p.code)
