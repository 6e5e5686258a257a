-- The template that new reports of a language take; no row where the office has chosen none.
SELECT t.id, t.name, t.sha256
FROM report_template_choices AS c JOIN report_templates AS t ON t.id = c.template_id
WHERE t.language = :language
ORDER BY c.id DESC LIMIT 1
