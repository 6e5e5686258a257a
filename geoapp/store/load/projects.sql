INSERT INTO projects (code) SELECT DISTINCT code FROM stage_projects ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT project.id AS project_id, s.name, p.id AS park_id, z.id AS zone_id, s.investor, s.sector, s.land_ha,
       s.capital_vnd_bn, s.capital_usd_m, s.capital_note, s.licensed_on, s.licensed_note, s.state, s.state_note,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_projects AS s JOIN projects AS project ON project.code = s.code JOIN sources AS src ON src.key = s.source
LEFT JOIN parks AS p ON p.slug = s.park LEFT JOIN zones AS z ON z.slug = s.zone;
SELECT * FROM store_versions('project_versions', 'project_id', :batch);
