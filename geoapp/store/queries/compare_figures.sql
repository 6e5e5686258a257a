-- The latest figure of some indicators for every park.
SELECT f.subject_id AS park_id, i.code AS indicator, f.value, f.numerator, f.denominator, f.method, m.name_vi AS method_vi,
       m.name_en AS method_en, f.valid_on, f.date_precision, f.quality, f.source_title, f.is_stale, f.other_values
FROM unnest(CAST(:indicators AS text[])) AS i (code)
CROSS JOIN LATERAL figures_at(i.code, :as_of, :known_at) AS f
LEFT JOIN methods AS m ON m.indicator = i.code AND m.code = f.method
WHERE f.subject_kind = 'park'
