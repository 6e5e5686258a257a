-- The case of a flag. Where all picked plots are held by one project that day, the case is about that project.
WITH report AS (SELECT * FROM field_reports WHERE id = :id),
picked AS (
    SELECT plot.plot_id, plot.geom
    FROM report JOIN field_report_plots AS one ON one.report_id = report.id
    JOIN plots_at(report.observed_on, 'infinity') AS plot ON plot.plot_id = one.plot_id
),
holders AS (
    SELECT picked.plot_id, pair.project_id
    FROM picked CROSS JOIN report
    LEFT JOIN (project_plots AS pair JOIN project_plot_versions AS link
               ON link.project_plot_id = pair.id AND upper_inf(link.recorded))
        ON pair.plot_id = picked.plot_id AND link.valid @> report.observed_on
),
project AS (
    SELECT min(project_id) AS id FROM holders HAVING count(DISTINCT project_id) = 1 AND bool_and(project_id IS NOT NULL)
),
land AS (SELECT coalesce(report.geom, (SELECT ST_Union(geom ORDER BY plot_id) FROM picked)) AS geom FROM report)
INSERT INTO cases (kind, park_id, project_id, unit, plot_ids, geom, as_of, rules_on, area_ha, finding)
SELECT 'flag', report.park_id, (SELECT id FROM project), (SELECT 'project' FROM project),
       ARRAY(SELECT plot_id FROM picked ORDER BY plot_id), report.geom, report.observed_on, report.observed_on,
       CASE WHEN ST_Dimension(land.geom) = 2 THEN ST_Area(land.geom::geography) / 10000 END, CAST(:finding AS jsonb)
FROM report CROSS JOIN land
RETURNING id
