INSERT INTO dossiers (sha256, case_id, event, manifest, made_by) VALUES (:sha256, :case_id, :event, :manifest, acting_person())
ON CONFLICT DO NOTHING
