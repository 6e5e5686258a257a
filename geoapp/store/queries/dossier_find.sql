-- A dossier that was made, by the hash of its manifest.
SELECT d.sha256, d.case_id, d.event, d.manifest, d.made_at, p.name AS made_by
FROM dossiers AS d LEFT JOIN people AS p ON p.id = d.made_by
WHERE d.sha256 = :sha256
