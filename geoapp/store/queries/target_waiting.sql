-- Newest figures of the whole that are not approved yet, told apart from those that are.
SELECT DISTINCT ON (f.indicator) f.id, f.indicator, f.month, f.kind, f.value, f.state, f.quality::text AS quality
FROM target_figures AS f
WHERE f.state IN ('draft', 'submitted', 'returned') AND f.park_id IS NULL AND f.kind = 'actual'
  AND f.recorded @> CAST(:known_at AS timestamptz) AND f.month + interval '1 month' <= CAST(:as_of AS date) + 1
ORDER BY f.indicator, f.month DESC
