INSERT INTO communes (code, name, full_name, kind, area_km2, old_province, old_district, formed_from, geom, source_id, batch_id)
SELECT s.code, s.name, s.full_name, s.kind, s.area_km2, s.old_province, s.old_district, s.formed_from, s.geom, src.id, :batch
FROM stage_communes AS s JOIN sources AS src ON src.key = s.source
ON CONFLICT (code) DO UPDATE SET name = excluded.name, full_name = excluded.full_name, kind = excluded.kind,
    area_km2 = excluded.area_km2, old_province = excluded.old_province, old_district = excluded.old_district,
    formed_from = excluded.formed_from, geom = excluded.geom, source_id = excluded.source_id, batch_id = excluded.batch_id;
