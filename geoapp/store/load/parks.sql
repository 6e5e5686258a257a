INSERT INTO parks (slug) SELECT DISTINCT slug FROM stage_parks ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT p.id AS park_id, s.name_vi, s.name_en, s.former_province, z.id AS zone_id, s.status, s.infrastructure_investor,
       s.established, s.location_vi, s.location_basis, s.geom,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_parks AS s JOIN parks AS p ON p.slug = s.slug JOIN sources AS src ON src.key = s.source
LEFT JOIN zones AS z ON z.slug = s.zone;
SELECT * FROM store_versions('park_versions', 'park_id', :batch);
