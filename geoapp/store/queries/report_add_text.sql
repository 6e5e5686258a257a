-- A text from now on. Args: revision - one more than the last that was seen.
INSERT INTO report_texts (version_id, block, revision, body) VALUES (:version, :block, :revision, :body)
