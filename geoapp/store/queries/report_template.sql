-- A template with its bytes.
SELECT id, name, language, body, sha256 FROM report_templates WHERE id = :template
