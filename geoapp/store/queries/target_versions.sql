-- What a target was and is: every value with the days for which it holds, the first one first; all as known at a moment.
SELECT v.value, v.unit, v.wording, lower(v.valid) AS valid_from, upper(v.valid) AS valid_to, v.period_to, v.reading_to, v.quality,
       s.title AS source_title, v.note
FROM target_versions AS v JOIN targets AS t ON t.id = v.target_id JOIN sources AS s ON s.id = v.source_id
WHERE t.code = :code AND v.recorded @> CAST(:known_at AS timestamptz)
ORDER BY v.valid
