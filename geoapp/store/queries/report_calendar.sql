-- The calendar of reports in force on a day.
SELECT d.code, v.*, s.title AS source_title, s.address
FROM report_duty_versions AS v JOIN report_duties AS d ON d.id = v.report_duty_id JOIN sources AS s ON s.id = v.source_id
WHERE v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
ORDER BY v.ordinal
