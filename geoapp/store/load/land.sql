DELETE FROM land;
INSERT INTO land (geom, source_id, batch_id)
SELECT ST_Multi(s.geom), src.id, :batch FROM stage_land AS s JOIN sources AS src ON src.key = s.source;
