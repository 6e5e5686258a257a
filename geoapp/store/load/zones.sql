INSERT INTO zones (slug) SELECT DISTINCT slug FROM stage_zones ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT z.id AS zone_id, s.name_vi, s.name_en, s.decision, s.published_area_ha, s.approximate, ST_Multi(s.geom) AS geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_zones AS s JOIN zones AS z ON z.slug = s.slug JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('zone_versions', 'zone_id', :batch);
