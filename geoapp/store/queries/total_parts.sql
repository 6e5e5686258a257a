-- Every park with its part of a share over all parks, and why it is counted or not; by the rules of totals.sql.
SELECT p.slug, p.name_vi, p.name_en, f.value, f.numerator, f.denominator, f.method, m.name_vi AS method_vi,
       m.name_en AS method_en, f.valid_on, f.date_precision, f.quality,
       s.key AS source_key, s.title AS source_title, s.publisher, s.published, s.address, s.licence,
       b.id AS batch_id, b.title AS batch_title, b.dataset, b.loaded_by, b.loaded_at, b.files, b.source_crs,
       CASE WHEN f.value IS NULL THEN 'no_figure'
            WHEN f.numerator IS NULL OR f.denominator IS NULL THEN 'no_parts'
            WHEN f.is_stale THEN 'stale'
            WHEN f.method IS DISTINCT FROM CAST(:method AS text) THEN 'other_method'
            ELSE 'counted' END AS told
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN figures_at(:indicator, :as_of, :known_at) AS f ON f.subject_kind = 'park' AND f.subject_id = p.park_id
LEFT JOIN methods AS m ON m.indicator = :indicator AND m.code = f.method
LEFT JOIN observations AS o ON o.id = f.observation_id
LEFT JOIN sources AS s ON s.id = o.source_id
LEFT JOIN batches AS b ON b.id = o.batch_id
ORDER BY natural_key(p.name_vi) COLLATE "C", p.slug
