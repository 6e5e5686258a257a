-- Figures that are too old count as no data; the last one is told beside it.
SELECT p.slug AS id, p.slug AS park_slug, p.geom, p.approximate, p.name_vi, p.name_en, p.status, p.outline_quality,
       CASE WHEN NOT f.is_stale THEN f.value END AS clean_share,
       CASE WHEN NOT f.is_stale THEN f.numerator END AS clean,
       CASE WHEN NOT f.is_stale THEN f.denominator END AS target,
       CASE WHEN f.is_stale THEN f.value END AS last_known,
       CASE WHEN f.is_stale THEN f.valid_on END AS last_known_on,
       m.name_vi AS method_vi, m.name_en AS method_en,
       nullif(f.other_values > 0, false) AS disputed,
       coalesce(f.quality, p.quality) AS quality, coalesce(f.source_title, p.source_title) AS source,
       coalesce(f.source_key, p.source_key) AS source_key, f.valid_on AS observed_on
FROM parks_at(:as_of, :known_at) AS p
LEFT JOIN zones AS z ON z.slug = p.zone_slug
LEFT JOIN figures_at('clean_site', :as_of, :known_at) AS f
  ON f.subject_kind = 'park' AND f.subject_id = p.park_id
LEFT JOIN methods AS m ON m.indicator = 'clean_site' AND m.code = f.method
WHERE (CAST(:park_id AS integer) IS NULL OR p.park_id = :park_id)
  AND (CAST(:zone_id AS integer) IS NULL OR z.id = :zone_id)
