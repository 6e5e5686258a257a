INSERT INTO infrastructure_items (park_id, code)
SELECT DISTINCT p.id, s.code FROM stage_infrastructure_items AS s JOIN parks AS p ON p.slug = s.park
ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT item.id AS infrastructure_item_id, s.kind, s.name_vi, s.name_en, s.state, s.progress_pct, s.planned_value_vnd_bn,
       s.approximate, s.geom, daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_infrastructure_items AS s JOIN parks AS p ON p.slug = s.park
JOIN infrastructure_items AS item ON item.park_id = p.id AND item.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('infrastructure_item_versions', 'infrastructure_item_id', :batch);
