-- A signed paper, byte for byte.
SELECT name, body, sha256 FROM report_signed_papers WHERE version_id = :version AND id = :paper
