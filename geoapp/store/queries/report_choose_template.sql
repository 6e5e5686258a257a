-- From now on new reports take this template.
INSERT INTO report_template_choices (template_id) SELECT id FROM report_templates WHERE id = :template RETURNING template_id
