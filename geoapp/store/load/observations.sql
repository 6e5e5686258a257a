CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT s.subject_kind, z.id AS zone_id, p.id AS park_id, plant.id AS wastewater_plant_id,
       coalesce(z.id, p.id, plant.id, 0) AS subject_id, s.indicator, s.valid_on, s.date_precision, s.value, s.numerator,
       s.denominator, s.method, coalesce(s.other_sources, '{}') AS other_sources, s.quality, src.id AS source_id, s.note
FROM stage_observations AS s
JOIN sources AS src ON src.key = s.source
LEFT JOIN zones AS z ON s.subject_kind = 'zone' AND z.slug = s.subject
LEFT JOIN parks AS p ON s.subject_kind = 'park' AND p.slug = s.subject
LEFT JOIN (SELECT w.id, owner.slug || '/' || w.code AS name
           FROM wastewater_plants AS w JOIN parks AS owner ON owner.id = w.park_id) AS plant
       ON s.subject_kind = 'plant' AND plant.name = s.subject;
CREATE TEMPORARY TABLE known ON COMMIT DROP AS
SELECT o.id, i.ctid AS incoming_id,
       (o.value, o.numerator, o.denominator, o.date_precision, o.other_sources, o.quality, o.note)
       IS NOT DISTINCT FROM (i.value, i.numerator, i.denominator, i.date_precision, i.other_sources, i.quality::quality, i.note) AS same
FROM observations AS o
JOIN incoming AS i USING (subject_kind, subject_id, indicator, source_id)
WHERE upper_inf(o.recorded) AND o.valid_on IS NOT DISTINCT FROM i.valid_on AND o.method IS NOT DISTINCT FROM i.method;
UPDATE observations AS o SET recorded = tstzrange(lower(o.recorded), now())
FROM known WHERE known.id = o.id AND NOT known.same;
WITH stored AS (
    INSERT INTO observations (subject_kind, zone_id, park_id, wastewater_plant_id, indicator, valid_on, date_precision, value,
                              numerator, denominator, method, other_sources, quality, source_id, note, supersedes_id, batch_id)
    SELECT i.subject_kind, i.zone_id, i.park_id, i.wastewater_plant_id, i.indicator, i.valid_on, i.date_precision, i.value,
           i.numerator, i.denominator, i.method, i.other_sources, i.quality, i.source_id, i.note, known.id, :batch
    FROM incoming AS i LEFT JOIN known ON known.incoming_id = i.ctid
    WHERE known.same IS NOT TRUE
    RETURNING 1
), counts AS (
    SELECT (SELECT count(*) FROM stored) AS added, count(*) FILTER (WHERE NOT same) AS closed,
           count(*) FILTER (WHERE same) AS unchanged
    FROM known
)
SELECT * FROM counts;
