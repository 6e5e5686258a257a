-- All that was told of a task up to a day, the newest first.
SELECT u.happened_on, u.state, u.note, u.quality::text AS quality, p.name AS person, lower(u.recorded) AS at
FROM task_updates AS u JOIN tasks AS t ON t.id = u.task_id LEFT JOIN people AS p ON p.id = u.person_id
WHERE t.code = :code AND u.happened_on <= CAST(:as_of AS date) AND u.recorded @> CAST(:known_at AS timestamptz)
ORDER BY u.happened_on DESC, u.id DESC
