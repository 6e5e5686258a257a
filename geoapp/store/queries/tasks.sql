-- Tasks in force on a day with what was last told of each by then, and the parks that it names.
SELECT t.id, t.code, v.section, v.title_vi, v.title_en, v.asks_vi, v.asks_en, v.due_kind, v.due_on, v.department,
       v.department_basis, v.layers, v.quality::text AS quality, v.note AS remark, s.title AS source_title,
       told.state, told.happened_on, told.note, told.person, told.quality AS told_quality,
       coalesce(v.due_on < CAST(:as_of AS date) AND told.state IS DISTINCT FROM 'done', false) AS is_overdue,
       coalesce(named.parks, '[]') AS parks
FROM task_versions AS v
JOIN tasks AS t ON t.id = v.task_id
JOIN sources AS s ON s.id = v.source_id
LEFT JOIN LATERAL (
    SELECT u.state, u.happened_on, u.note, u.quality::text AS quality, p.name AS person
    FROM task_updates AS u LEFT JOIN people AS p ON p.id = u.person_id
    WHERE u.task_id = v.task_id AND u.happened_on <= CAST(:as_of AS date) AND u.recorded @> CAST(:known_at AS timestamptz)
    ORDER BY u.happened_on DESC, u.id DESC LIMIT 1
) AS told ON true
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('slug', p.slug, 'name_vi', p.name_vi, 'name_en', p.name_en, 'named_as', n.named_as)
                     ORDER BY n.named_as) AS parks
    FROM task_parks AS k JOIN task_park_versions AS n ON n.task_park_id = k.id
    JOIN parks_at(:as_of, :known_at) AS p ON p.park_id = k.park_id
    WHERE k.task_id = v.task_id AND n.valid @> CAST(:as_of AS date) AND n.recorded @> CAST(:known_at AS timestamptz)
) AS named ON true
WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
ORDER BY v.ordinal
