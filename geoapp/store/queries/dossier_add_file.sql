INSERT INTO dossier_files (sha256, dossier, kind, language, made_by) VALUES (:sha256, :dossier, :kind, :language, acting_person())
ON CONFLICT DO NOTHING
