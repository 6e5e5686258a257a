-- A template; one that is there already is not added again.
WITH added AS (
    INSERT INTO report_templates (name, language, body, sha256, is_builtin)
    SELECT :name, :language, CAST(:body AS bytea), encode(sha256(CAST(:body AS bytea)), 'hex'), :is_builtin
    ON CONFLICT (sha256) DO NOTHING
    RETURNING id
)
SELECT id FROM added
UNION ALL
SELECT id FROM report_templates WHERE sha256 = encode(sha256(CAST(:body AS bytea)), 'hex')
LIMIT 1
