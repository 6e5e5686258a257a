INSERT INTO field_photos (report_id, sha256, ordinal, bytes, name, device_geom, device_accuracy_m, device_at)
VALUES (:report_id, :sha256, :ordinal, :bytes, :name, ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326),
        :accuracy_m, :device_at)
