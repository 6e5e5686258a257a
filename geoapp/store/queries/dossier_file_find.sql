-- A file that was handed out, by its own hash.
SELECT f.sha256, f.dossier, f.kind, f.made_at, p.name AS made_by
FROM dossier_files AS f LEFT JOIN people AS p ON p.id = f.made_by
WHERE f.sha256 = :sha256
