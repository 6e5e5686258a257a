-- A file of a version. Args: made_of - the hash of what it was made of.
INSERT INTO report_files (version_id, kind, made_of, address, program, body, sha256)
VALUES (:version, :kind, :made_of, :address, :program, :body, encode(sha256(CAST(:body AS bytea)), 'hex'))
ON CONFLICT (version_id, made_of, kind) DO NOTHING
