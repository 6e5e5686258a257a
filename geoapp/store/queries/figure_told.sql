-- Which months of which indicators were handed in, as known at a moment.
SELECT f.indicator, f.month, bool_or(f.state = 'approved') AS is_approved
FROM target_figures AS f
WHERE f.park_id IS NULL AND f.kind = 'actual' AND f.state IN ('submitted', 'approved') AND f.month >= CAST(:first AS date)
  AND f.recorded @> CAST(:known_at AS timestamptz)
GROUP BY f.indicator, f.month
