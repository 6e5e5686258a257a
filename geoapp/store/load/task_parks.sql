CREATE TEMPORARY TABLE named ON COMMIT DROP AS
SELECT s.*, t.id AS task_id, p.id AS park_id
FROM stage_task_parks AS s JOIN tasks AS t ON t.code = s.task JOIN parks AS p ON p.slug = s.park;
INSERT INTO task_parks (task_id, park_id) SELECT DISTINCT task_id, park_id FROM named ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT pair.id AS task_park_id, s.named_as, daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id,
       s.note
FROM named AS s JOIN task_parks AS pair ON pair.task_id = s.task_id AND pair.park_id = s.park_id
JOIN sources AS src ON src.key = s.source;
DROP TABLE named;
SELECT * FROM store_versions('task_park_versions', 'task_park_id', :batch);
