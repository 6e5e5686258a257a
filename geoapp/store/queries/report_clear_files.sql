-- Away with files of a version that is not signed, once they are not of what it says any more.
DELETE FROM report_files AS f
WHERE f.version_id = :version AND f.made_of <> report_made_of(f.version_id)
