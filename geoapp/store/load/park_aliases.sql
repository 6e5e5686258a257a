INSERT INTO park_aliases (park_id, alias, source_id, batch_id)
SELECT p.id, s.alias, src.id, :batch
FROM stage_park_aliases AS s JOIN parks AS p ON p.slug = s.park JOIN sources AS src ON src.key = s.source
ON CONFLICT (park_id, alias) DO NOTHING;
