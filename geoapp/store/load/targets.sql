INSERT INTO targets (code) SELECT DISTINCT code FROM stage_targets ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT t.id AS target_id, s.ordinal, s.name_vi, s.name_en, s.value, s.unit, s.direction, s.wording, s.period_from,
       s.period_to, s.reading_from, s.reading_to, s.reading_vi, s.reading_en, s.section, s.department,
       s.department_basis, s.measure, s.indicator, s.scope_vi, s.scope_en,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_targets AS s JOIN targets AS t ON t.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('target_versions', 'target_id', :batch);
