INSERT INTO field_reports (id, park_id, person_id, reason, note, observed_on, geom, announced_sha256, adds_to)
VALUES (:id, :park_id, acting_person(), :reason, :note, :observed_on,
        ST_SetSRID(ST_GeomFromGeoJSON(CAST(:geometry AS text)), 4326), :digest, :adds_to)
ON CONFLICT (id) DO NOTHING
