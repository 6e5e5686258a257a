-- All versions of all reports, the newest period first; with how many comments are open.
SELECT v.id, r.kind, r.first, r.last, v.number, v.language, v.state, v.made_at, v.changed_at, m.name AS maker,
       v.document_no, v.signed_on, v.signer, c.as_of, c.known_at, c.sha256,
       v.number = max(v.number) OVER (PARTITION BY r.id) AS is_newest,
       (SELECT count(*) FROM report_comments AS k WHERE k.version_id = v.id AND k.settles IS NULL
          AND NOT EXISTS (SELECT FROM report_comments AS s WHERE s.settles = k.id)) AS open_comments
FROM report_versions AS v
JOIN reports AS r ON r.id = v.report_id
LEFT JOIN people AS m ON m.id = v.made_by
LEFT JOIN LATERAL (SELECT as_of, known_at, sha256 FROM report_contents WHERE version_id = v.id
                   ORDER BY revision DESC LIMIT 1) AS c ON true
ORDER BY r.last DESC, r.kind, v.number DESC
