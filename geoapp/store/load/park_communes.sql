INSERT INTO park_communes (park_id, era, name, commune_code, source_id, batch_id)
SELECT p.id, s.era, s.name, s.commune, src.id, :batch
FROM stage_park_communes AS s JOIN parks AS p ON p.slug = s.park JOIN sources AS src ON src.key = s.source
ON CONFLICT (park_id, era, name) DO UPDATE SET commune_code = excluded.commune_code;
