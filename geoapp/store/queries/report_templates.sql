-- All templates, newest first. is_current: the one that new reports of its language take.
SELECT t.id, t.name, t.language, t.sha256, length(t.body) AS bytes, t.is_builtin, t.added_at, p.name AS person,
       t.id = (SELECT c.template_id FROM report_template_choices AS c JOIN report_templates AS o ON o.id = c.template_id
               WHERE o.language = t.language ORDER BY c.id DESC LIMIT 1) AS is_current,
       (SELECT count(DISTINCT c.version_id) FROM report_contents AS c WHERE c.template_id = t.id) AS used
FROM report_templates AS t LEFT JOIN people AS p ON p.id = t.added_by
ORDER BY t.id DESC
