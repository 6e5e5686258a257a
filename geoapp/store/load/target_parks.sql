CREATE TEMPORARY TABLE named ON COMMIT DROP AS
SELECT s.*, t.id AS target_id, p.id AS park_id
FROM stage_target_parks AS s JOIN targets AS t ON t.code = s.target JOIN parks AS p ON p.slug = s.park;
INSERT INTO target_parks (target_id, park_id) SELECT DISTINCT target_id, park_id FROM named ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT pair.id AS target_park_id, s.named_as, daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id,
       s.note
FROM named AS s JOIN target_parks AS pair ON pair.target_id = s.target_id AND pair.park_id = s.park_id
JOIN sources AS src ON src.key = s.source;
DROP TABLE named;
SELECT * FROM store_versions('target_park_versions', 'target_park_id', :batch);
