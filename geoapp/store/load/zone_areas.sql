INSERT INTO zone_areas (zone_id, code)
SELECT DISTINCT z.id, s.code FROM stage_zone_areas AS s JOIN zones AS z ON z.slug = s.zone ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT a.id AS zone_area_id, s.name_vi, s.name_en, s.function, s.approximate, ST_Multi(s.geom) AS geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_zone_areas AS s JOIN zones AS z ON z.slug = s.zone
JOIN zone_areas AS a ON a.zone_id = z.id AND a.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('zone_area_versions', 'zone_area_id', :batch);
