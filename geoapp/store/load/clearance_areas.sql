INSERT INTO clearance_areas (park_id, code)
SELECT DISTINCT p.id, s.code FROM stage_clearance_areas AS s JOIN parks AS p ON p.slug = s.park ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT area.id AS clearance_area_id, s.stage, s.obstacle, s.obstacle_note, s.households, s.households_paid, s.approximate,
       ST_Multi(s.geom) AS geom, daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_clearance_areas AS s JOIN parks AS p ON p.slug = s.park
JOIN clearance_areas AS area ON area.park_id = p.id AND area.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('clearance_area_versions', 'clearance_area_id', :batch);
