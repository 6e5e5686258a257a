CREATE TEMPORARY TABLE held ON COMMIT DROP AS
SELECT s.*, project.id AS project_id, plot.id AS plot_id
FROM stage_project_plots AS s JOIN projects AS project ON project.code = s.project
JOIN parks AS p ON p.slug = s.park JOIN plots AS plot ON plot.park_id = p.id AND plot.code = s.plot;
INSERT INTO project_plots (project_id, plot_id) SELECT DISTINCT project_id, plot_id FROM held ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT pair.id AS project_plot_id, s.area_ha,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM held AS s JOIN project_plots AS pair ON pair.project_id = s.project_id AND pair.plot_id = s.plot_id
JOIN sources AS src ON src.key = s.source;
DROP TABLE held;
SELECT * FROM store_versions('project_plot_versions', 'project_plot_id', :batch);
