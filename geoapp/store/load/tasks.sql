INSERT INTO tasks (code) SELECT DISTINCT code FROM stage_tasks ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT t.id AS task_id, s.ordinal, s.section, s.title_vi, s.title_en, s.asks_vi, s.asks_en, s.due_kind, s.due_on,
       s.department, s.department_basis, coalesce(s.layers, '{}') AS layers,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_tasks AS s JOIN tasks AS t ON t.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('task_versions', 'task_id', :batch);
