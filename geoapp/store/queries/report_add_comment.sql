-- A comment, or what settles one.
INSERT INTO report_comments (version_id, place, body, settles)
SELECT :version, coalesce((SELECT place FROM report_comments WHERE id = :settles), :place), :body, :settles
