-- The newest approved figure before a month, of each indicator and park.
SELECT DISTINCT ON (f.indicator, f.park_id) f.indicator, p.slug AS park, f.month, f.value, f.numerator, f.denominator
FROM target_figures AS f LEFT JOIN parks AS p ON p.id = f.park_id
WHERE f.month < :month AND f.kind = 'actual' AND f.state = 'approved' AND upper_inf(f.recorded)
ORDER BY f.indicator, f.park_id, f.month DESC
