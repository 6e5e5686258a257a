-- What a version says from now on.
INSERT INTO report_contents (version_id, revision, as_of, known_at, template_id, content, open_content, sha256)
VALUES (:version, :revision, :as_of, :known_at, :template, :content, :open_content,
        encode(sha256(convert_to(:content, 'UTF8')), 'hex'))
