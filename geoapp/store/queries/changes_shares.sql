-- A share of every park at one moment, with its parts; parks without a figure have their row too.
SELECT p.park_id, p.slug AS park_slug, p.name_vi, p.name_en, f.value, f.numerator::text::numeric AS numerator,
       f.denominator::text::numeric AS denominator, f.method, m.name_vi AS method_vi, m.name_en AS method_en, f.valid_on,
       f.date_precision, f.quality, f.source_title, coalesce(f.is_stale, false) AS is_stale
FROM parks_at(:day, :known) AS p
LEFT JOIN figures_at(:indicator, :day, :known) AS f ON f.subject_kind = 'park' AND f.subject_id = p.park_id
LEFT JOIN methods AS m ON m.indicator = :indicator AND m.code = f.method
WHERE CAST(:parks AS integer[]) IS NULL OR p.park_id = ANY (CAST(:parks AS integer[]))
ORDER BY p.slug COLLATE "C"
