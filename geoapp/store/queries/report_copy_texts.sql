-- The texts of the version before, as the first ones of a new version.
INSERT INTO report_texts (version_id, block, revision, body)
SELECT :version, t.block, 1, t.body
FROM (SELECT DISTINCT ON (block) block, body FROM report_texts WHERE version_id = :before ORDER BY block, revision DESC) AS t
WHERE t.block = ANY (:blocks) AND t.body <> ''
ORDER BY t.block
