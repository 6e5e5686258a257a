INSERT INTO figure_duties (indicator) SELECT DISTINCT indicator FROM stage_figure_duties ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT d.id AS figure_duty_id, s.department, s.department_basis, daterange(s.valid_from, s.valid_to) AS valid, s.quality,
       src.id AS source_id, s.note
FROM stage_figure_duties AS s JOIN figure_duties AS d ON d.indicator = s.indicator JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('figure_duty_versions', 'figure_duty_id', :batch);
