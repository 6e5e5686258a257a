CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT p.id AS park_id, s.approximate, ST_Multi(s.geom) AS geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_park_outlines AS s JOIN parks AS p ON p.slug = s.park JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('park_outline_versions', 'park_id', :batch);
