-- The newest version of the reports of the last periods that had begun on a day, as far as they were made by a moment.
SELECT DISTINCT ON (r.kind) v.id, r.kind, r.first, r.last, v.number, v.document_no, v.signed_on,
       (SELECT e.to_state FROM report_events AS e WHERE e.version_id = v.id AND e.at <= CAST(:known_at AS timestamptz)
        ORDER BY e.number DESC LIMIT 1) AS state
FROM report_versions AS v JOIN reports AS r ON r.id = v.report_id
WHERE r.first <= CAST(:as_of AS date) AND v.made_at <= CAST(:known_at AS timestamptz)
ORDER BY r.kind, r.first DESC, v.number DESC
