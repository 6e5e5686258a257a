CREATE TEMPORARY TABLE limited ON COMMIT DROP AS
SELECT s.*, plant.id AS plant_id FROM stage_permit_limits AS s JOIN parks AS p ON p.slug = s.park
JOIN wastewater_plants AS plant ON plant.park_id = p.id AND plant.code = s.plant;
INSERT INTO permit_limits (wastewater_plant_id, parameter) SELECT DISTINCT plant_id, parameter FROM limited
ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT pl.id AS permit_limit_id, s.lower, s.upper,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM limited AS s JOIN permit_limits AS pl ON pl.wastewater_plant_id = s.plant_id AND pl.parameter = s.parameter
JOIN sources AS src ON src.key = s.source;
DROP TABLE limited;
SELECT * FROM store_versions('permit_limit_versions', 'permit_limit_id', :batch);
