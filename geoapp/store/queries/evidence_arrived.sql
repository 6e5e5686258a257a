UPDATE field_photos
SET arrived_at = now(), media_type = :media_type, width = :width, height = :height, taken_at = :taken_at,
    taken_zone_known = :zone_known, geom = ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326),
    accuracy_m = :accuracy_m, heading_deg = :heading_deg, heading_magnetic = :heading_magnetic, camera = :camera
WHERE report_id = :id AND sha256 = :sha256 AND arrived_at IS NULL
