CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT plant.id AS wastewater_plant_id, s.measured_on, s.parameter, s.value, s.confirmed, s.quality, src.id AS source_id, s.note
FROM stage_wastewater_readings AS s JOIN parks AS p ON p.slug = s.park
JOIN wastewater_plants AS plant ON plant.park_id = p.id AND plant.code = s.plant JOIN sources AS src ON src.key = s.source;
CREATE TEMPORARY TABLE known ON COMMIT DROP AS
SELECT r.id, (r.value, r.confirmed, r.quality, r.note) IS NOT DISTINCT FROM (i.value, i.confirmed, i.quality::quality, i.note) AS same,
       i.ctid AS incoming_id
FROM wastewater_readings AS r JOIN incoming AS i USING (wastewater_plant_id, measured_on, parameter, source_id)
WHERE upper_inf(r.recorded);
DELETE FROM incoming USING known WHERE incoming.ctid = known.incoming_id AND known.same;
UPDATE wastewater_readings AS r SET recorded = tstzrange(lower(r.recorded), now())
FROM known WHERE known.id = r.id AND NOT known.same;
WITH stored AS (
    INSERT INTO wastewater_readings (wastewater_plant_id, measured_on, parameter, value, confirmed, quality, source_id, note, batch_id)
    SELECT wastewater_plant_id, measured_on, parameter, value, confirmed, quality, source_id, note, :batch FROM incoming
    RETURNING 1
), counts AS (
    SELECT (SELECT count(*) FROM stored) AS added, count(*) FILTER (WHERE NOT same) AS closed,
           count(*) FILTER (WHERE same) AS unchanged
    FROM known
)
SELECT * FROM counts;
