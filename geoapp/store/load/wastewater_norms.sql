INSERT INTO wastewater_norms (code) SELECT DISTINCT code FROM stage_wastewater_norms ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT n.id AS wastewater_norm_id, s.use_code, s.sector, s.name_vi, s.name_en, s.m3_ha_day, s.assumed,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_wastewater_norms AS s JOIN wastewater_norms AS n ON n.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('wastewater_norm_versions', 'wastewater_norm_id', :batch);
