DELETE FROM coast;
INSERT INTO coast (geom, source_id, batch_id)
SELECT ST_Multi(s.geom), src.id, :batch FROM stage_coast AS s JOIN sources AS src ON src.key = s.source;
