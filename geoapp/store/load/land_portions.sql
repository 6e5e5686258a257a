INSERT INTO land_portions (project_id, code)
SELECT DISTINCT project.id, s.code FROM stage_land_portions AS s JOIN projects AS project ON project.code = s.project
ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT portion.id AS land_portion_id, s.area_ha,
       ARRAY(SELECT plot.id FROM plots AS plot JOIN parks AS p ON p.id = plot.park_id
             WHERE p.slug = s.park AND plot.code = ANY (s.plots) ORDER BY plot.id) AS plot_ids,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_land_portions AS s JOIN projects AS project ON project.code = s.project
JOIN land_portions AS portion ON portion.project_id = project.id AND portion.code = s.code
JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('land_portion_versions', 'land_portion_id', :batch);
