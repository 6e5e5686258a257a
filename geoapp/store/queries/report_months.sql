-- Approved monthly figures of the departments added up over some spans of months, of all parks together. Expected: how many
-- months a span has; where one is missing there is no sum of the span.
SELECT p.label, i.code AS indicator, i.accumulates, count(f.id)::integer AS months,
       (extract(year FROM p.last) * 12 + extract(month FROM p.last) - extract(year FROM p.first) * 12 - extract(month FROM p.first)
        + 1)::integer AS expected,
       CASE i.accumulates
            WHEN 'sum' THEN sum(f.value)
            WHEN 'mean' THEN avg(f.value)
            WHEN 'last' THEN (array_agg(f.value ORDER BY f.month DESC) FILTER (WHERE f.id IS NOT NULL))[1]
            ELSE coalesce(100 * sum(f.numerator) / sum(f.denominator), avg(f.value)) END AS value,
       max(f.month) AS month,
       (ARRAY['official', 'published', 'estimated', 'demo'])[max(quality_rank(f.quality::text))] AS quality,
       array_remove(array_agg(f.id ORDER BY f.month), NULL) AS ids,
       array_remove(array_agg(DISTINCT coalesce(s.title, f.department)), NULL) AS sources
FROM unnest(CAST(:labels AS text[]), CAST(:firsts AS date[]), CAST(:lasts AS date[])) AS p (label, first, last)
CROSS JOIN reported_indicators AS i
LEFT JOIN target_figures AS f
  ON f.indicator = i.code AND f.park_id IS NULL AND f.kind = 'actual' AND f.is_approved
 AND f.recorded @> CAST(:known_at AS timestamptz) AND f.month BETWEEN p.first AND p.last
LEFT JOIN sources AS s ON s.id = f.source_id
GROUP BY p.label, i.code, i.accumulates, p.first, p.last
