INSERT INTO report_duties (code) SELECT DISTINCT code FROM stage_report_calendar ON CONFLICT DO NOTHING;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
SELECT d.id AS report_duty_id, s.ordinal, s.name_vi, s.name_en, s.from_vi, s.from_en, s.to_vi, s.to_en, s.every,
       s.before_month, s.before_day, s.on_day, s.then_working_days, s.by_board, s.law_vi, s.law_en, s.mark,
       daterange(s.valid_from, s.valid_to) AS valid, s.quality, src.id AS source_id, s.note
FROM stage_report_calendar AS s JOIN report_duties AS d ON d.code = s.code JOIN sources AS src ON src.key = s.source;
SELECT * FROM store_versions('report_duty_versions', 'report_duty_id', :batch);
