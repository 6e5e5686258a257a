-- The paper with signature and seal.
INSERT INTO report_signed_papers (version_id, name, body, sha256)
VALUES (:version, :name, :body, encode(sha256(CAST(:body AS bytea)), 'hex'))
