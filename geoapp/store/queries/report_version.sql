-- One version of a report with its neighbours and its newest content, without the text of it.
SELECT v.id, v.report_id, r.kind, r.first, r.last, v.number, v.language, v.state, v.last_number, v.made_at, v.changed_at,
       m.name AS maker, v.document_no, v.signed_on, v.signer, v.replaces, b.document_no AS replaces_no,
       b.number AS replaces_number,
       (SELECT n.id FROM report_versions AS n WHERE n.report_id = v.report_id AND n.number = v.number + 1) AS replaced_by,
       c.id AS content_id, c.revision, c.as_of, c.known_at, c.sha256 AS content_sha256, c.template_id,
       t.name AS template_name, t.sha256 AS template_sha256, t.is_builtin,
       report_made_of(v.id) AS made_of,
       may_read_annexes() AS is_whole
FROM report_versions AS v
JOIN reports AS r ON r.id = v.report_id
JOIN LATERAL (SELECT id, revision, as_of, known_at, sha256, template_id FROM report_contents
              WHERE version_id = v.id ORDER BY revision DESC LIMIT 1) AS c ON true
JOIN report_templates AS t ON t.id = c.template_id
LEFT JOIN people AS m ON m.id = v.made_by
LEFT JOIN report_versions AS b ON b.id = v.replaces
WHERE v.id = :version
