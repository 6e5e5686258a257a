-- Tasks of the plan as they stood: how many there are, done, stuck, and over their day without being done.
SELECT count(*)::integer AS tasks, count(*) FILTER (WHERE u.state = 'done')::integer AS done,
       count(*) FILTER (WHERE u.state = 'stuck')::integer AS stuck,
       count(*) FILTER (WHERE v.due_on < CAST(:as_of AS date) AND u.state IS DISTINCT FROM 'done')::integer AS overdue,
       count(*) FILTER (WHERE v.due_on IS NULL)::integer AS without_day,
       min(v.due_on) FILTER (WHERE v.due_on >= CAST(:as_of AS date) AND u.state IS DISTINCT FROM 'done') AS next_due,
       bool_or(u.quality = 'demo') AS has_demo
FROM task_versions AS v
LEFT JOIN LATERAL (
    SELECT state, quality FROM task_updates AS u
    WHERE u.task_id = v.task_id AND u.happened_on <= CAST(:as_of AS date) AND u.recorded @> CAST(:known_at AS timestamptz)
    ORDER BY u.happened_on DESC, u.id DESC LIMIT 1) AS u ON true
WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
