-- All that was ever stored of one figure, the newest first.
SELECT f.id, f.value, f.numerator, f.denominator, f.state, f.remark, f.reason, f.quality::text AS quality, e.name AS entered_by,
       d.name AS decided_by, lower(f.recorded) AS at, upper(f.recorded) AS until, s.title AS source_title
FROM target_figures AS f
LEFT JOIN people AS e ON e.id = f.entered_by LEFT JOIN people AS d ON d.id = f.decided_by
LEFT JOIN sources AS s ON s.id = f.source_id
WHERE f.indicator = :indicator AND f.month = :month AND f.kind = :kind
  AND f.park_id IS NOT DISTINCT FROM (SELECT id FROM parks WHERE slug = CAST(:park AS text))
ORDER BY lower(f.recorded) DESC, f.id DESC
