INSERT INTO wastewater_plants (park_id, code)
SELECT DISTINCT p.id, s.code FROM stage_wastewater_plants AS s JOIN parks AS p ON p.slug = s.park ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT plant.id AS wastewater_plant_id, s.name_vi, s.name_en, s.state, s.capacity_m3_day, s.discharge_column, s.kq, s.kf,
       s.permit_granted, s.permit_no, s.permit_from, s.permit_to, s.monitoring_connected, s.expected_on, s.approximate, s.geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_wastewater_plants AS s JOIN parks AS p ON p.slug = s.park
JOIN wastewater_plants AS plant ON plant.park_id = p.id AND plant.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('wastewater_plant_versions', 'wastewater_plant_id', :batch);
