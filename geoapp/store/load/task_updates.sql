CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT t.id AS task_id, s.happened_on, s.state, coalesce(s.note, '–') AS note, s.quality, src.id AS source_id
FROM stage_task_updates AS s JOIN tasks AS t ON t.code = s.task JOIN sources AS src ON src.key = s.source;
WITH stored AS (
    INSERT INTO task_updates (task_id, happened_on, state, note, quality, source_id, batch_id)
    SELECT i.*, CAST(:batch AS integer) FROM incoming AS i
    WHERE NOT EXISTS (SELECT FROM task_updates AS u WHERE upper_inf(u.recorded) AND u.task_id = i.task_id
                      AND u.happened_on = i.happened_on AND u.state = i.state AND u.note = i.note)
    ORDER BY i.happened_on, i.task_id
    RETURNING 1
)
SELECT (SELECT count(*) FROM stored) AS added, 0::bigint AS closed,
       (SELECT count(*) FROM incoming) - (SELECT count(*) FROM stored) AS unchanged;
