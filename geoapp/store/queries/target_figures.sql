-- Approved monthly figures of months that are over by a day, and estimates of the month that runs then.
SELECT f.id, f.indicator, f.month, f.kind, f.value, f.numerator, f.denominator, f.quality::text AS quality, s.title AS source_title,
       f.department, f.remark, p.slug, v.name_vi, v.name_en
FROM target_figures AS f
LEFT JOIN sources AS s ON s.id = f.source_id
LEFT JOIN parks AS p ON p.id = f.park_id
LEFT JOIN park_versions AS v ON v.park_id = f.park_id AND v.valid @> CAST(:as_of AS date) AND v.recorded @> CAST(:known_at AS timestamptz)
WHERE f.state = 'approved' AND f.recorded @> CAST(:known_at AS timestamptz)
  AND CASE f.kind WHEN 'actual' THEN f.month + interval '1 month' <= CAST(:as_of AS date) + 1 ELSE f.month <= CAST(:as_of AS date) END
ORDER BY f.indicator, f.month, f.kind, p.slug NULLS FIRST
