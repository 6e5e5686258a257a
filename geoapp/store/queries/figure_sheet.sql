-- Current figures of a month: what is in work and what is approved, each a row; who entered it and who decided.
SELECT f.id, f.indicator, p.slug AS park, f.value, f.numerator, f.denominator, f.state, f.remark, f.reason, f.quality::text AS quality,
       f.department, e.name AS entered_by,
       coalesce(f.entered_by = acting_person(), false) AS is_own, d.name AS decided_by, lower(f.recorded) AS at, s.title AS source_title
FROM target_figures AS f
LEFT JOIN parks AS p ON p.id = f.park_id
LEFT JOIN people AS e ON e.id = f.entered_by
LEFT JOIN people AS d ON d.id = f.decided_by
LEFT JOIN sources AS s ON s.id = f.source_id
WHERE f.month = :month AND f.kind = :kind AND upper_inf(f.recorded)
ORDER BY f.indicator, p.slug NULLS FIRST
